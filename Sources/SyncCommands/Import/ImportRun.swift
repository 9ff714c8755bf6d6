import ActiveDirectory
import Approvals
import AtomicFile
import Directory
import DistinguishedNames
import Logging
import SyncConfiguration
import SyncPlan
import SyncRun
import UserFile

/// One import, front door to back door: verified file → snapshot → plan → approved plan → outcomes → report.
struct ImportRun: Sendable {
    struct Options: Sendable {
        let isDryRun: Bool
        let allowsOlderFile: Bool
        let acceptsUnanchoredFile: Bool
        let failsOnPending: Bool
    }

    let configuration: ImportConfiguration
    let key: HMACKey?
    let options: Options
    let environment: CommandEnvironment
    let loggers: RunLoggers
    /// Asked once, before the first write. No ends the run.
    var confirm: @Sendable (ApprovedPlan, VerifiedUserFile) async throws -> Bool = { _, _ in true }

    func perform() async throws -> ExitStatus {
        let clock = ContinuousClock()
        let start = clock.now
        let started = environment.now()
        let file = try readUserFile()
        try ImportState.refuseFuture(file, named: configuration.inputFile, now: started)
        // Read before anything is asked of the directory: a broken file stops the run while nothing has happened.
        let resolutions = try resolutionsFile.read()
        // A password that was used must be taken out of it afterwards.
        if !options.isDryRun { try AtomicFile.requireWritable(resolutionsFile.path) }
        let progress = ProgressLine(environment.terminal)
        let domain = try await ActiveDirectoryDomain.open(
            configuration.connection.ldapConfiguration(logger: loggers.main),
            as: try configuration.connection.credentials(environment))
        let (memory, plan) = try await prepare(file, Answers(resolutions), at: started, domain, progress)
        progress.clear()
        guard try await confirm(plan, file) else {
            await domain.close()
            return .done
        }
        // Before the first change: a place that cannot be written stops the run here, and a run that is killed has left
        // its questions, and the memory of its file.
        let queued = plan.settled(resolutions, unfinished: plan.fulfilledQuestions, at: started)
        try remember(resolutions, queued, memory, ImportState(of: file, at: started))
        let outcomes = await apply(plan, domain, progress)
        let settling = Result { try settle(queued, resolutions, plan, outcomes) }
        let summary = RunSummary(
            plan: plan, outcomes: outcomes, isDryRun: options.isDryRun,
            run: RunRecord(
                id: RunRecord.newID(at: started), started: started, elapsed: start.duration(to: clock.now),
                directoryOperations: domain.operationCount))
        await domain.close()
        progress.clear()
        log(plan)
        try print(summary, of: file)
        try settling.get()
        return status(of: summary)
    }

    private var resolutionsFile: ResolutionsFile { ResolutionsFile(path: configuration.resolutionsFile) }

    /// Everything up to the approved plan; nothing is written yet.
    private func prepare(
        _ file: VerifiedUserFile, _ answers: Answers, at time: Timestamp, _ domain: ActiveDirectoryDomain,
        _ progress: ProgressLine
    ) async throws -> (ImportMemory, ApprovedPlan) {
        let container = try await domain.container(configuration.managedUserPath, key: "managed_user_path")
        let memory = try remembered(container, file)
        let snapshot = try await TargetReading(configuration: configuration, domain: domain, progress: progress)
            .snapshot(of: container, attributes: file.attributeNames)
        if memory.last == nil, snapshot.users.contains(where: { $0.stamp.anchor != nil }) {
            loggers.main.warning(
                "\(memory.folder.path): no state of an earlier import, although the container has managed users: until this run is remembered, nothing protects against an old file"
            )
        }
        return (memory, try await plan(file, snapshot, answers, at: time, domain).approved(by: answers))
    }

    private func remembered(_ container: Container, _ file: VerifiedUserFile) throws -> ImportMemory {
        let memory = try ImportMemory(
            container: container, folder: configuration.stateFolder, isDryRun: options.isDryRun)
        if let last = memory.last {
            try last.refuse(file, named: configuration.inputFile, allowsOlder: options.allowsOlderFile)
        }
        return memory
    }

    private func apply(
        _ plan: ApprovedPlan, _ domain: ActiveDirectoryDomain, _ progress: ProgressLine
    ) async -> [Outcome] {
        let writer: any DirectoryWriter = options.isDryRun ? RehearsalWriter() : domain
        let runner = Runner(writer: writer, logger: options.isDryRun ? .silent : loggers.detail) { done, total in
            progress.show("Applying", done, of: total)
        }
        return await runner.apply(plan)
    }

    private func readUserFile() throws -> VerifiedUserFile {
        let reader = UserFileReader(
            key: key, allowedAttributes: try AttributeAllowList.standard(for: configuration))
        let file = try reader.read(path: configuration.inputFile)
        if file.authenticity == .notAuthenticated {
            loggers.main.warning(
                "\(configuration.inputFile): THE FILE IS NOT AUTHENTICATED: without a key, nobody can tell who wrote it. Give both sides the same key (hmac)"
            )
        }
        if file.completeness == .absent {
            loggers.detail.info(
                "\(configuration.inputFile): the file is of an older format and does not state that it is complete")
        }
        return file
    }

    private func plan(
        _ file: VerifiedUserFile, _ snapshot: TargetSnapshot, _ answers: Answers, at time: Timestamp,
        _ domain: ActiveDirectoryDomain
    ) async throws -> Plan {
        let planner = Planner(
            policy: SyncPolicy(configuration, acceptsUnanchoredFile: options.acceptsUnanchoredFile),
            source: file.population, target: snapshot, answers: answers, now: time)
        let matching = try planner.match()
        let questions = matching.nameQuestions
        let holders =
            questions.isEmpty
            ? []
            : try await domain.holders(
                of: questions,
                reading: UserQuery(
                    base: snapshot.domain.name, attributes: file.attributeNames,
                    groups: snapshot.groups.values.map { DirectoryGroupReference(guid: $0.guid, name: $0.name) },
                    anchorAttribute: configuration.anchorAttribute))
        return matching.plan(holders: holders)
    }

    /// Not inlined, for the same reason as `settle`.
    @inline(never)
    private func remember(
        _ read: [Resolution], _ queued: [Resolution], _ memory: ImportMemory, _ state: ImportState
    ) throws {
        guard !options.isDryRun else { return }
        try memory.remember(state)
        try resolutionsFile.replace(read, with: queued)
    }

    /// Takes the answers that were performed out of the resolutions file, passwords and all.
    ///
    /// Not inlined: the optimiser of Swift 6.3.1 crashes on it inside an async function.
    @inline(never)
    private func settle(
        _ queued: [Resolution], _ read: [Resolution], _ plan: ApprovedPlan, _ outcomes: [Outcome]
    ) throws {
        guard !options.isDryRun else { return }
        let unfinished = Set(outcomes.filter { !$0.isDone }.compactMap(\.operation.fulfils))
        try resolutionsFile.replace(queued, with: plan.settled(read, unfinished: unfinished, at: environment.now()))
    }

    private func log(_ plan: ApprovedPlan) {
        for notice in plan.notices { loggers.detail.warning("\(notice.sentence)") }
        for brake in plan.brakes { loggers.detail.error("\(brake.sentence)") }
        for failure in plan.plan.failures {
            let field = failure.field.map { ", \($0)" } ?? ""
            let record = failure.position.map { "record \($0)" } ?? "account"
            loggers.detail.error("\(record) (\(failure.person.commonName)\(field)): \(failure.reason)")
        }
    }

    private func print(_ summary: RunSummary, of file: VerifiedUserFile) throws {
        let terminal = environment.terminal
        try terminal.write(
            terminal.isForPeople
                ? ImportText(
                    summary: summary, file: configuration.inputFile, resolutionsFile: configuration.resolutionsFile,
                    terminal: terminal
                ).text
                : try JSONText.of(summary))
    }

    private func status(of summary: RunSummary) -> ExitStatus {
        if options.isDryRun { return .done }
        if !summary.brakes.isEmpty { return .heldBack }
        if !summary.failed.isEmpty { return .partlyFailed }
        return options.failsOnPending && !summary.requiredInteractions.isEmpty ? .pending : .done
    }
}

extension Logger {
    /// For a dry run, which makes no change that could be logged.
    fileprivate static let silent = Logger(label: "dry-run") { _ in SwiftLogNoOpLogHandler() }
}

extension VerifiedUserFile {
    /// What the file speaks of beside the names; principal names are read anyway.
    fileprivate var attributeNames: [AttributeName] {
        var seen: Set<AttributeName> = ["userPrincipalName"]
        var names: [AttributeName] = []
        for user in population.users {
            for name in user.attributes.names where seen.insert(name).inserted { names.append(name) }
        }
        return names
    }
}
