public import Directory
public import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    public func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        do {
            return try await withThrowingTaskGroup(of: (Int, DirectoryGroup?).self) { tasks in
                for (index, name) in names.enumerated() {
                    tasks.addTask { (index, try await group(name)) }
                }
                var groups = [DirectoryGroup?](repeating: nil, count: names.count)
                for try await (index, group) in tasks { groups[index] = group }
                return groups
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    private func group(_ name: DistinguishedName) async throws -> DirectoryGroup? {
        guard let node = try await groupNode(name), node.isGroup else { return nil }
        return DirectoryGroup(
            guid: node.guid, name: node.name, commonName: node.name.leaf?.value ?? node.name.description,
            privilegedThrough: try await chainToPrivilege(from: node))
    }

    /// Walks up the nesting, breadth first, so that the shortest chain is told. Groups are nested few levels deep, so this
    /// is a read or two where the server's own in-chain rule would search the whole domain.
    private func chainToPrivilege(from group: GroupNode) async throws -> [DistinguishedName]? {
        var visited: Set<DistinguishedName> = [group.name]
        var level: [(node: GroupNode, chain: [DistinguishedName])] = [(group, [group.name])]
        while !level.isEmpty {
            if let privileged = level.first(where: { $0.node.isPrivileged }) { return privileged.chain }
            var next: [(node: GroupNode, chain: [DistinguishedName])] = []
            for (node, chain) in level {
                for parent in node.parents where visited.insert(parent).inserted {
                    // A group that cannot be read may be in another domain of the forest, where the Enterprise Admins
                    // are: what cannot be ruled out counts as power.
                    guard let parentNode = try await groupNode(parent) else { return chain + [parent] }
                    next.append((parentNode, chain + [parent]))
                }
            }
            level = next
        }
        return nil
    }

    private func groupNode(_ name: DistinguishedName) async throws -> GroupNode? {
        do {
            let entry = try await connection.readEntry(
                at: .distinguishedName(name),
                attributes: [.objectGUID, .objectSID, .objectClass, .adminCount, .accountName, .memberOf])
            return try GroupNode(entry)
        } catch let error as LDAPError where error.code == .noSuchObject || error.code == .referral {
            return nil
        }
    }
}

/// A group on the way up.
private struct GroupNode {
    let guid: GUID
    let name: DistinguishedName
    let isGroup: Bool
    let isPrivileged: Bool
    let parents: [DistinguishedName]

    init(_ entry: LDAPEntry) throws {
        guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw DirectoryFailure(kind: .notAuthorised, message: "the objectGUID of \(entry.rawDN) cannot be read")
        }
        self.guid = guid
        name = try entry.distinguishedName
        isGroup = entry[.objectClass].contains("group")
        let identifier = entry[.objectSID].first.flatMap { SecurityIdentifier($0.bytes) }
        let isGuarded = !["", "0"].contains(entry[.adminCount].first?.string ?? "")
        // DnsAdmins has no well-known identifier, and can load code into the DNS service of every domain controller.
        let isDNSAdministrators = entry[.accountName].first?.string.map(NameKey.init) == NameKey("DnsAdmins")
        isPrivileged = identifier?.isPrivileged == true || isGuarded || isDNSAdministrators
        parents = try entry[.memberOf].compactMap(\.string).map { try DistinguishedName(parsing: $0) }.sorted()
    }
}
