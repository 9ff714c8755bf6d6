/// The brake: when more managed users would be deactivated than both numbers allow, nobody is.
public struct DeactivationLimit: Hashable, Sendable {
    /// Of the managed users, 0 to 100.
    public let percent: Int
    public let count: Int

    static let standard = DeactivationLimit(percent: 20, count: 10)
}

extension DeactivationLimit: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        percent = reader.read(Self.percentKey)
        count = reader.read(Self.countKey)
    }

    private static let percentKey = Key(
        "percent", .integer(0...100), default: standard.percent, shownAs: "20",
        "The share of the managed users, in percent.",
        example: "20"
    )
    private static let countKey = Key(
        "count", .integer(0...Int.max, unit: "users"), default: standard.count, shownAs: "10",
        "The number of users.",
        example: "10"
    )
}
