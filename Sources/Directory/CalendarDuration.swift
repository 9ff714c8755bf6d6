/// A duration whose years and months are calendar units: `P1M1D` after 31 January is 1 March, or 29 February's morrow.
public struct CalendarDuration: Hashable, Sendable {
    public let months: Int64
    /// Weeks, days and everything shorter: an exact number of seconds, since UTC has no daylight saving.
    public let seconds: Int64

    public init(months: Int64 = 0, seconds: Int64 = 0) {
        self.months = months
        self.seconds = seconds
    }

    /// Reads ISO 8601 durations of whole numbers: `P1M1D`, `P2W`, `PT36H`, `P1Y2M3DT4H5M6S`. Returns nil for others,
    /// and for those beyond a thousand years, which a ``Timestamp`` could not be moved by.
    public init?(iso8601 text: String) {
        var months: Int64 = 0
        var seconds: Int64 = 0
        var units: ArraySlice<(designator: UInt8, months: Int64, seconds: Int64)> = Self.dateUnits
        var isTime = false
        var digits: Int64?
        var found = false
        guard text.utf8.first == UInt8(ascii: "P") else { return nil }
        for byte in text.utf8.dropFirst() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (number, overflow) = (digits ?? 0).multipliedReportingOverflow(by: 10)
                guard !overflow, number < 1_000_000_000 else { return nil }
                digits = number + Int64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "T") where !isTime && digits == nil:
                isTime = true
                units = Self.timeUnits
                found = false
            default:
                // Units come in descending order, each at most once.
                guard let number = digits, let index = units.firstIndex(where: { $0.designator == byte }) else {
                    return nil
                }
                months += number * units[index].months
                seconds += number * units[index].seconds
                units = units[(index + 1)...]
                digits = nil
                found = true
            }
        }
        guard found, digits == nil, months <= Self.longestMonths, seconds <= Self.longestSeconds else { return nil }
        self.init(months: months, seconds: seconds)
    }

    /// `timestamp` plus this: first the months on the calendar, then the rest.
    public func after(_ timestamp: Timestamp) -> Timestamp {
        let seconds = timestamp.unixSeconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let date = CivilDate(daysSinceUnixEpoch: days).adding(months: months)
        return timestamp.adding(seconds: (date.daysSinceUnixEpoch - days) * 86_400 + self.seconds)
    }

    private static let longestMonths: Int64 = 12 * 1000
    private static let longestSeconds: Int64 = 366 * 86_400 * 1000
    private static let dateUnits: ArraySlice<(designator: UInt8, months: Int64, seconds: Int64)> = [
        (UInt8(ascii: "Y"), 12, 0), (UInt8(ascii: "M"), 1, 0), (UInt8(ascii: "W"), 0, 604_800),
        (UInt8(ascii: "D"), 0, 86_400),
    ]
    private static let timeUnits: ArraySlice<(designator: UInt8, months: Int64, seconds: Int64)> = [
        (UInt8(ascii: "H"), 0, 3600), (UInt8(ascii: "M"), 0, 60), (UInt8(ascii: "S"), 0, 1),
    ]
}
