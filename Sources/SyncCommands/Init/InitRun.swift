import ActiveDirectory
import AtomicFile
import Directory
import DistinguishedNames
import FoundationEssentials
import Logging
import SyncConfiguration

/// `init export`, `init import`: gets to know a domain, asks, writes a configuration and checks it.
struct InitRun: Sendable {
    /// What only one side is asked.
    enum Particulars: Sendable {
        case export(userPath: String?, allGroups: Bool)
        case `import`(managedUserPath: String?, createsContainer: Bool)

        var side: CheckRun.Side {
            switch self {
            case .export: .export
            case .import: .import
            }
        }

        fileprivate var needed: [(option: String, value: String?)] {
            switch self {
            case .export(let path, _): [("--user-path", path)]
            case .import(let path, _): [("--managed-user-path", path)]
            }
        }
    }

    let particulars: Particulars
    /// The configuration file to write.
    let file: String
    let options: InitOptions
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform() async throws -> ExitStatus {
        let dialogue = InitDialogue(mayAsk: !options.noInteraction)
        try requirePlaces(dialogue)
        let connection = try await InitSignIn(options: options, dialogue: dialogue, environment: environment).perform()
        let written: ConfigurationDraft
        do {
            written = try await write(connection, dialogue)
            await connection.domain.close()
        } catch {
            await connection.domain.close()
            throw error
        }
        return try await conclude(written, connection.password.origin)
    }

    // MARK: before anybody is asked

    private var passwordPlace: String { InitPassword.place(besideConfiguration: file) }

    private func requirePlaces(_ dialogue: InitDialogue) throws {
        let hasPassword = environment.variables[BindPasswordSources.environmentVariable] != nil
        try options.requireAnswers(particulars.needed, dialogue, hasPassword: hasPassword)
        try requireFree(isTyped: options.passwordFile == nil && !hasPassword)
        try AtomicFile.requireWritable(file)
        try requireKey()
    }

    /// A run would refuse a file without a usable key.
    private func requireKey() throws {
        let key = HMACKeySources(option: nil, optionFile: options.hmacFile, environment: [:], configured: nil)
        _ = try key.resolve(readFile: FileReading.bytes)
    }

    /// - Parameter isTyped: whether the password goes into a file of its own.
    private func requireFree(isTyped: Bool) throws {
        guard !options.force else { return }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(
                .cannotCreate,
                "\(file) is there already: name another file with --config, or replace it with --force; nothing was "
                    + "written")
        }
        if isTyped { try InitPassword.requirePlace(passwordPlace) }
    }

    // MARK: the dialogue and the writing

    private func write(_ connection: InitConnection, _ dialogue: InitDialogue) async throws -> ConfigurationDraft {
        let info = try await connection.domain.domain()
        dialogue.say("\nSigned in to the domain \(info.dnsName) on \(info.server.printable).")
        let progress = ProgressLine(environment.terminal)
        let census = try await connection.domain.census { progress.show("Looking around", $0) }
        progress.clear()
        let draft: ConfigurationDraft
        var importing: InitQuestions.Import?
        let questions = InitQuestions(
            options: options, dialogue: dialogue, domain: connection.domain, info: info, census: census,
            user: connection.user)
        switch particulars {
        case .export(let userPath, let allGroups):
            let answers = try await questions.export(userPath: userPath, allGroups: allGroups)
            draft = .export(connection, passwordPlace, answers, hmacFile: options.hmacFile)
        case .import(let path, let createsContainer):
            let answers = try await questions.import(managedUserPath: path, createsContainer: createsContainer)
            importing = answers
            draft = .import(connection, passwordPlace, answers, hmacFile: options.hmacFile)
        }
        try validate(draft)
        // Somebody else may have been here while the questions were answered.
        try requireFree(isTyped: connection.password.origin == .typed)
        environment.beginWork()
        if let importing, importing.container.isMissing {
            try await importing.chooser.create(importing.container.name)
            loggers.main.info("created \(importing.container.name)")
        }
        if connection.password.origin == .typed { try connection.password.write(to: passwordPlace) }
        try AtomicFile.write(Array(draft.text.utf8), to: file)
        return draft
    }

    /// Every run reads the file with the same eyes; what it would refuse is not written.
    private func validate(_ draft: ConfigurationDraft) throws {
        let contents = Array(draft.text.utf8)
        switch particulars {
        case .export: _ = try ExportConfiguration(contents: contents, file: file, permissions: 0o600)
        case .import: _ = try ImportConfiguration(contents: contents, file: file, permissions: 0o600)
        }
    }

    // MARK: the end

    private func conclude(_ draft: ConfigurationDraft, _ origin: InitPassword.Origin) async throws -> ExitStatus {
        let side = particulars.side
        let files = origin == .typed ? [passwordPlace, file] : [file]
        let summary = InitSummary(
            side: side, file: file, files: files, draft: draft, terminal: environment.terminal)
        try summary.showWritten()
        let check = CheckRun(side: side, file: file, key: nil, environment: environment, loggers: loggers)
        let result = try await check.perform()
        try summary.finish(result)
        return result.status
    }
}
