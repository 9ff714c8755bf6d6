import Approvals
import Directory
import Journal
import LDAP
import SyncConfiguration
import SyncPlan
import SyncRun
import Synchronization
import UserFile

/// What a session stands on: the import that began it, its locks, its way to the directory, and the journal of the run.
final class InteractiveGround: SessionGround {
    private let run: ImportRun
    private let command: String
    private let stopwatch: Stopwatch
    private let state = Mutex(State())

    private struct State {
        var container: Container?
        /// Of the user file the session works with.
        var digest = ""
        var operations = 0
        /// Of the import that began the session.
        var warnings: [String] = []
        /// Nil until something is about to be written.
        var journal: OpenJournal?
    }

    /// - Parameter command: as the journal calls it.
    init(run: ImportRun, command: String, _ stopwatch: Stopwatch) {
        self.run = run
        self.command = command
        self.stopwatch = stopwatch
    }

    var now: Timestamp { run.environment.now() }

    /// Requests sent over connections that the session does not know of.
    var operationsOfItsOwn: Int { state.withLock { $0.operations } }

    /// What the import of the session warned of.
    var warnings: [String] { state.withLock { $0.warnings } }

    /// The file that was imported last, and how the container stands now; nothing is written.
    ///
    /// - Throws: ``CommandFailure`` with status 75 when the file on disk is another one.
    func look(_ domain: FailoverDirectory) async throws -> SessionMaterial {
        let progress = ProgressLine(run.environment.terminal)
        defer { progress.clear() }
        let prepared = try await domain.reading {
            try await run.prepare(try run.readInput(at: now), at: now, $0, progress)
        }
        guard prepared.memory.last?.digest == prepared.input.file.digest else {
            throw CommandFailure(
                .tryAgain,
                "\(run.configuration.inputFile) is not the file that was imported last: the answers are written, and the next import performs them"
            )
        }
        let journal = try journal(for: prepared)
        remember(prepared)
        return material(prepared, prepared.snapshot, [], journal)
    }

    /// Ends the journal, if one was begun.
    ///
    /// - Throws: what `result` holds, or ``CommandFailure`` where the journal could not be written.
    func conclude<Value>(_ result: Result<Value, any Error>, _ status: (Value) -> ExitStatus) throws -> Value {
        guard let journal = state.withLock({ $0.journal }) else { return try result.get() }
        rememberAnswers()
        _ = try journal.conclude(result.map(status), at: now)
        return try result.get()
    }

    /// What was answered since the import stands in the file by now. A run that is at work, or has imported another file
    /// meanwhile, remembers it by itself.
    private func rememberAnswers() {
        guard let memory = try? memory(isDryRun: false), let last = memory.last,
            let entries = try? run.resolutionsFile.content()
        else { return }
        let answers = RememberedAnswers(entries, in: run.resolutionsFile.path)
        if answers != last.answers {
            var state = last
            state.answers = answers
            run.remember(state, in: memory)
        }
        memory.holdUntilHere()
    }

    /// Begins the journal, or goes on with it when a file is imported again.
    private func journal(for prepared: PreparedImport) throws -> JournalFile {
        if let journal = state.withLock({ $0.journal }) {
            try journal.file.note(run.importedFile(prepared.input.file))
            return journal.file
        }
        let journal = try run.beginJournal(of: command, stopwatch, prepared)
        state.withLock { $0.journal = journal }
        return journal.file
    }

    func importAgain() async throws(DeskError) -> SessionMaterial {
        do {
            let domain = try await run.openDirectory(.ofARun)
            let result = await Result(awaiting: { try await performImport(domain) })
            let operations = await domain.operationCount
            state.withLock { $0.operations += operations }
            await domain.close()
            return try result.get()
        } catch {
            throw DeskError(error)
        }
    }

    func openDirectory() async throws(DirectoryFailure) -> any DirectoryConnection {
        do {
            let directory = try await run.openDirectory(.ofASession)
            if let journal = state.withLock({ $0.journal }) {
                journal.file.note(server: await directory.domain().server)
                await directory.whenServerChanges { journal.file.note(server: $0) }
            }
            return directory
        } catch let failure as DirectoryFailure {
            throw failure
        } catch {
            throw DirectoryFailure(kind: .unreachable, message: CommandFailure(error).message)
        }
    }

    func lock() async throws(DeskError) -> any SessionLock {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do {
                return try lockNow()
            } catch let failure as CommandFailure
                where failure.status == .tryAgain && ContinuousClock.now < deadline && !Task.isCancelled
            {
                // An import takes seconds, and this is the only one who waits: no need of more than asking again.
                try? await Task.sleep(for: .milliseconds(200))
            } catch {
                throw DeskError(error)
            }
        }
    }

    /// For another run to end.
    private static let patience = Duration.seconds(20)

    private func lockNow() throws -> any SessionLock { HeldLock(try memory(isDryRun: false)) }

    func requireSameFile() throws(DeskError) {
        do {
            _ = try memory(isDryRun: true)
        } catch {
            throw DeskError(error)
        }
    }

    /// What is known of the last import, which has to be of the session's file.
    private func memory(isDryRun: Bool) throws -> ImportMemory {
        let (container, digest) = state.withLock { ($0.container, $0.digest) }
        guard let container else { throw DeskError("nothing was imported yet") }
        let memory = try ImportMemory(container: container, folder: run.configuration.stateFolder, isDryRun: isDryRun)
        guard memory.last?.digest == digest else {
            throw DeskError(
                "another run has imported another file meanwhile: import again, and decide on what is asked then")
        }
        return memory
    }

    /// Imports the file as it is on disk; a session begins with that, over a connection that it goes on with.
    func performImport(_ domain: FailoverDirectory) async throws -> SessionMaterial {
        let time = now
        let progress = ProgressLine(run.environment.terminal)
        defer { progress.clear() }
        let prepared = try await domain.reading {
            try await run.prepare(try run.readInput(at: time), at: time, $0, progress)
        }
        let journal = try journal(for: prepared)
        let (outcomes, settling) = try await run.carryOut(prepared, journal, domain, progress)
        run.log(prepared.plan)
        do {
            try settling.get()
            remember(prepared)
            // What was written has to be read, or else the session would plan with what stood there before.
            let snapshot =
                outcomes.isEmpty
                ? prepared.snapshot : try await domain.reading { try await run.snapshot(of: prepared, $0, progress) }
            await domain.limit(to: .ofASession)
            return material(prepared, snapshot, outcomes, journal)
        } catch {
            // There will be no session, and what was done has to be told all the same.
            let operations = await domain.operationCount
            try run.print(
                RunSummary(
                    plan: prepared.plan, outcomes: outcomes, isDryRun: false, warnings: prepared.warnings,
                    run: stopwatch.record(directoryOperations: operations, by: run.configuration.connection)))
            throw error
        }
    }

    private func remember(_ prepared: PreparedImport) {
        state.withLock {
            if $0.container == nil { $0.warnings = prepared.warnings }
            $0.container = prepared.snapshot.container
            $0.digest = prepared.input.file.digest
        }
    }

    private func material(
        _ prepared: PreparedImport, _ snapshot: TargetSnapshot, _ outcomes: [Outcome], _ journal: JournalFile
    ) -> SessionMaterial {
        SessionMaterial(
            file: run.configuration.inputFile, policy: run.policy, source: prepared.input.population,
            query: prepared.query, snapshot: snapshot, holders: prepared.holders, part: prepared.input.part,
            outcomes: outcomes, journal: journal, warnings: prepared.warnings)
    }
}

/// Keeps other runs out until it is released.
private final class HeldLock: SessionLock {
    private let memory: Mutex<ImportMemory?>

    init(_ memory: ImportMemory) { self.memory = Mutex(memory) }

    func release() { memory.withLock { $0 = nil } }
}

extension DeskError {
    /// Any error, in the words that a command would end with.
    fileprivate init(_ error: any Error) {
        self = error as? DeskError ?? DeskError(CommandFailure(error).message)
    }
}
