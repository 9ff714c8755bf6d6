import DistinguishedNames
import LDAP
import Testing

@Suite(.enabled(if: Lab.isUp), .timeLimit(.minutes(5))) struct LabConnectionTests {
    @Test func `binds over TLS from the first byte`() async throws {
        let connection = try await Lab.running().connection()
        #expect(connection.isEncrypted)
        #expect(connection.operationCount == 1)
    }

    @Test func `binds over StartTLS`() async throws {
        let lab = try Lab.running()
        var configuration = lab.configuration
        configuration.endpoints = [lab.plainURI]
        configuration.startTLS = true
        let connection = try await lab.connection(configuration)
        #expect(connection.isEncrypted)
        #expect(connection.operationCount == 2)
    }

    @Test func `does not send a password without TLS`() async throws {
        let lab = try Lab.running()
        var configuration = lab.configuration
        configuration.endpoints = [lab.plainURI]
        let connection = try await LDAPConnection.connect(configuration)
        let error = await #expect(throws: LDAPError.self) { try await connection.bind(lab.credentials()) }
        #expect(error?.code == .confidentialityRequired)
        #expect(connection.operationCount == 0)
    }

    @Test func `a wrong password is told by Active Directory's number`() async throws {
        let lab = try Lab.running()
        let connection = try await LDAPConnection.connect(lab.configuration)
        let error = await #expect(throws: LDAPError.self) {
            try await connection.bind(.simple(user: lab.administrator, password: LDAPPassword("wrong")))
        }
        #expect(error?.code == .invalidCredentials)
        #expect(error?.extendedCode == 0x8009_0308)
        #expect(error?.diagnosticData == 0x52E)
        #expect(error?.description.hasPrefix("could not bind as \(lab.administrator) to \(lab.uri)") == true)
    }

    @Test func `a port without TLS is told from one that nobody listens on`() async throws {
        let lab = try Lab.running()
        var configuration = lab.configuration
        configuration.endpoints = [try LDAPURI("ldaps://\(lab.plainURI.host):\(lab.plainURI.port)")]
        let error = await #expect(throws: LDAPConnectError.self) { try await LDAPConnection.connect(configuration) }
        #expect(error?.description.contains("closed the connection during the handshake") == true)
    }

    @Test(arguments: [false, true])
    func `a certificate by an unknown authority is told by its names`(startTLS: Bool) async throws {
        let lab = try Lab.running()
        var configuration = lab.configuration
        configuration.endpoints = [startTLS ? lab.plainURI : lab.uri]
        configuration.startTLS = startTLS
        configuration.tls.caFile = nil
        let error = await #expect(throws: LDAPConnectError.self) { try await LDAPConnection.connect(configuration) }
        guard case .allEndpointsFailed(let attempts)? = error, case .tls(let failure)? = attempts.first?.failure else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.reason == .unknownIssuer)
        #expect(failure.certificate?.subject.isEmpty == false)
    }

    @Test func `a dead server is passed over`() async throws {
        let lab = try Lab.running()
        var configuration = lab.configuration
        configuration.endpoints = [try LDAPURI("ldaps://127.0.0.1:\(Loopback.deafPort())"), lab.uri]
        #expect(try await lab.connection(configuration).endpoint == lab.uri)
    }
}
