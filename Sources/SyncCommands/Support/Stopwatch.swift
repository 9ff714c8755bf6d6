import Directory
import SyncConfiguration

/// When a run began, what it is called, and how long it has taken since.
struct Stopwatch: Sendable {
    let started: Timestamp
    /// The id of the run.
    let run: String
    private let instant = ContinuousClock.now

    init(_ environment: CommandEnvironment) {
        started = environment.now()
        run = RunRecord.newID(at: started)
    }

    /// The `run` part of the summary.
    func record(directoryOperations: Int, by connection: ConnectionSettings) -> RunRecord {
        RunRecord(
            id: run, started: started, elapsed: instant.duration(to: .now),
            directoryOperations: directoryOperations, by: connection)
    }
}
