import AccessControl
public import Directory
public import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    public func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        do {
            var nesting = GroupNesting(connection: connection)
            try await nesting.read(names)
            var groups: [DirectoryGroup?] = []
            for name in names {
                guard let node = nesting.node(name), node.isGroup else {
                    groups.append(nil)
                    continue
                }
                groups.append(
                    DirectoryGroup(
                        guid: node.guid, name: node.name, commonName: node.name.leaf?.value ?? node.name.description,
                        privilegedThrough: try await nesting.chainToPrivilege(from: node),
                        relativeIdentifier: node.relativeIdentifier))
            }
            return groups
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }
}

/// The groups on the way up from some groups, each read once.
///
/// Groups are nested few levels deep, so walking up is a read or two where the server's own in-chain rule would search
/// the whole domain.
private struct GroupNesting {
    let connection: LDAPConnection
    /// Nil for a name that is not there, or may not be read.
    private var nodes: [DistinguishedName: GroupNode?] = [:]

    init(connection: LDAPConnection) { self.connection = connection }

    func node(_ name: DistinguishedName) -> GroupNode? { nodes[name] ?? nil }

    /// Reads those that are not known yet, all at once.
    mutating func read(_ names: [DistinguishedName]) async throws {
        let unknown = Set(names.filter { nodes[$0] == nil })
        let found = try await withThrowingTaskGroup(of: (DistinguishedName, GroupNode?).self) { [connection] tasks in
            for name in unknown {
                tasks.addTask { (name, try await GroupNode.read(name, connection)) }
            }
            var result: [DistinguishedName: GroupNode?] = [:]
            for try await (name, node) in tasks { result.updateValue(node, forKey: name) }
            return result
        }
        nodes.merge(found) { _, new in new }
    }

    /// Breadth first, so that the shortest chain is told.
    mutating func chainToPrivilege(from group: GroupNode) async throws -> [DistinguishedName]? {
        var visited: Set<DistinguishedName> = [group.name]
        var level: [(node: GroupNode, chain: [DistinguishedName])] = [(group, [group.name])]
        while !level.isEmpty {
            if let privileged = level.first(where: { $0.node.isPrivileged }) { return privileged.chain }
            let parents = level.flatMap { step in step.node.parents.map { (name: $0, chain: step.chain + [$0]) } }
                .filter { visited.insert($0.name).inserted }
            try await read(parents.map(\.name))
            level = []
            for (name, chain) in parents {
                // A group that cannot be read may be in another domain of the forest, where the Enterprise Admins are:
                // what cannot be ruled out counts as power.
                guard let node = node(name) else { return chain }
                level.append((node, chain))
            }
        }
        return nil
    }
}

private struct GroupNode: Sendable {
    let guid: GUID
    let name: DistinguishedName
    let isGroup: Bool
    let isPrivileged: Bool
    let relativeIdentifier: UInt32?
    let parents: [DistinguishedName]

    static func read(_ name: DistinguishedName, _ connection: LDAPConnection) async throws -> GroupNode? {
        do {
            let entry = try await connection.readEntry(
                at: .distinguishedName(name),
                attributes: [.objectGUID, .objectSID, .objectClass, .adminCount, .accountName, .memberOf])
            return try GroupNode(entry)
        } catch let error as LDAPError where error.code == .noSuchObject || error.code == .referral {
            return nil
        }
    }

    private init(_ entry: LDAPEntry) throws {
        guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw DirectoryFailure(kind: .notAuthorised, message: "the objectGUID of \(entry.rawDN) cannot be read")
        }
        self.guid = guid
        name = try entry.distinguishedName
        isGroup = entry[.objectClass].contains("group")
        let identifier = entry[.objectSID].first.flatMap { SecurityIdentifier($0.bytes) }
        relativeIdentifier = identifier?.domainRelative
        let isGuarded = !["", "0"].contains(entry[.adminCount].first?.string ?? "")
        // DnsAdmins has no well-known identifier, and can load code into the DNS service of every domain controller.
        let isDNSAdministrators = entry[.accountName].first?.string.map(NameKey.init) == NameKey("DnsAdmins")
        isPrivileged = identifier?.isPrivileged == true || isGuarded || isDNSAdministrators
        parents = try entry[.memberOf].compactMap(\.string).map { try DistinguishedName(parsing: $0) }.sorted()
    }
}
