import DistinguishedNames
import Foundation
import LDAP

extension Lab {
    /// Gives `body` a connection and a new organizational unit, which is deleted with all its content afterwards.
    func withContainer<Result>(
        _ body: (LDAPConnection, DistinguishedName) async throws -> Result
    ) async throws -> Result {
        let connection = try await connection()
        let container = base.appending(RelativeDistinguishedName(attribute: "OU", value: "ldap-tests-\(UUID())"))
        try await connection.perform(.add(container, [LDAPAttribute("objectClass", "organizationalUnit")]))
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(connection, container))
        } catch {
            result = .failure(error)
        }
        // The test may have lost or closed its connection.
        try await delete(container)
        return try result.get()
    }

    /// Creates contacts `0`, `1`, … and returns their names.
    @discardableResult
    func addContacts(
        _ count: Int,
        to container: DistinguishedName,
        _ connection: LDAPConnection
    ) async throws -> [DistinguishedName] {
        let names = (0..<count).map { container.appending(.commonName("contact \($0)")) }
        let outcomes = Outcomes()
        await connection.perform(names.map { .contact($0) }, onResult: outcomes.record)
        if let error = (0..<count).lazy.compactMap(outcomes.error).first { throw error }
        return names
    }

    private func delete(_ container: DistinguishedName) async throws {
        let connection = try await connection()
        let all = try await connection.search(
            LDAPSearchRequest(base: .distinguishedName(container), attributes: [.noAttributes])
        ).collect()
        let names = try all.map { entry throws in try entry.distinguishedName }
        // Children go before their parents.
        let deletions = names.sorted { $0.components.count > $1.components.count }.map { LDAPWriteRequest.delete($0) }
        for deletion in deletions { try await connection.perform(deletion) }
    }
}

extension LDAPWriteRequest {
    /// The smallest object that can be a member of a group.
    static func contact(_ name: DistinguishedName) -> LDAPWriteRequest {
        .add(name, [LDAPAttribute("objectClass", "contact")])
    }
}
