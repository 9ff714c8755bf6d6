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
                for start in stride(from: 0, to: names.count, by: Self.groupsInOneRequest) {
                    let batch = names[start...].prefix(Self.groupsInOneRequest)
                    for try await entry in connection.search(request(for: batch)) { try walk.add(entry) }
                }
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
        return walk.result
    }

    private func request(for groups: ArraySlice<DistinguishedName>) -> LDAPSearchRequest {
        LDAPSearchRequest(
            base: .distinguishedName(info.name), scope: .subtree,
            filter: .and([
                // Both are indexed, which objectClass need not be.
                .or([.equal("objectCategory", "group"), .equal("objectCategory", "foreignSecurityPrincipal")]),
                .or(groups.map { .equal(.memberOf, LDAPValue($0.description)) }),
            ]),
            attributes: [.objectGUID, .objectSID, .objectClass, .memberOf],
            // Other naming contexts hold no groups of this domain.
            referrals: .ignore, rangeStep: rangeStep, rangedAttributes: [.memberOf])
    }

    /// Some hundred octets each: well below the size limit of a request.
    private static let groupsInOneRequest = 200
}

private struct GroupWalk {
    private var found: [GUID: NestedGroups.Group] = [:]
    private var foreignMembers: [NestedGroups.ForeignMember] = []
    private var level: [DistinguishedName]
    /// Those whose members were asked for, or are to be.
    private var known: Set<DistinguishedName>
    private var foreigners: Set<DistinguishedName> = []
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
        guard entry[.objectClass].contains("group") else {
            if foreigners.insert(name).inserted {
                foreignMembers += parents.map { NestedGroups.ForeignMember(name: name, group: $0) }
            }
            return
        }
        guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw DirectoryFailure(kind: .notAuthorised, message: "the objectGUID of \(entry.rawDN) cannot be read")
        }
        found[guid] = NestedGroups.Group(
            guid: guid, name: name,
            relativeIdentifier: entry[.objectSID].first.flatMap { SecurityIdentifier($0.bytes)?.domainRelative },
            parents: parents)
        if known.insert(name).inserted { level.append(name) }
    }

    var result: NestedGroups {
        NestedGroups(
            groups: found.values.sorted { $0.guid < $1.guid },
            // Of his groups those that matter here.
            foreignMembers: foreignMembers.filter { known.contains($0.group) }
                .sorted { ($0.group, $0.name) < ($1.group, $1.name) })
    }
}
