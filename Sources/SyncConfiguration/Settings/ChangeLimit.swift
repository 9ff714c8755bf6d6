/// A brake: what goes beyond both numbers at once does not happen without a word.
public struct ChangeLimit: Hashable, Sendable {
    /// Of what there is, 0 to 100.
    public let percent: Int
    public let count: Int

    static let standard = ChangeLimit(percent: 20, count: 10)
}

extension ChangeLimit: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        percent = reader.read(Self.percentKey)
        count = reader.read(Self.countKey)
    }

    private static let percentKey = Key(
        "percent", .integer(0...100), default: standard.percent, shownAs: "20",
        "The share of what there is, in percent.",
        example: "20"
    )
    private static let countKey = Key(
        "count", .integer(0...Int.max), default: standard.count, shownAs: "10",
        "The number. As many are never too many, whatever the share is.",
        example: "10"
    )
}
