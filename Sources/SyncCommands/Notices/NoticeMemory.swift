import NoticeDelivery
import Synchronization

/// What has been told in this process, and the commands that are telling it.
final class NoticeMemory: Sendable {
    let children = RunningChildren()
    /// By configuration.
    private let lastFailures = Mutex<[String: ExitStatus]>([:])

    /// A service tries again what cannot be done, every few minutes for a whole night: of failures that are the same, the first
    /// is news.
    func isNews(_ status: ExitStatus, of configuration: String) -> Bool {
        lastFailures.withLock { last in
            defer { last[configuration] = status.isFailure ? status : nil }
            return !status.isFailure || status != last[configuration]
        }
    }
}
