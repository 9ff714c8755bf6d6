import ActiveDirectory
import Directory
import DistinguishedNames
import Foundation
import LDAP
import LabSupport
import Synchronization
import Testing

/// A container in each domain, begun empty, and the adapter under test signed in as the delegated accounts.
struct Adapter {
    let lab: Lab

    var source: LabDomain { lab.source }
    var target: LabDomain { lab.target }
    var sourcePath: String { "OU=Adapter,\(source.base)" }
    /// Below the unit that the target's account may create users in.
    var targetPath: String { "OU=Adapter,\(target.userPath)" }

    init() async throws {
        lab = try Lab.running()
        try await source.renew(sourcePath)
        // Samba deletes a member of a large group slowly.
        try await target.apply(
            ["Plant Operators", "Plant Visitors"].map {
                .modify("CN=\($0),\(lab.target.groupPath)", .replace, "member", [String]())
            })
        try await target.renew(targetPath)
    }

    /// Signed in, for as long as `work` takes.
    func with<Result: Sendable>(
        _ domain: LabDomain, as account: LabDomain.Account? = nil, connections: Int = 1, rangeStep: Int? = nil,
        _ work: (ActiveDirectoryDomain) async throws -> Result
    ) async throws -> Result {
        let directory = try await Self.open(
            domain, as: account ?? domain.service, connections: connections, rangeStep: rangeStep)
        do {
            let result = try await work(directory)
            await directory.close()
            return result
        } catch {
            await directory.close()
            throw error
        }
    }

    static func open(
        _ domain: LabDomain, as account: LabDomain.Account, connections: Int = 1, rangeStep: Int? = nil
    ) async throws -> ActiveDirectoryDomain {
        let configuration = LDAPConfiguration(
            endpoints: [try LDAPURI(domain.uri)], tls: TLSSettings(caFile: domain.caFile))
        return try await .open(
            configuration, as: .simple(user: account.name, password: LDAPPassword(try account.password())),
            connections: connections, rangeStep: rangeStep)
    }

    /// A user of the target's container, created by the administrator.
    func user(
        _ name: String, in domain: LabDomain? = nil, control: Int = 514, _ extra: [(String, [String])] = []
    ) -> LDIFChange {
        let domain = domain ?? target
        let parent = domain.base == source.base ? sourcePath : targetPath
        return .add(
            "CN=\(name),\(parent)",
            [
                ("objectClass", ["user"]), ("sAMAccountName", ["ad-\(name.filter { $0 != " " })"]),
                ("userAccountControl", [String(control)]),
            ] + extra)
    }

    func reference(_ name: String) async throws -> UserReference {
        let dn = "CN=\(name),\(targetPath)"
        let guid = try #require(try await target.entry(dn)?.guid().flatMap { GUID($0) })
        return UserReference(guid: guid, name: try DistinguishedName(parsing: dn))
    }

    func group(_ name: String) async throws -> DirectoryGroupReference {
        let dn = "CN=\(name),\(target.groupPath)"
        let guid = try #require(try await target.entry(dn)?.guid().flatMap { GUID($0) })
        return DirectoryGroupReference(guid: guid, name: try DistinguishedName(parsing: dn))
    }

    func query(
        _ base: String, _ attributes: [AttributeName] = [], groups: [DirectoryGroupReference] = [],
        anchorAttribute: AttributeName? = "adminDescription"
    ) throws -> UserQuery {
        UserQuery(
            base: try DistinguishedName(parsing: base), attributes: attributes, groups: groups,
            anchorAttribute: anchorAttribute)
    }
}

extension ActiveDirectoryDomain {
    /// One result for each change, in their order; the test fails where one came twice or never.
    func results(
        of changes: [DirectoryChange], sourceLocation: SourceLocation = #_sourceLocation
    ) async -> [Result<Void, DirectoryFailure>] {
        let collected = Mutex<[Int: [Result<Void, DirectoryFailure>]]>([:])
        await apply(changes) { index, result in collected.withLock { $0[index, default: []].append(result) } }
        return collected.withLock { collected in
            changes.indices.compactMap { index in
                let results = collected[index] ?? []
                #expect(
                    results.count == 1, "change \(index) has \(results.count) outcomes", sourceLocation: sourceLocation)
                return results.first
            }
        }
    }

    func users(_ query: UserQuery) async throws -> [DirectoryUser] {
        try await users(query) { _ in }.sorted { $0.accountName < $1.accountName }
    }
}

extension Result<Void, DirectoryFailure> {
    var isSuccess: Bool { if case .success = self { true } else { false } }

    var failure: DirectoryFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
