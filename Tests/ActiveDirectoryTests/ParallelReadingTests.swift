import Directory
import LDAP
import LabSupport
import Synchronization
import Testing

@testable import ActiveDirectory

extension ActiveDirectorySuite {
    /// One reading divided among several connections.
    @Suite struct ParallelReading {
        private static let names = (1...40).map { "user \($0)" }

        @Test("Several connections find the same people as one, each of them once", arguments: [2, 3, 16])
        func everybodyOnce(connections: Int) async throws {
            let adapter = try await Adapter()
            try await adapter.source.apply(Self.names.map { adapter.user($0, in: adapter.source) })
            let query = try adapter.query(adapter.sourcePath, ["displayName"])
            let alone = try await adapter.with(adapter.source) { try await $0.users(query) }
            let (together, parts, operations) = try await adapter.with(
                adapter.source, connections: connections
            ) { directory in
                let before = directory.operationCount
                let found = try await directory.users(query, gatheredInto: [DirectoryUser](), progress: { _ in }) {
                    $0.append($1)
                }
                return (
                    found.parts.joined().sorted { $0.accountName < $1.accountName }, found.parts.map(\.count),
                    directory.operationCount - before
                )
            }
            #expect(together == alone)
            #expect(alone.count == Self.names.count)
            #expect(parts.count == connections)
            // GUIDs are random: that all of them begin alike would be a fault of the division.
            #expect(parts.count { $0 > 0 } > 1)
            // The proof; a page each; and a sign-in and a look at who it is for each further connection.
            #expect(operations == 1 + connections + 2 * (connections - 1))
        }

        @Test("Few people are not worth a second connection", arguments: [(0, 1), (1999, 1), (2000, 2), (9000, 4)])
        func expectation(users: Int, parts: Int) async throws {
            let adapter = try await Adapter()
            let query = UserQuery(
                base: try adapter.query(adapter.sourcePath).base, attributes: [], groups: [], anchorAttribute: nil,
                expectedCount: users)
            let found = try await adapter.with(adapter.source, connections: 4) {
                try await $0.users(query, gatheredInto: 0, progress: { _ in }) { count, _ in count += 1 }
            }
            #expect(found.parts.count == parts)
        }

        @Test("Progress is told for all parts together, and ends with everybody")
        func progress() async throws {
            let adapter = try await Adapter()
            try await adapter.source.apply(Self.names.map { adapter.user($0, in: adapter.source) })
            let heard = Mutex<[Int]>([])
            _ = try await adapter.with(adapter.source, connections: 4) {
                try await $0.users(adapter.query(adapter.sourcePath)) { count in heard.withLock { $0.append(count) } }
            }
            #expect(heard.withLock { $0.max() } == Self.names.count)
        }

        @Test("Parts are divided only where the server proves that it compares GUIDs")
        func proof() async throws {
            let adapter = try await Adapter()
            try await adapter.with(adapter.source) { directory in
                let domain = try await directory.domain()
                #expect(try await GUIDRange.isUnderstood(by: directory.connection, provenBy: domain))
                // As if the comparison came out otherwise than it has to.
                let stranger = Domain(
                    name: domain.name, dnsName: domain.dnsName, guid: try #require(GUID(directoryBytes: Array(0..<16))),
                    server: domain.server, highestCommittedUSN: 0, passwordPolicy: domain.passwordPolicy)
                #expect(try await !GUIDRange.isUnderstood(by: directory.connection, provenBy: stranger))
            }
        }

        @Test(
            "A further connection that leads to another server, or that the server refuses, is done without",
            arguments: [("another-dc.source.test", ""), ("", "wrong")])
        func siblingThatIsNone(server: String, addition: String) async throws {
            let adapter = try await Adapter()
            let account = adapter.source.service
            let siblings = SiblingConnections(
                LDAPConfiguration(
                    endpoints: [try LDAPURI(adapter.source.uri)], tls: TLSSettings(caFile: adapter.source.caFile)),
                .simple(user: account.name, password: LDAPPassword(try account.password() + addition)),
                of: server.isEmpty ? try await adapter.with(adapter.source) { try await $0.domain().server } : server)
            #expect(try await siblings.with { $0 == nil })
            #expect(siblings.operationCount > 0)
        }

        @Test("A container that is not there is told by several connections, too")
        func missingContainer() async throws {
            let adapter = try await Adapter()
            _ = try await adapter.with(adapter.target, connections: 4) { directory in
                await #expect {
                    try await directory.users(adapter.query("OU=Nowhere,\(adapter.target.base)"))
                } throws: {
                    ($0 as? DirectoryFailure)?.kind == .missing
                }
            }
        }
    }
}
