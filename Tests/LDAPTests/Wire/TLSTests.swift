import CLDAP
import LDAP
import Testing

/// Certificates good and bad; each failure is told by its reason.
@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private static let certificates = Result {
        let certificates = try Certificates()
        try certificates.issue("good", for: "IP:127.0.0.1")
        try certificates.issue("expired", for: "IP:127.0.0.1", validity: .past)
        try certificates.issue("elsewhere", for: "DNS:dc9.source.test,IP:127.9.9.9")
        try certificates.issueSelfSigned("self", for: "IP:127.0.0.1")
        return certificates
    }

    private func connect(
        to server: TLSServer,
        _ tls: TLSSettings
    ) async throws -> LDAPConnection {
        try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri], tls: tls))
    }

    /// Why the connection fails.
    private func failure(to server: TLSServer, _ tls: TLSSettings) async throws -> TLSFailure {
        let error = await #expect(throws: LDAPConnectError.self) { try await connect(to: server, tls) }
        guard case .allEndpointsFailed(let attempts)? = error, case .tls(let failure)? = attempts.first?.failure else {
            throw Unexpected(error: error)
        }
        return failure
    }

    private struct Unexpected: Error {
        let error: LDAPConnectError?
    }

    @Test func `a certificate for the address by a known authority is accepted`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "good")
        let connection = try await connect(to: server, TLSSettings(caFile: certificates.caFile))
        #expect(connection.isEncrypted)
    }

    @Test func `an expired certificate`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "expired")
        let failure = try await failure(to: server, TLSSettings(caFile: certificates.caFile))
        #expect(failure.reason == .expired)
        let certificate = try #require(failure.certificate)
        #expect(certificate.subject == "CN=expired")
        #expect(certificate.issuer == "CN=Test ca")
        #expect(failure.description.contains(certificate.notAfter))
    }

    @Test func `a certificate by an unknown authority`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "good")
        let failure = try await failure(to: server, TLSSettings(caFile: certificates.otherCAFile))
        #expect(failure.reason == .unknownIssuer)
    }

    @Test func `the system's authorities do not know a private one`() async throws {
        let server = try TLSServer(try Self.certificates.get(), certificate: "good")
        #expect(try await failure(to: server, TLSSettings()).reason == .unknownIssuer)
    }

    @Test func `a self-signed certificate`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "self")
        #expect(try await failure(to: server, TLSSettings(caFile: certificates.caFile)).reason == .selfSigned)
    }

    @Test func `a certificate for other names, which are told`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "elsewhere")
        let failure = try await failure(to: server, TLSSettings(caFile: certificates.caFile))
        #expect(
            failure.reason
                == .hostNameMismatch(host: "127.0.0.1", certificateNames: "dc9.source.test, 127.9.9.9")
        )
    }

    @Test func `a server that does not speak a version new enough`() async throws {
        let certificates = try Self.certificates.get()
        let server = try TLSServer(certificates, certificate: "good", arguments: ["-tls1_2"])
        let old = try await connect(to: server, TLSSettings(caFile: certificates.caFile))
        #expect(old.isEncrypted)
        let failure = try await failure(
            to: server,
            TLSSettings(caFile: certificates.caFile, minimumVersion: .tls1_3)
        )
        #expect(failure.reason == .protocolTooOld(minimum: .tls1_3))
    }

    @Test(arguments: ["expired", "elsewhere", "self"])
    func `whoever switches verification off gets a connection to anybody`(name: String) async throws {
        let server = try TLSServer(try Self.certificates.get(), certificate: name)
        #expect(try await connect(to: server, TLSSettings(verify: false)).isEncrypted)
    }

    /// `LDAPTLS_REQCERT=never` and its like, and `ldaprc` files, become libldap's global options.
    @Test func `what the environment says about TLS has no effect`() async throws {
        let certificates = try Self.certificates.get()
        var never = LDAP_OPT_X_TLS_NEVER
        var demand = LDAP_OPT_X_TLS_DEMAND
        ldap_set_option(nil, LDAP_OPT_X_TLS_REQUIRE_CERT, &never)
        ldap_set_option(nil, LDAP_OPT_X_TLS_CACERTFILE, certificates.caFile)
        defer { ldap_set_option(nil, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) }
        let server = try TLSServer(certificates, certificate: "good")
        let failure = try await failure(to: server, TLSSettings(caFile: certificates.otherCAFile))
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
