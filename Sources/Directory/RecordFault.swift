public import DistinguishedNames

/// Why a record of the user file cannot be used as it stands: it fails alone, and the others arrive.
public struct RecordFault: Error, Sendable, Hashable {
    public let field: AttributeName
    /// What is wrong, and what would be right.
    public let reason: String

    public init(field: AttributeName, reason: String) {
        self.field = field
        self.reason = reason
    }
}

extension SourcePopulation {
    /// The same people, changed on the way to the planner.
    ///
    /// In a file without anchors, somebody who cannot be mapped may not be found by his names either, and would be taken
    /// for missing; so the file then proves nothing about who left.
    public func mapped(
        to users: [SourceUser], faults: [Int: RecordFault], units: [Int: DistinguishedName]
    ) -> SourcePopulation {
        var incompleteness = incompleteness
        if !faults.isEmpty, !users.contains(where: { $0.anchor != nil }) {
            incompleteness =
                incompleteness ?? "\(faults.count) of its records cannot be mapped, and it carries no anchors"
        }
        var copy = SourcePopulation(
            timestamp: timestamp, domain: domain, users: users, incompleteness: incompleteness)
        copy.faults = faults
        copy.managers = managers
        copy.units = units
        return copy
    }
}
