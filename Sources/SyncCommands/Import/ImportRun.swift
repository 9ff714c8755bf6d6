import Approvals
import AtomicFile
import Directory
import DistinguishedNames
import Logging
import SourceRecords
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
        var acceptsNewContainer = false
        let failsOnPending: Bool
        /// For whom; for everybody where it is empty.
        var selection = PeopleSelection()
        /// For nobody yet: somebody chooses on the page.
        var choosesLater = false
        var lifeCycle = LifeCycle.whole
    }

    let configuration: ImportConfiguration
    let key: HMACKey?
    let options: Options
    let environment: CommandEnvironment
    let loggers: RunLoggers
    var findings = RunFindings()
    /// Asked once, before the first write. No ends the run.
    var confirm: @Sendable (ApprovedPlan, VerifiedUserFile) async throws -> Bool = { _, _ in true }
    /// Takes the summary; nil to print it.
    var deliver: (@Sendable (RunSummary) throws -> Void)?

    func perform() async throws -> ExitStatus {
        let stopwatch = Stopwatch(environment)
        let input = try readInput(at: stopwatch.started)
        let progress = ProgressLine(environment.terminal)
        let domain = try await openDirectory(.ofARun)
        let prepared = try await domain.reading { try await prepare(input, at: stopwatch.started, $0, progress) }
        progress.clear()
        guard try await confirm(prepared.plan, input.file) else {
            await domain.close()
            return .done
        }
        guard !options.isDryRun else { return try await finish(prepared, NoJournal(), stopwatch, domain, progress) }
        let journal = try beginJournal(of: "import", stopwatch, prepared)
        return try journal.conclude(
            await Result(awaiting: { try await finish(prepared, journal.file, stopwatch, domain, progress) }), at: now()
        )
    }

    private func finish(
        _ prepared: PreparedImport, _ journal: any RunJournal, _ stopwatch: Stopwatch, _ domain: FailoverDirectory,
        _ progress: ProgressLine
    ) async throws -> ExitStatus {
        let (outcomes, settling) = try await carryOut(prepared, journal, domain, progress)
        let summary = RunSummary(
            plan: prepared.plan, outcomes: outcomes, isDryRun: options.isDryRun,
            run: stopwatch.record(
                directoryOperations: await domain.operationCount, by: configuration.connection))
        await domain.close()
        progress.clear()
        log(prepared.plan)
        try print(summary)
        try settling.get()
        return status(of: summary)
    }

    func now() -> Timestamp { environment.now() }

    var resolutionsFile: ResolutionsFile { ResolutionsFile(path: configuration.resolutionsFile) }

    func openDirectory(_ patience: FailoverDirectory.Patience) async throws -> FailoverDirectory {
        try await configuration.connection.openDirectory(patience, environment, logger: loggers.main)
    }

    /// Reads the user file and the resolutions before anything is asked of the directory: a broken file stops the run
    /// while nothing has happened.
    func readInput(at time: Timestamp) throws -> ImportInput {
        let file = try readUserFile()
        try ImportState.refuseFuture(file, named: configuration.inputFile, now: time)
        let resolutions = try resolutionsFile.read()
        // A password that was used must be taken out of it afterwards.
        if !options.isDryRun { try AtomicFile.requireWritable(resolutionsFile.path) }
        let population = try configuration.mapping.apply(to: file.population).takingManagers()
        let input = ImportInput(
            file: file, population: population, resolutions: resolutions,
            part: try part(of: file.population, as: population))
        findings.note(input)
        return input
    }

    /// Everything up to the approved plan; nothing is written yet.
    func prepare(
        _ input: ImportInput, at time: Timestamp, _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async throws -> PreparedImport {
        let container = try await domain.container(configuration.managedUserPath, key: "managed_user_path")
        let memory = try remembered(container, input.file)
        let (snapshot, query) = try await TargetReading(
            configuration: configuration, domain: domain, progress: progress
        ).snapshot(
            of: container, attributes: input.population.attributesToRead, expectedCount: input.population.users.count
        ) { try awaited(in: memory, on: $0, at: time) }
        try refuseEmptied(snapshot, remembered: memory.last)
        if memory.last == nil, snapshot.users.contains(where: { $0.stamp.anchor != nil }) {
            loggers.main.warning(
                "\(memory.folder.path): no state of an earlier import, although the container has managed users: until this run is remembered, nothing protects against an old file"
            )
        }
        let answers = Answers(input.resolutions)
        let (plan, holders) = try await plan(input, snapshot, query, answers, at: time, domain)
        return PreparedImport(
            input: input, time: time, memory: memory, snapshot: snapshot, query: query, holders: holders,
            plan: plan.approved(by: answers))
    }

    /// Performs the plan, between two versions of the resolutions file.
    ///
    /// - Returns: the server's answers; and whether the answers that were performed could be taken out of the file.
    func carryOut(
        _ prepared: PreparedImport, _ journal: any RunJournal, _ domain: FailoverDirectory,
        _ progress: ProgressLine
    ) async throws -> ([Outcome], settling: Result<Void, any Error>) {
        let plan = prepared.plan
        // Before the first change: a place that cannot be written stops the run here, and a run that is killed has left
        // its questions, and the memory of its file.
        let queued = plan.settled(
            prepared.input.resolutions, unfinished: plan.fulfilledQuestions, at: prepared.time)
        try remember(prepared, queued)
        await domain.whenServerChanges { journal.note(server: $0) }
        let outcomes = await apply(plan, journal, domain, progress)
        let settling = Result { try settle(queued, prepared, outcomes) }
        prepared.memory.holdUntilHere()
        return (outcomes, settling)
    }

    /// The target side once more, as it stands now.
    func snapshot(
        of prepared: PreparedImport, _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async throws -> TargetSnapshot {
        try await TargetReading(configuration: configuration, domain: domain, progress: progress)
            .snapshot(
                of: prepared.snapshot.container, attributes: prepared.query.attributes,
                expectedCount: prepared.snapshot.users.count
            ) {
                try awaited(in: prepared.memory, on: $0, at: now())
            }.0
    }

    private func remembered(_ container: Container, _ file: VerifiedUserFile) throws -> ImportMemory {
        try refuseReplacement(by: container, for: file)
        let memory = try ImportMemory(
            container: container, folder: configuration.stateFolder, isDryRun: options.isDryRun)
        if !options.isDryRun { warnOfUnfinishedRuns(in: memory) }
        if let last = memory.last {
            try last.refuse(file, named: configuration.inputFile, allowsOlder: options.allowsOlderFile)
        }
        return memory
    }

    private func apply(
        _ plan: ApprovedPlan, _ journal: any RunJournal, _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async -> [Outcome] {
        let writer: any DirectoryWriter = options.isDryRun ? RehearsalWriter() : domain
        let runner = Runner(
            writer: writer, journal: journal, logger: options.isDryRun ? .silent : loggers.detail
        ) { done, total in
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
            loggers.main.warning(
                "\(configuration.inputFile): the file is of an older format and does not state that it is complete: deactivation_limit and leave_limit alone protect"
            )
        }
        return file
    }

    var policy: SyncPolicy {
        SyncPolicy(
            configuration, acceptsUnanchoredFile: options.acceptsUnanchoredFile, lifeCycle: options.lifeCycle)
    }

    private func plan(
        _ input: ImportInput, _ snapshot: TargetSnapshot, _ query: UserQuery, _ answers: Answers,
        at time: Timestamp, _ domain: FailoverDirectory
    ) async throws -> (Plan, holders: [NameHolder]) {
        let planner = Planner(
            policy: policy, source: input.population, target: snapshot, answers: answers, now: time)
        let matching = try planner.match()
        let questions = matching.nameQuestions
        let holders =
            questions.isEmpty
            ? [] : try await domain.holders(of: questions, reading: query.below(snapshot.domain.name))
        return (matching.plan(holders: holders, part: input.part), holders)
    }

    /// Not inlined, for the same reason as `settle`.
    @inline(never)
    private func remember(_ prepared: PreparedImport, _ queued: [Resolution]) throws {
        guard !options.isDryRun else { return }
        try prepared.remember(accounts: prepared.snapshot.users.count)
        try resolutionsFile.replace(prepared.input.resolutions, with: queued)
    }

    /// Takes the answers that were performed out of the resolutions file, passwords and all, and remembers the accounts that
    /// are there now.
    ///
    /// Not inlined: the optimiser of Swift 6.3.1 crashes on it inside an async function.
    @inline(never)
    private func settle(_ queued: [Resolution], _ prepared: PreparedImport, _ outcomes: [Outcome]) throws {
        guard !options.isDryRun else { return }
        let unfinished = Set(outcomes.filter { !$0.isDone }.compactMap(\.operation.fulfils))
        do {
            try resolutionsFile.replace(
                queued,
                with: prepared.plan.settled(prepared.input.resolutions, unfinished: unfinished, at: now()))
        } catch {
            throw CommandFailure(notSettled: resolutionsFile.path, because: error)
        }
        // Not before it is done: a run that is killed while it fills a container has not lost whom it did not create.
        let arrived = outcomes.count { $0.isDone && $0.operation.bringsAccount }
        if arrived > 0 { try prepared.remember(accounts: prepared.snapshot.users.count + arrived) }
    }
}

extension Logger {
    /// For a dry run, which makes no change that could be logged.
    fileprivate static let silent = Logger(label: "dry-run") { _ in SwiftLogNoOpLogHandler() }
}
