import ActiveDirectory
import Directory
import DistinguishedNames
import LDAP
import SyncConfiguration
import SyncRun

/// Reads everybody below the containers of `user_path`, each once.
struct SourceUsersReading: Sendable {
    let configuration: ExportConfiguration
    let containers: [DistinguishedName]
    let groups: [(name: DistinguishedName, group: DirectoryGroup)]
    let membership: CountedMembership
    let domain: Domain
    /// Of the last export; nil where none is known.
    let expectedCount: Int?
    let progress: ProgressLine

    /// All users, and the answers of the server it took.
    ///
    /// Containers are read one after the other. Who is moved from one to another meanwhile is seen twice, or not at all,
    /// which would be read as "he left"; then all of it is read again.
    func users(from directory: FailoverDirectory) async throws -> (ExportedUsers, pages: Int) {
        for _ in 0..<Self.attempts {
            let (users, pages) = try await readOnce(directory)
            if containers.count == 1 { return (users, pages) }
            let isSomebodyMissing = try await movedUsers(directory).contains { !users.seen.contains($0) }
            if !users.isSomebodyTwice, !isSomebodyMissing { return (users, pages) }
        }
        throw CommandFailure(
            .tryAgain,
            "user_path: in \(Self.attempts) attempts somebody was moved from one container to another while they were read; "
                + "nothing was written")
    }

    private static let attempts = 3

    private func readOnce(_ directory: FailoverDirectory) async throws -> (ExportedUsers, pages: Int) {
        let exclusions = try await exclusions(directory)
        let form = ExportedUsers.Form(
            groups: Dictionary(groups.map { ($0.group.guid, $0.name) }, uniquingKeysWith: { first, _ in first }),
            domain: configuration.writesAnchors ? domain.guid : nil, exclusions: exclusions,
            membership: membership,
            tracksEverybody: containers.count > 1, managers: try await managers(exclusions, directory))
        var users = ExportedUsers(attributeNames: configuration.attributes)
        var pages = 0
        for container in containers {
            let known = users.count
            let found = try await directory.users(
                query(below: container, attributes: configuration.attributes),
                gatheredInto: ExportedUsers(attributeNames: configuration.attributes),
                progress: { [progress] in progress.show("Reading users", known + $0) },
                { $0.add($1, in: form) })
            for part in found.parts { users.merge(part) }
            pages += found.pages
        }
        return (users, pages)
    }

    private func query(below container: DistinguishedName, attributes: [AttributeName]) -> UserQuery {
        UserQuery(
            base: container, attributes: attributes,
            groups: membership.groups,
            anchorAttribute: nil, expectedCount: expectedCount, objectClasses: configuration.users.objectClasses,
            conditions: wanted)
    }

    private var wanted: [any UserCondition] { configuration.users.filter.map { [FilterCondition($0)] } ?? [] }

    /// Whom the filters among the rules exclude. The server is asked for them rather than told to leave them out: so they
    /// can be counted, and a negation cannot turn "undefined" into anything.
    private func exclusions(_ directory: FailoverDirectory) async throws -> UserExclusions {
        var found: [Int: Set<GUID>] = [:]
        for (index, rule) in configuration.users.exclusions.enumerated() {
            guard case .filter(let filter) = rule else { continue }
            found[index] = try await accounts(fulfilling: [filter], directory)
        }
        return UserExclusions(configuration.users.exclusions, found: found)
    }

    /// Who may be somebody's manager, by name: everybody in the export. The other side knows nobody else.
    ///
    /// Read beforehand, since a record is written as soon as it is read. Nil where managers are not exported.
    private func managers(
        _ exclusions: UserExclusions, _ directory: FailoverDirectory
    ) async throws -> [DistinguishedName: GUID]? {
        guard configuration.attributes.contains(.manager) else { return nil }
        var managers: [DistinguishedName: GUID] = [:]
        for container in containers {
            let known = managers.count
            let found = try await directory.users(
                query(below: container, attributes: []), gatheredInto: [DistinguishedName: GUID](),
                progress: { [progress] in progress.show("Reading managers", known + $0) },
                { if exclusions.firstRule(for: $1) == nil { $0[$1.name] = $1.guid } })
            for part in found.parts { managers.merge(part) { first, _ in first } }
        }
        return managers
    }

    /// Who was changed, but not made, since before the first read: a move is a change.
    private func movedUsers(_ directory: FailoverDirectory) async throws -> Set<GUID> {
        let next = LDAPValue(String(domain.highestCommittedUSN + 1))
        return try await accounts(
            fulfilling: [.greaterOrEqual("uSNChanged", next), .not(.greaterOrEqual("uSNCreated", next))], directory)
    }

    private func accounts(fulfilling filters: [LDAPFilter], _ directory: FailoverDirectory) async throws -> Set<GUID> {
        var accounts: Set<GUID> = []
        for container in containers {
            let query = UserQuery(
                base: container, attributes: [], groups: [], anchorAttribute: nil, expectedCount: 0,
                objectClasses: configuration.users.objectClasses, conditions: wanted + filters.map(FilterCondition.init)
            )
            let found = try await directory.users(query, gatheredInto: Set<GUID>(), progress: { _ in }) {
                $0.insert($1.guid)
            }
            for part in found.parts { accounts.formUnion(part) }
        }
        return accounts
    }
}
