/// How long a service waits before it runs again.
struct Pacing: Sendable {
    /// Between the beginnings of two runs, and the most that is waited after one that failed, but for the spread.
    let interval: Duration
    private(set) var failures = 0

    init(interval: Duration) { self.interval = interval }

    /// - Parameters:
    ///   - elapsed: what the run took; of the interval, the rest is waited.
    ///   - chance: from 0 to 1. So many that were started together do not come back together.
    mutating func pause(after status: ExitStatus, elapsed: Duration, chance: Double) -> Duration {
        failures = status.isFailure ? failures + 1 : 0
        let planned = status.isRetriedSoon ? min(interval, Self.firstRetry * (1 << min(failures - 1, 16))) : interval
        let rest = status.isFailure ? planned : max(.zero, planned - elapsed)
        return rest + planned * (Self.spread * chance)
    }

    private static let firstRetry = Duration.seconds(5)
    /// A tenth of the time.
    private static let spread = 0.1
}

extension ExitStatus {
    /// The run has not done its work; what a brake holds back or a single record lacks is no such thing.
    var isFailure: Bool { (64..<128).contains(rawValue) }

    /// Whether it is tried again before its time. Not with a password that is wrong: a few of those, and the server locks
    /// the account.
    fileprivate var isRetriedSoon: Bool { isFailure && self != .notAuthorised }
}
