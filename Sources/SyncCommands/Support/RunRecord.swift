import Directory
import Journal
import LDAP
import SyncConfiguration
import SyncRun

/// The `run` part of every summary.
typealias RunRecord = RunSummary.Run

extension RunSummary.Run {
    init(id: String, started: Timestamp, elapsed: Duration, directoryOperations: Int, by connection: ConnectionSettings)
    {
        let (seconds, attoseconds) = elapsed.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        self.init(
            id: id, started: started, elapsedSeconds: Double(milliseconds) / 1000,
            directoryOperations: directoryOperations, peakMemoryBytes: ProcessStatistics.peakMemoryBytes,
            version: AdUserSyncCommand.version, by: RunSummary.Operator(.current(account: connection.account)))
    }

    /// `20261120T081500Z-5f3c9a1e`: sorts by time, within a second too. Of the eight digits, five are the microseconds and
    /// three are random, so that two that begin at the same moment differ.
    static func newID(at time: Timestamp) -> String {
        let second = time.roundedDownToSecond
        let microseconds = UInt32((time.fileTime - second.fileTime) / 10)
        let digits = String(microseconds << 12 | UInt32.random(in: 0..<1 << 12), radix: 16)
        let stamp = second.iso8601(.withZone).filter { $0 != "-" && $0 != ":" }
        return "\(stamp)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }

    /// For people.
    var duration: String { "\(elapsedSeconds) s, \(directoryOperations) directory operations" }
}

extension RunSummary.Operator {
    fileprivate init(_ who: RunHeader.Who) { self.init(user: who.userWords, host: who.host, account: who.account) }

    /// For people.
    var words: String { "\(user)@\(host), signed in as \(account)".printable }
}

extension ConnectionSettings {
    /// Who signs in to the directory, as it is configured.
    var account: String {
        switch bind {
        case .simple(let user, _): user
        case .gssapi(let identity): identity.description
        }
    }
}
