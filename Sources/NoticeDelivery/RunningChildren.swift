import Glibc
import Synchronization

/// The commands that are at work, so that none of them outlives a process that must end at once.
public final class RunningChildren: Sendable {
    private let state = Mutex(State())

    private struct State {
        /// Process groups; each is led by a child that has not been waited for, so its number is nobody else's.
        var groups: Set<pid_t> = []
        var isOver = false
    }

    public init() {}

    /// Ends them all, without a word; from now on none is started.
    public func killAll() {
        state.withLock { state in
            state.isOver = true
            for group in state.groups { kill(-group, SIGKILL) }
        }
    }

    /// - Parameter spawn: returns the process it has started, which leads a group of its own.
    func start(_ spawn: () throws(DeliveryFailure) -> pid_t) throws(DeliveryFailure) -> pid_t {
        try state.withLock { state throws(DeliveryFailure) in
            guard !state.isOver else { throw DeliveryFailure("this program is being ended") }
            let process = try spawn()
            state.groups.insert(process)
            return process
        }
    }

    /// Asks whether the child has ended, and forgets it then.
    ///
    /// - Returns: the status of waitpid(2); nil while it is at work.
    func status(of child: pid_t) -> Int32? {
        state.withLock { state in
            var status: Int32 = 0
            let result = waitpid(child, &status, WNOHANG)
            guard result != 0, !(result < 0 && errno == EINTR) else { return nil }
            state.groups.remove(child)
            return result == child ? status : -1
        }
    }

    /// Only as long as the child has not been waited for.
    func signal(_ group: pid_t, _ number: Int32) {
        state.withLock { state in
            if state.groups.contains(group) { kill(-group, number) }
        }
    }
}
