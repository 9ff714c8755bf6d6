import AccessControl
public import Directory
import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    /// A walk down, level by level: which groups are members of these? Its requests grow with the depth and the number of
    /// groups, not with the members: the users tell their groups anyway. See docs/export.md.
    public func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups {
        var walk = GroupWalk(groups)
        do {
            while case let names = walk.takeLevel(), !names.isEmpty {
                for batch in names.batches(of: Self.namesInOneRequest) {
                    let members = groupsWith(.memberOf, batch, reading: [.objectGUID, .objectSID, .memberOf])
                    for try await entry in connection.search(members) { try walk.add(entry) }
                }
            }
            return NestedGroups(groups: walk.groups, withForeignMembers: try await foreignMembers(of: walk))
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// Foreign members are looked for from the groups' side: what such an object is a member of, most accounts may not read.
    private func foreignMembers(of walk: GroupWalk) async throws -> [DistinguishedName] {
        var names = DistinguishedNameReader()
        var foreigners: [DistinguishedName] = []
        let everyForeigner = LDAPSearchRequest(
            base: .distinguishedName(info.name), scope: .subtree,
            filter: .equal("objectCategory", "foreignSecurityPrincipal"), attributes: [.objectClass],
            referrals: .ignore)
        for try await entry in connection.search(everyForeigner) { foreigners.append(try names.read(entry.rawDN)) }
        var result: Set<DistinguishedName> = []
        for batch in foreigners.batches(of: Self.namesInOneRequest) {
            for try await entry in connection.search(groupsWith(.member, batch, reading: [.objectClass])) {
                let name = try names.read(entry.rawDN)
                if walk.known.contains(name) { result.insert(name) }
            }
        }
        return result.sorted()
    }

    /// Groups one of whose values of an attribute is one of these names.
    private func groupsWith(
        _ attribute: LDAPAttributeName, _ names: ArraySlice<DistinguishedName>, reading attributes: [LDAPAttributeName]
    ) -> LDAPSearchRequest {
        LDAPSearchRequest(
            base: .distinguishedName(info.name), scope: .subtree,
            filter: .and([
                // Indexed, which objectClass need not be.
                .equal("objectCategory", "group"), .or(names.map { .equal(attribute, LDAPValue($0.description)) }),
            ]),
            attributes: attributes,
            // Other naming contexts hold no groups of this domain.
            referrals: .ignore, rangeStep: rangeStep, rangedAttributes: [.memberOf])
    }
}

private struct GroupWalk {
    private var found: [GUID: NestedGroups.Group] = [:]
    private var level: [DistinguishedName]
    /// Those whose members were asked for, or are to be.
    private(set) var known: Set<DistinguishedName>
    private var names = DistinguishedNameReader()

    init(_ groups: [DirectoryGroupReference]) {
        for group in groups {
            found[group.guid] = NestedGroups.Group(
                guid: group.guid, name: group.name, relativeIdentifier: nil, parents: [])
        }
        level = groups.map(\.name)
        known = Set(level)
    }

    /// The groups to ask about next; empty at the bottom.
    mutating func takeLevel() -> [DistinguishedName] {
        defer { level = [] }
        return level.sorted()
    }

    mutating func add(_ entry: LDAPEntry) throws {
        let name = try names.read(entry.rawDN)
        let parents = Set(try entry[.memberOf].compactMap(\.string).map { try names.read($0) })
        guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw DirectoryFailure(kind: .notAuthorised, message: "the objectGUID of \(entry.rawDN) cannot be read")
        }
        found[guid] = NestedGroups.Group(
            guid: guid, name: name,
            relativeIdentifier: entry[.objectSID].first.flatMap { SecurityIdentifier($0.bytes)?.domainRelative },
            parents: parents)
        if known.insert(name).inserted { level.append(name) }
    }

    var groups: [NestedGroups.Group] { found.values.sorted { $0.guid < $1.guid } }
}
