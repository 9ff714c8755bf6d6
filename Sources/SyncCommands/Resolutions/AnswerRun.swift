import Approvals
import Directory
import Logging
import SyncConfiguration
import SyncPlan

/// One command that answers entries: selects, asks for what it needs, writes, and tells.
struct AnswerRun {
    private let configuration: ImportConfiguration
    private let selection: ResolutionSelection
    private let environment: CommandEnvironment
    /// Performs the answers; nil when the next import is to do that.
    private let application: AnswerApplication?

    private var file: ResolutionsFile { ResolutionsFile(path: configuration.resolutionsFile) }

    /// - Throws: ``CommandFailure`` for a configuration or a key that is wrong, before anything is written.
    ///
    /// - Parameter key: of the user file, where the answers are to be performed at once; nil leaves that to the next
    ///   import.
    init(
        _ options: AnswerOptions, applying key: KeyOptions?, selection: ResolutionSelection, runner: CommandRunner
    ) throws {
        configuration = try ConfigurationLoader.import(options.config)
        self.selection = selection
        environment = runner.environment
        let loggers = try runner.loggers(configuration.log)
        configuration.warnings.forEach { loggers.main.warning("\(options.config): \($0)") }
        let (configuration, environment) = (configuration, environment)
        application = try key.map { key in
            AnswerApplication(
                run: ImportRun(
                    configuration: configuration,
                    key: try key.key(environment, configured: configuration.hmacKey), options: .plain(configuration),
                    environment: environment, loggers: loggers))
        }
    }

    func accept(_ acceptance: Acceptance) async throws -> ExitStatus {
        let entries = try selection.entries(of: try file.read(), to: .answer)
        let prompt = Prompt()
        try acceptance.refuseMisfit(with: entries, canAsk: prompt != nil)
        var passwords = try PasswordSupply(acceptance.password, prompt: prompt, settings: configuration.passwords)
        let decisions = try entries.map { entry in
            (entry: entry, decision: Decision.accept(try acceptance.answer(to: entry, &passwords)))
        }
        return try await write(decisions, as: .accepted, passwords: passwords.made)
    }

    func reject() async throws -> ExitStatus {
        let entries = try selection.entries(of: try file.read(), to: .answer)
        return try await write(entries.map { ($0, .reject) }, as: .rejected)
    }

    func reset() async throws -> ExitStatus {
        let entries = try selection.entries(of: try file.read(), to: .reset)
        return try await write(entries.map { ($0, .reset) }, as: .reset)
    }

    private func write(
        _ decisions: [(entry: Resolution, decision: Decision)], as said: AnswerReport.Word,
        passwords: [MadePassword] = []
    ) async throws -> ExitStatus {
        let now = environment.now()
        try file.update { try $0.deciding(decisions, at: now) }
        let answered = try decisions.map { ($0.entry, try $0.entry.decided($0.decision, at: now)) }
        // Whatever becomes of it: a password that was made is told, or else nobody would know it.
        let applied = await Result(awaiting: { try await application?.perform(Set(decisions.compactMap(\.entry.id))) })
        let report = AnswerReport(said: said, answered: answered, passwords: passwords, applied: try? applied.get())
        let terminal = environment.terminal
        try terminal.write(terminal.isForPeople ? report.text(file: file.path, terminal) : try JSONText.of(report))
        return try applied.get()?.status ?? .done
    }
}

extension Acceptance {
    /// The answer to one entry, with a password of its own where it takes one.
    fileprivate func answer(
        to entry: Resolution, _ passwords: inout PasswordSupply
    ) throws -> Decision.Acceptance {
        switch entry.kind {
        case .enable: return .enable(password: try passwords.password(for: entry))
        case .name:
            switch name {
            case .newName(let name)?: return .newName(name)
            case .takeOver?: return .takeOver(.holder)
            case .takeOverAccount(let account)?: return .takeOver(.account(account))
            // Refused before: see `refuseMisfit(with:canAsk:)`.
            case nil: return .plain
            }
        case .disable, .join, .leave, .grant: return .plain
        }
    }
}
