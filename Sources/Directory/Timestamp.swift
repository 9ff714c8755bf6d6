/// A point in time in UTC, counted as AD counts it: intervals of 100 ns since 1601-01-01 (FILETIME, [MS-DTYP] 2.3.3).
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Intervals of 100 ns since 1601-01-01T00:00:00 UTC.
    public let fileTime: Int64

    public init(fileTime: Int64) {
        self.fileTime = fileTime
    }

    /// - Parameter nanoseconds: since 1970-01-01T00:00:00 UTC, plus `seconds`.
    public init(unixSeconds seconds: Int64, nanoseconds: Int64 = 0) {
        fileTime = (seconds + Self.unixEpochSeconds) * Self.ticksPerSecond + nanoseconds / 100
    }

    /// Whole seconds since 1970-01-01T00:00:00 UTC, rounded down.
    public var unixSeconds: Int64 {
        let (quotient, remainder) = fileTime.quotientAndRemainder(dividingBy: Self.ticksPerSecond)
        return quotient - (remainder < 0 ? 1 : 0) - Self.unixEpochSeconds
    }

    /// Without the fraction of a second.
    public var roundedDownToSecond: Timestamp {
        Timestamp(unixSeconds: unixSeconds)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.fileTime < right.fileTime }

    /// The difference in seconds, fraction dropped.
    public func seconds(since other: Timestamp) -> Int64 {
        (fileTime - other.fileTime) / Self.ticksPerSecond
    }

    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(fileTime: fileTime + seconds * Self.ticksPerSecond)
    }

    static let ticksPerSecond: Int64 = 10_000_000
    private static let unixEpochSeconds: Int64 = 11_644_473_600
}

/// When an account stops working by itself.
public enum AccountExpiry: Hashable, Sendable {
    case never
    case at(Timestamp)

    /// The earlier of the two.
    public func earlier(_ other: AccountExpiry) -> AccountExpiry {
        switch (self, other) {
        case (.never, let expiry), (let expiry, .never): expiry
        case (.at(let left), .at(let right)): .at(min(left, right))
        }
    }
}
