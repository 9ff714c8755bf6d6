import CLDAP
import LDAP
import Testing

/// Certificates good and bad; each failure is told by its reason.
@Suite(.timeLimit(.minutes(5))) struct TLSTests {
    private static let certificates = Result {
        let certificates = try Certificates()
        try certificates.issue("good", for: "IP:127.0.0.1")
        try certificates.issue("expired", for: "IP:127.0.0.1", validity: .past)
        try certificates.issue("elsewhere", for: "DNS:dc9.source.test,IP:127.9.9.9")
        try certificates.issueSelfSigned("self", for: "IP:127.0.0.1")
        return certificates
    }

    /// Connects to a server with that certificate.
    @discardableResult
    private func connect(
        toServerWith name: String,
        arguments: [String] = [],
        _ settings: (Certificates) -> TLSSettings = { TLSSettings(caFile: $0.caFile) }
    ) async throws -> LDAPConnection {
        let certificates = try Self.certificates.get()
        return try await TLSServer.serving(certificates, name, arguments: arguments) { uri in
            try await LDAPConnection.connect(LDAPConfiguration(endpoints: [uri], tls: settings(certificates)))
        }
    }

    /// Why the connection to such a server fails.
    private func failure(
        ofServerWith name: String,
        arguments: [String] = [],
        _ settings: (Certificates) -> TLSSettings = { TLSSettings(caFile: $0.caFile) }
    ) async throws -> TLSFailure {
        do {
            try await connect(toServerWith: name, arguments: arguments, settings)
        } catch LDAPConnectError.allEndpointsFailed(let attempts) {
            if case .tls(let failure)? = attempts.first?.failure { return failure }
            throw Unexpected(attempts: attempts)
        }
        throw Unexpected(attempts: [])
    }

    private struct Unexpected: Error {
        let attempts: [LDAPConnectError.Attempt]
    }

    @Test func `a certificate for the address by a known authority is accepted`() async throws {
        #expect(try await connect(toServerWith: "good").isEncrypted)
    }

    @Test(arguments: [
        ("expired", TLSFailure.Reason.expired),
        ("self", .selfSigned),
        ("elsewhere", .hostNameMismatch(host: "127.0.0.1", certificateNames: "dc9.source.test, 127.9.9.9")),
    ])
    func `a bad certificate is refused, and the reason is told`(name: String, reason: TLSFailure.Reason) async throws {
        let failure = try await failure(ofServerWith: name)
        #expect(failure.reason == reason)
        let certificate = try #require(failure.certificate)
        #expect(certificate.subject == "CN=\(name)")
        #expect(certificate.issuer == (name == "self" ? "CN=self" : "CN=Test ca"))
        #expect(failure.description.contains(certificate.notAfter))
    }

    @Test(arguments: [true, false])
    func `a good certificate by an authority nobody knows is refused`(ownCAFile: Bool) async throws {
        let failure = try await failure(ofServerWith: "good") { certificates in
            TLSSettings(caFile: ownCAFile ? certificates.otherCAFile : nil)
        }
        #expect(failure.reason == .unknownIssuer)
    }

    @Test func `a server that does not speak a version new enough is refused`() async throws {
        let old = try await connect(toServerWith: "good", arguments: ["-tls1_2"])
        #expect(old.isEncrypted)
        let failure = try await failure(ofServerWith: "good", arguments: ["-tls1_2"]) {
            TLSSettings(caFile: $0.caFile, minimumVersion: .tls13)
        }
        #expect(failure.reason == .protocolTooOld(minimum: .tls13))
    }

    @Test(arguments: ["expired", "elsewhere", "self"])
    func `whoever switches verification off gets a connection to anybody`(name: String) async throws {
        #expect(try await connect(toServerWith: name) { _ in TLSSettings(verify: false) }.isEncrypted)
    }

    /// `LDAPTLS_REQCERT=never` and its like, and `ldaprc` files, become libldap's global options.
    @Test func `what the environment says about TLS has no effect`() async throws {
        var never = LDAP_OPT_X_TLS_NEVER
        var demand = LDAP_OPT_X_TLS_DEMAND
        ldap_set_option(nil, LDAP_OPT_X_TLS_REQUIRE_CERT, &never)
        ldap_set_option(nil, LDAP_OPT_X_TLS_CACERTFILE, try Self.certificates.get().caFile)
        defer { ldap_set_option(nil, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) }
        let failure = try await failure(ofServerWith: "good") { TLSSettings(caFile: $0.otherCAFile) }
        #expect(failure.reason == .unknownIssuer)
    }

    @Test func `a server that says something else than TLS`() async throws {
        let server = try ScriptedServer(greeting: Array("220 mail.source.test ESMTP\r\n".utf8))
        let error = await #expect(throws: LDAPConnectError.self) {
            try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uriForTLS]))
        }
        #expect(error?.description.hasSuffix("TLS: the server does not speak TLS on this port") == true)
    }

    @Test func `a server that refuses StartTLS is not used`() async throws {
        let server = try ScriptedServer { .send($0.result(.unavailable, diagnostic: "no TLS here")) }
        let error = await #expect(throws: LDAPConnectError.self) {
            try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri], startTLS: true))
        }
        #expect(error?.description.contains("the server refuses StartTLS: unavailable (52) no TLS here") == true)
    }
}
