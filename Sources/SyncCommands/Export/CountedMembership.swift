import Directory

/// Which of the searched groups a user is a member of, by the rules of the configuration.
struct CountedMembership: Sendable {
    /// The groups a user may be a direct member of to be one of a searched group.
    let groups: [DirectoryGroupReference]
    /// By such a group, the searched ones; nil where only these themselves count.
    private let containers: [GUID: Set<GUID>]?
    /// By the identifier of a primary group, the searched ones.
    private let byPrimaryGroup: [UInt32: Set<GUID>]
    private let countsPrimaryGroup: Bool

    /// - Parameters:
    ///   - searched: the groups of the configuration.
    ///   - nested: these and all in them; nil where only direct members count.
    init(_ searched: [DirectoryGroup], _ nested: NestedGroups?, countsPrimaryGroup: Bool) {
        containers = nested?.containers(among: searched.map(\.guid))
        groups = nested?.groups.map(\.reference) ?? searched.map(\.reference)
        self.countsPrimaryGroup = countsPrimaryGroup
        var byPrimaryGroup: [UInt32: Set<GUID>] = [:]
        let identifiers =
            searched.map { ($0.guid, $0.relativeIdentifier) }
            + (nested?.groups ?? []).map { ($0.guid, $0.relativeIdentifier) }
        for case (let group, let identifier?) in identifiers {
            byPrimaryGroup[identifier, default: []].formUnion(containers?[group] ?? [group])
        }
        self.byPrimaryGroup = byPrimaryGroup
    }

    func groups(of user: DirectoryUser) -> Set<GUID> {
        let groups = containers.map { containers in
            user.groups.reduce(into: Set<GUID>()) { $0.formUnion(containers[$1] ?? []) }
        }
        guard countsPrimaryGroup, let more = primaryGroups(of: user) else { return groups ?? user.groups }
        return (groups ?? user.groups).union(more)
    }

    /// A searched group that is the user's primary group, where that does not count.
    func uncountedPrimaryGroup(of user: DirectoryUser) -> GUID? {
        countsPrimaryGroup ? nil : primaryGroups(of: user)?.min()
    }

    private func primaryGroups(of user: DirectoryUser) -> Set<GUID>? {
        user.primaryGroup.flatMap { byPrimaryGroup[$0] }
    }
}
