public import DistinguishedNames

/// Why a record of the user file cannot be used as it stands: it fails alone, and the others arrive.
public struct RecordFault: Error, Sendable, Hashable {
    public let field: AttributeName
    /// What is wrong, and what would be right.
    public let reason: String
    /// Whether the record has the names that its account has here. Otherwise it has those of the file, which may be somebody
    /// else's here.
    public let knowsNames: Bool

    public init(field: AttributeName, reason: String, knowsNames: Bool = true) {
        self.field = field
        self.reason = reason
        self.knowsNames = knowsNames
    }
}

extension SourcePopulation {
    /// The same people, changed on the way to the planner.
    public func mapped(
        to users: [SourceUser], faults: [Int: RecordFault], units: [Int: DistinguishedName]
    ) -> SourcePopulation {
        var copy = self
        (copy.users, copy.faults, copy.units) = (users, faults, units)
        return copy
    }

    /// The same people, who are found by nothing but their names. Somebody whose names are not known would be taken for
    /// missing; so the file then proves nothing about who left.
    public func knownByNames() -> SourcePopulation {
        let lost = faults.values.count { !$0.knowsNames }
        guard lost > 0, incompleteness == nil else { return self }
        var copy = self
        copy.incompleteness = "\(lost) of its records cannot be mapped, and people are known by their names only"
        return copy
    }
}
