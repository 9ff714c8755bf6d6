import Glibc
import Synchronization

/// The executor of one connection: a thread that runs the connection's jobs and, between them, waits for its socket.
///
/// libldap blocks, and a blocked thread must not be one of the few that Swift's tasks share. A thread of its own also
/// lets the connection sleep in `poll` until an answer, a deadline or a new job is there, with no slices of waiting; and
/// it lets SIGPIPE be blocked here without touching the process: the signal for a write to a closed socket goes to the
/// thread that wrote.
final class ConnectionThread: SerialExecutor {
    /// What to wake up for besides new jobs.
    struct Interest: Sendable {
        /// A socket with something to read.
        var socket: Int32?
        /// The moment to look at the clock again.
        var deadline: ContinuousClock.Instant?

        static let none = Interest()
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var service: (@Sendable (_ socketIsReadable: Bool) -> Interest)?
        var isStopping = false
    }

    private let state = Mutex(State())
    /// A pair of sockets that wakes the thread out of `poll`.
    private let alarm: (ring: Int32, hear: Int32)
    private let identity = Atomic<UInt>(0)

    /// Starts the thread; nil when the system has no thread or descriptor left.
    init?() {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
        alarm = (ring: ends[1], hear: ends[0])
        // The thread keeps its executor alive until `stop`.
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<ConnectionThread>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            context.toOpaque()
        )
        guard result == 0 else {
            context.release()
            return nil
        }
        pthread_detach(thread)
    }

    deinit {
        close(alarm.ring)
        close(alarm.hear)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        wake()
    }

    /// Answers whether the caller runs on this thread: what `assumeIsolated` asks.
    func checkIsolated() {
        precondition(
            identity.load(ordering: .acquiring) == UInt(pthread_self()),
            "an LDAP connection was touched from outside its thread"
        )
    }

    /// Sets what is called before each wait, on this thread: it deals with what the socket has and tells what to wait
    /// for next.
    func setService(_ service: @escaping @Sendable (_ socketIsReadable: Bool) -> Interest) {
        state.withLock { $0.service = service }
        wake()
    }

    /// Ends the thread after the jobs that are waiting. Nothing may be enqueued afterwards.
    func stop() {
        state.withLock {
            $0.isStopping = true
            $0.service = nil
        }
        wake()
    }

    private func run() {
        identity.store(UInt(pthread_self()), ordering: .releasing)
        Self.blockSignals()
        var socketIsReadable = false
        while true {
            let work = state.withLock { state in
                defer { state.jobs = [] }
                return state
            }
            for job in work.jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            if work.jobs.isEmpty && work.isStopping { return }
            let interest = work.service?(socketIsReadable) ?? .none
            socketIsReadable = wait(for: interest)
        }
    }

    /// Sleeps until there is something to do; true when the socket has something to read.
    private func wait(for interest: Interest) -> Bool {
        // A negative descriptor is left out by poll.
        var descriptors = [
            pollfd(fd: alarm.hear, events: Int16(POLLIN), revents: 0),
            pollfd(fd: interest.socket ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = interest.deadline.map { ContinuousClock.now.milliseconds(until: $0) } ?? -1
        guard poll(&descriptors, 2, milliseconds) > 0 else { return false }
        if descriptors[0].revents != 0 {
            var rings = InlineArray<64, UInt8>(repeating: 0)
            _ = read(alarm.hear, &rings, 64)
        }
        return descriptors[1].revents != 0
    }

    private func wake() {
        var ring: UInt8 = 1
        // A buffer that is full will wake the thread as well.
        _ = write(alarm.ring, &ring, 1)
    }

    /// Signals are for the process's other threads; here they would only interrupt libldap.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}

extension ContinuousClock.Instant {
    /// The whole milliseconds until `deadline`, rounded up, for `poll`; 0 when it has passed.
    func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        (deadline - self).milliseconds
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, within what `poll` and the socket options take.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard self > .zero else { return 0 }
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// The form the C API has.
    var timeValue: timeval {
        let (seconds, attoseconds) = max(self, .zero).components
        return timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
