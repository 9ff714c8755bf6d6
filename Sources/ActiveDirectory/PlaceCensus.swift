public import DistinguishedNames

/// How many people and groups are directly in one place.
public struct PlaceCensus: Hashable, Sendable {
    public let place: DistinguishedName
    public let users: Int
    public let groups: Int

    public init(place: DistinguishedName, users: Int, groups: Int) {
        (self.place, self.users, self.groups) = (place, users, groups)
    }
}

extension [PlaceCensus] {
    /// The smallest path that holds what is counted; where that would be the whole domain, the smallest one in that part
    /// of it, directly below its head, that holds the most.
    ///
    /// Organizational units go before other containers: `CN=Users` holds what came with the domain or strayed there.
    ///
    /// - Returns: nil when nothing is counted anywhere but in the domain's head.
    public func smallestPath(counting count: (PlaceCensus) -> Int, in domain: DistinguishedName) -> DistinguishedName? {
        let filled = filter { count($0) > 0 && $0.place.isDescendant(of: domain) }
        let branches = Dictionary(grouping: filled) { $0.place.branch(below: domain) }
        let units = branches.filter { $0.key.leaf?.attribute.lowercased() == "ou" }
        let largest = (units.isEmpty ? branches : units).sorted { $0.key < $1.key }
            .map { (places: $0.value.map(\.place), sum: $0.value.reduce(0) { $0 + count($1) }) }
            .max { $0.sum < $1.sum }
        return largest.flatMap { DistinguishedName.commonAncestor(of: $0.places) }
    }
}

extension DistinguishedName {
    /// The object directly below `head` that this name is, or is below.
    fileprivate func branch(below head: DistinguishedName) -> DistinguishedName {
        var branch = self
        while let parent = branch.parent, parent != head { branch = parent }
        return branch
    }
}
