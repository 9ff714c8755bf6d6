import Approvals
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
            plan: prepared.plan, outcomes: outcomes, isDryRun: options.isDryRun, warnings: prepared.warnings,
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

    /// Everything up to the approved plan; nothing is written yet.
    func prepare(
        _ input: ImportInput, at time: Timestamp, _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async throws -> PreparedImport {
        let container = try await domain.container(configuration.managedUserPath, key: "managed_user_path")
        try refuseReplacement(by: container, for: input.file)
        let memory = try ImportMemory(
            container: container, folder: configuration.stateFolder, isDryRun: options.isDryRun)
        if !options.isDryRun { warnOfUnfinishedRuns(in: memory) }
        let prepared = try await prepare(input, in: container, memory, at: time, domain, progress)
        for warning in prepared.warnings { loggers.main.warning("\(warning)") }
        return prepared
    }

    /// The same, once it is known what is remembered of the container. `check` goes this way too: what is refused here, it
    /// finds.
    func prepare(
        _ input: ImportInput, in container: Container, _ memory: ImportMemory, at time: Timestamp,
        _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async throws -> PreparedImport {
        try memory.refuse(input.file, configuration, allowsOlder: options.allowsOlderFile)
        let lost = memory.lostResolutions(of: configuration, isThere: input.hasResolutionsFile)
        try lost?.refuse()
        let (snapshot, query) = try await TargetReading(
            configuration: configuration, domain: domain, progress: progress
        ).snapshot(
            of: container, attributes: input.population.attributesToRead, expectedCount: input.population.users.count
        ) { try awaited(in: memory, on: $0, at: time) }
        try refuseEmptied(snapshot, remembered: memory.last)
        let answers = Answers(input.resolutions)
        let (plan, holders) = try await plan(input, snapshot, query, answers, at: time, domain)
        return PreparedImport(
            input: input, time: time, memory: memory, snapshot: snapshot, query: query, holders: holders,
            plan: plan.approved(by: answers),
            warnings: [memory.warning(over: snapshot), lost?.warning].compactMap(\.self))
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
}

extension Logger {
    /// For a dry run, which makes no change that could be logged.
    fileprivate static let silent = Logger(label: "dry-run") { _ in SwiftLogNoOpLogHandler() }
}
