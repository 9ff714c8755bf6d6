public import DistinguishedNames

/// Some groups and the groups in them, directly and through others, as far as they are of the domain.
public struct NestedGroups: Sendable, Equatable {
    public struct Group: Sendable, Equatable {
        public let guid: GUID
        public let name: DistinguishedName
        /// See ``DirectoryGroup/relativeIdentifier``.
        public let relativeIdentifier: UInt32?
        /// The groups it is a direct member of; others than those of ``NestedGroups`` among them, perhaps.
        public let parents: Set<DistinguishedName>

        public init(
            guid: GUID, name: DistinguishedName, relativeIdentifier: UInt32?, parents: Set<DistinguishedName>
        ) {
            self.guid = guid
            self.name = name
            self.relativeIdentifier = relativeIdentifier
            self.parents = parents
        }

        public var reference: DirectoryGroupReference { DirectoryGroupReference(guid: guid, name: name) }
    }

    /// Those asked for and those in them, each once.
    public let groups: [Group]
    /// Those of them with a member that stands for somebody, or a group, of another domain ([MS-ADTS] 3.1.1.8.9): who that
    /// is, this domain cannot tell.
    public let withForeignMembers: [DistinguishedName]

    public init(groups: [Group], withForeignMembers: [DistinguishedName]) {
        self.groups = groups
        self.withForeignMembers = withForeignMembers
    }

    /// For each group those of `outer` that its members are members of: itself, and those it is in.
    public func containers(among outer: [GUID]) -> [GUID: Set<GUID>] {
        var children: [DistinguishedName: [Group]] = [:]
        for group in groups {
            for parent in group.parents { children[parent, default: []].append(group) }
        }
        var containers: [GUID: Set<GUID>] = [:]
        for top in groups where outer.contains(top.guid) {
            var waiting = [top]
            // Groups may well be members of each other: one that was here already leads nowhere new.
            while let group = waiting.popLast() {
                if containers[group.guid, default: []].insert(top.guid).inserted {
                    waiting += children[group.name] ?? []
                }
            }
        }
        return containers
    }
}
