import Testing

@testable import LDAP

/// Directory servers found in the DNS, as several DNS servers answer.
@Suite(.timeLimit(.minutes(5))) struct ServerLocatorTests {
    private func servers(
        _ servers: ScriptedNameServer.Answer, domain: ScriptedNameServer.Answer = .code(0)
    ) async throws -> [String] {
        let nameServer = try ScriptedNameServer(servers: servers, domain: domain)
        return try await ServerLocator(loopbackPort: nameServer.port).servers(of: "source.test").map(\.description)
    }

    @Test func `the records become URIs in their order`() async throws {
        let found = try await servers(
            .servers([
                (20, 0, 3389, "dc2.source.test"), (10, 100, 389, "DC1.Source.Test"), (30, 0, 389, "a.b.source.test"),
            ]))
        #expect(
            found == ["ldap://DC1.Source.Test:389", "ldap://dc2.source.test:3389", "ldap://a.b.source.test:389"])
    }

    @Test func `servers outside the domain are not believed`() async throws {
        let mixed = try await servers(
            .servers([(0, 0, 389, "dc.evil.test"), (1, 0, 389, "dc.source.test"), (2, 0, 389, "evilsource.test")]))
        #expect(mixed == ["ldap://dc.source.test:389"])
        await #expect(
            throws: LocationFailure.foreignServers("source.test", hosts: ["dc.evil.test"])
        ) { try await servers(.servers([(0, 0, 389, "dc.evil.test")])) }
    }

    @Test(
        arguments: [
            // No such name, neither of the records nor of the domain.
            (3, 3, LocationFailure.noSuchDomain("source.test")),
            // The domain, but no records below it.
            (3, 0, .noServers("source.test")), (0, 0, .noServers("source.test")),
        ] as [(UInt8, UInt8, LocationFailure)])
    func `a domain that is not there is told from one without servers`(
        records: UInt8, domain: UInt8, failure: LocationFailure
    ) async {
        await #expect(throws: failure) { try await servers(.code(records), domain: .code(domain)) }
    }

    @Test func `the root as a server means that there is none`() async {
        await #expect(throws: LocationFailure.noServers("source.test")) {
            try await servers(.servers([(0, 0, 0, "")]))
        }
    }

    @Test(arguments: [ScriptedNameServer.Answer.code(2), .code(5), .silence])
    func `a DNS that fails is no missing domain`(answer: ScriptedNameServer.Answer) async throws {
        let failure = await #expect(throws: LocationFailure.self) { try await servers(answer, domain: answer) }
        guard case .unavailable("source.test", _)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }
}
