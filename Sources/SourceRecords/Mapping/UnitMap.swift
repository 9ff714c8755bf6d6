import Directory
public import DistinguishedNames

/// Where in the managed container people stand, by what their records say.
public struct UnitMap: Sendable, Hashable {
    public struct Rule: Sendable, Hashable {
        /// Over the record as the file has it; nil is true of everybody.
        public let filter: RecordFilter?
        /// Relative to the managed container.
        public let unit: DistinguishedName

        public init(filter: RecordFilter?, unit: DistinguishedName) {
            self.filter = filter
            self.unit = unit
        }
    }

    /// In the order of the configuration: the first that is true of somebody counts.
    public let rules: [Rule]

    public init(rules: [Rule]) { self.rules = rules }

    public static let empty = UnitMap(rules: [])

    /// Every place it names, each once, in the order of the configuration.
    public var units: [DistinguishedName] {
        var seen: Set<DistinguishedName> = []
        return rules.map(\.unit).filter { seen.insert($0).inserted }
    }

    /// By position. Whom no rule is true of is not among them: he stays where he is.
    func units(for users: [SourceUser]) -> [Int: DistinguishedName] {
        guard !rules.isEmpty else { return [:] }
        var units: [Int: DistinguishedName] = [:]
        for user in users {
            units[user.position] = rules.first { $0.filter?.matches(user) ?? true }?.unit
        }
        return units
    }
}
