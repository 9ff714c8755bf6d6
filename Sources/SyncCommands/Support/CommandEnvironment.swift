import Directory
import Glibc
import Logging

/// Everything of the outside world a command depends on, in one value: commands take it, tests make their own.
struct CommandEnvironment: Sendable {
    let variables: [String: String]
    let now: @Sendable () -> Timestamp
    let terminal: Terminal
    /// Told before the first change is announced: from then on a signal waits for what is under way.
    let beginWork: @Sendable () -> Void

    /// The process as it was started.
    static func current(json: Bool, beginWork: @escaping @Sendable () -> Void) -> CommandEnvironment {
        CommandEnvironment(
            variables: Self.processVariables(), now: Timestamp.current, terminal: Terminal.current(json: json),
            beginWork: beginWork)
    }

    private static func processVariables() -> [String: String] {
        var result: [String: String] = [:]
        for name in ["AD_USER_SYNC_BIND_PASSWORD", "AD_USER_SYNC_HMAC", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"] {
            if let value = getenv(name) { result[name] = String(cString: value) }
        }
        return result
    }
}

extension Timestamp {
    /// The system's clock, to the microsecond.
    @Sendable static func current() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unixSeconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec) / 1000 * 1000)
    }
}

/// What the system counted of this process.
enum ProcessStatistics {
    /// The most memory it has held so far, in bytes.
    static var peakMemoryBytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) * 1024
    }
}
