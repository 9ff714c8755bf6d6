import Directory

/// When a run began, and how long it has taken since.
struct Stopwatch: Sendable {
    let started: Timestamp
    private let instant = ContinuousClock.now

    init(_ environment: CommandEnvironment) { started = environment.now() }

    /// The `run` part of the summary.
    func record(directoryOperations: Int) -> RunRecord {
        RunRecord(
            id: RunRecord.newID(at: started), started: started, elapsed: instant.duration(to: .now),
            directoryOperations: directoryOperations)
    }
}
