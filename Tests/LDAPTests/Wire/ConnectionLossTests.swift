import LDAP
import Testing

/// A connection that is gone says so, and never comes back by itself.
@Suite(.timeLimit(.minutes(5))) struct ConnectionLossTests {
    @Test func `a server that hangs up leaves the request unanswered, and later ones unsent`() async throws {
        let server = try ScriptedServer { _ in .hangUp }
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        let first = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(first?.delivery == .unanswered)
        let second = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(second?.delivery == .notSent)
        #expect(first?.isConnectionLost == true && second?.isConnectionLost == true)
        #expect(connection.operationCount == 1)
    }

    @Test func `a server that hangs up between two requests`() async throws {
        let server = try ScriptedServer { .send($0.entry("", []) + $0.result(.success)) }
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        _ = try await connection.readEntry(at: .rootDSE)
        server.hangUp()
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.isConnectionLost == true)
    }

    @Test func `the server's reason for closing is passed on`() async throws {
        // Notice of Disconnection, RFC 4511 section 4.4.1.
        let notice = BER.sequence([
            BER.integer(0),
            BER.sequence(
                [
                    BER.integer(52, tag: 0x0A), BER.text(""), BER.text("maintenance"),
                    BER.text("1.3.6.1.4.1.1466.20036", tag: 0x8A),
                ],
                tag: 0x78
            ),
        ])
        let server = try ScriptedServer { _ in .send(notice) }
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.isConnectionLost == true)
        #expect(error?.description.contains("the server closes it: unavailable (52) maintenance") == true)
    }

    @Test func `a server that talks nonsense is left`() async throws {
        let server = try ScriptedServer { _ in .send(BER.text("nonsense", tag: 0x48)) }
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.isConnectionLost == true)
    }

    @Test func `a connection that lay idle for too long is not trusted`() async throws {
        let server = try ScriptedServer { .send($0.entry("", []) + $0.result(.success)) }
        let connection = try await LDAPConnection.connect(
            LDAPConfiguration(endpoints: [server.uri], timeouts: .init(idle: .zero))
        )
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.isConnectionLost == true)
        #expect(error?.delivery == .notSent)
    }

    @Test func `after unbind nothing is sent`() async throws {
        let server = try ScriptedServer()
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        await connection.unbind()
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.delivery == .notSent)
    }

    @Test func `a bind on a lost connection says that it is lost, and nothing of encryption`() async throws {
        let server = try ScriptedServer()
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        await connection.unbind()
        let error = await #expect(throws: LDAPError.self) {
            try await connection.bind(.simple(user: "anna", password: LDAPPassword("secret")))
        }
        #expect(error?.code == .serverDown)
        #expect(error?.isConnectionLost == true)
        #expect(error?.delivery == .notSent)
    }

    @Test func `a connection nobody holds any more says goodbye`() async throws {
        let server = try ScriptedServer()
        _ = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        var requests = server.requests.makeAsyncIterator()
        #expect(await requests.next()?.operation == ScriptedServer.Request.unbind)
    }
}
