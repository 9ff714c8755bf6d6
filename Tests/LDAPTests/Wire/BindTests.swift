import LDAP
import Testing

/// What is refused before anything is sent.
@Suite(.timeLimit(.minutes(5))) struct BindTests {
    @Test(arguments: [
        ("", "secret", LDAPResultCode.parameterError),
        ("jdoe@source.test", "", .parameterError),
        ("jdoe@source.test\0x", "secret", .parameterError),
        ("jdoe@source.test", "secret", .confidentialityRequired),
    ])
    func `a bind without a name, a password or encryption sends no byte`(
        user: String,
        password: String,
        code: LDAPResultCode
    ) async throws {
        let server = try ScriptedServer()
        let connection = try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri]))
        #expect(!connection.isEncrypted)
        let error = await #expect(throws: LDAPError.self) {
            try await connection.bind(.simple(user: user, password: LDAPPassword(password)))
        }
        #expect(error?.code == code)
        #expect(error?.delivery == .notSent)
        #expect(connection.operationCount == 0)
        await connection.unbind()
        // The goodbye is the first thing the server hears.
        var requests = server.requests.makeAsyncIterator()
        let first = try #require(await requests.next())
        #expect(first.operation == ScriptedServer.Request.unbind)
        #expect(server.byteCount == first.size)
    }
}
