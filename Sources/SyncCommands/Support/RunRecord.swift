import Directory
import SyncRun

/// The `run` part of every summary.
typealias RunRecord = RunSummary.Run

extension RunSummary.Run {
    init(id: String, started: Timestamp, elapsed: Duration, directoryOperations: Int) {
        let (seconds, attoseconds) = elapsed.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        self.init(
            id: id, started: started, elapsedSeconds: Double(milliseconds) / 1000,
            directoryOperations: directoryOperations, peakMemoryBytes: ProcessStatistics.peakMemoryBytes,
            version: AdUserSyncCommand.version)
    }

    /// `20261120T081500Z-5f3c9a1e`: sorts by time, and two of the same second differ.
    static func newID(at time: Timestamp) -> String {
        let digits = String(UInt32.random(in: .min ... .max), radix: 16)
        let stamp = time.roundedDownToSecond.iso8601(.withZone).filter { $0 != "-" && $0 != ":" }
        return "\(stamp)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }

    /// For people.
    var duration: String { "\(elapsedSeconds) s, \(directoryOperations) directory operations" }
}
