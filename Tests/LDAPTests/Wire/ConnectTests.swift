import LDAP
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConnectTests {
    /// The reasons of a connect that must fail, in the order of the endpoints.
    private func failures(_ configuration: LDAPConfiguration) async throws -> [LDAPConnectFailure] {
        let error = await #expect(throws: LDAPConnectError.self) { try await LDAPConnection.connect(configuration) }
        guard case .allEndpointsFailed(let attempts)? = error else { return [] }
        #expect(attempts.map(\.endpoint) == configuration.endpoints)
        return attempts.map(\.failure)
    }

    @Test(arguments: ["ldap", "ldaps"])
    func `nothing listens on the port`(scheme: String) async throws {
        let uri = try LDAPURI("\(scheme)://127.0.0.1:\(Loopback.deafPort())")
        #expect(try await failures(LDAPConfiguration(endpoints: [uri])) == [.refused])
    }

    @Test func `the host name does not exist`() async throws {
        let uri = try LDAPURI("ldap://no-such-host.invalid")
        let failure = try await failures(LDAPConfiguration(endpoints: [uri])).first
        guard case .nameNotResolved? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test(arguments: [false, true])
    func `a server that accepts and keeps silent is given up after the time limit`(startTLS: Bool) async throws {
        let server = try ScriptedServer()
        let uri = startTLS ? server.uri : try server.uriForTLS
        let configuration = LDAPConfiguration(
            endpoints: [uri],
            startTLS: startTLS,
            timeouts: .init(connect: .milliseconds(300))
        )
        #expect(try await failures(configuration) == [.timedOut])
    }

    @Test func `a caller who is cancelled does not wait for a silent server`() async throws {
        let server = try ScriptedServer()
        let uri = try server.uriForTLS
        let connecting = Task {
            try await LDAPConnection.connect(
                LDAPConfiguration(endpoints: [uri], timeouts: .init(connect: .seconds(60)))
            )
        }
        connecting.cancel()
        await #expect(throws: CancellationError.self) { try await connecting.value }
    }

    @Test func `the next server is tried when one fails`() async throws {
        let server = try ScriptedServer()
        let dead = try LDAPURI("ldap://127.0.0.1:\(Loopback.deafPort())")
        let connection = try await LDAPConnection.connect(
            LDAPConfiguration(endpoints: [dead, server.uri])
        )
        #expect(connection.endpoint == server.uri)
    }

    @Test func `without a server there is nothing to try`() async {
        await #expect(throws: LDAPConnectError.noEndpoints) {
            try await LDAPConnection.connect(LDAPConfiguration(endpoints: []))
        }
    }

    @Test(arguments: ["/no/such/file.pem", "/etc/hostname", "/"])
    func `a CA file that cannot be used is reported before anything is connected`(path: String) async throws {
        let server = try ScriptedServer()
        let configuration = LDAPConfiguration(endpoints: [server.uri], tls: TLSSettings(caFile: path))
        let error = await #expect(throws: LDAPConnectError.self) { try await LDAPConnection.connect(configuration) }
        guard case .unusableCAFile(path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
