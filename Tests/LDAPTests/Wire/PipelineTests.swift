import DistinguishedNames
import LDAP
import Testing

/// Many writes at once, and what is known about each when something goes wrong.
@Suite(.timeLimit(.minutes(5))) struct PipelineTests {
    private let deletions = (0..<10).map { LDAPWriteRequest.delete(DistinguishedName([.commonName("\($0)")])) }

    private func connect(
        to server: ScriptedServer,
        timeouts: LDAPConfiguration.Timeouts = .init(),
        maximumRequestBytes: Int = 200_000
    ) async throws -> LDAPConnection {
        try await LDAPConnection.connect(
            LDAPConfiguration(
                endpoints: [server.uri],
                timeouts: timeouts,
                maximumRequestBytes: maximumRequestBytes
            )
        )
    }

    @Test(arguments: [1, 3, 100])
    func `one refusal does not stop the others`(window: Int) async throws {
        let server = try ScriptedServer { .send($0.result($0.identifier == 4 ? .noSuchObject : .success)) }
        let connection = try await connect(to: server)
        let outcomes = Outcomes()
        await connection.perform(deletions, window: window, onResult: outcomes.record)
        #expect(outcomes.succeeded == [0, 1, 2, 4, 5, 6, 7, 8, 9])
        #expect(outcomes.failed(.answered) == [3])
        #expect(outcomes.error(3)?.code == .noSuchObject)
        #expect(connection.operationCount == 10)
    }

    @Test func `when the server hangs up, answered, unanswered and unsent are told apart`() async throws {
        let server = try ScriptedServer { request in
            switch request.identifier {
            case ...3: .send(request.result(.success))
            case 6: .hangUp
            default: .keepSilent
            }
        }
        let connection = try await connect(to: server)
        let outcomes = Outcomes()
        await connection.perform(deletions, window: 3, onResult: outcomes.record)
        #expect(outcomes.succeeded == [0, 1, 2])
        #expect(outcomes.failed(.unanswered) == [3, 4, 5])
        #expect(outcomes.failed(.notSent) == [6, 7, 8, 9])
        #expect(outcomes.error(5)?.isConnectionLost == true)
    }

    @Test func `a server that stops answering is not sent more`() async throws {
        let server = try ScriptedServer { $0.identifier <= 2 ? .send($0.result(.success)) : .keepSilent }
        let connection = try await connect(to: server, timeouts: .init(operation: .milliseconds(200)))
        let outcomes = Outcomes()
        await connection.perform(deletions, window: 4, onResult: outcomes.record)
        #expect(outcomes.succeeded == [0, 1])
        #expect(outcomes.failed(.unanswered) == [2, 3, 4, 5])
        #expect(outcomes.failed(.notSent) == [6, 7, 8, 9])
        #expect(outcomes.error(2)?.code == .timeout)
    }

    @Test func `when the task is cancelled, nothing more is sent and the answers under way are collected`() async throws
    {
        let server = try ScriptedServer()
        let connection = try await connect(to: server)
        let outcomes = Outcomes()
        let run = Task { await connection.perform(deletions, window: 2, onResult: outcomes.record) }
        var requests = server.requests.makeAsyncIterator()
        let first = try #require(await requests.next())
        let second = try #require(await requests.next())
        run.cancel()
        server.send(first.result(.success) + second.result(.busy))
        await run.value
        #expect(outcomes.succeeded == [0])
        #expect(outcomes.failed(.answered) == [1])
        #expect(outcomes.failed(.notSent) == Array(2..<10))
        #expect(outcomes.error(9)?.code == .userCancelled)
        #expect(connection.operationCount == 2)
    }

    @Test func `a request too large for the server is not sent, the others are`() async throws {
        let server = try ScriptedServer { .send($0.result(.success)) }
        let connection = try await connect(to: server, maximumRequestBytes: 1000)
        let large = LDAPWriteRequest.modify(
            .rootDSE,
            [.replace("info", [LDAPValue(String(repeating: "x", count: 1000))])]
        )
        let outcomes = Outcomes()
        await connection.perform([deletions[0], large, deletions[1]], onResult: outcomes.record)
        #expect(outcomes.succeeded == [0, 2])
        #expect(outcomes.failed(.notSent) == [1])
        #expect(outcomes.error(1)?.code == .encodingError)
    }

    @Test func `nothing to do is done at once`() async throws {
        let connection = try await connect(to: try ScriptedServer())
        await connection.perform([]) { _, _ in Issue.record("a result of nothing") }
    }

    @Test(arguments: [
        LDAPWriteRequest.delete(DistinguishedName([.commonName("x")])),
        .add(
            DistinguishedName([.commonName("x")]),
            (0..<50).map { LDAPAttribute("a", [LDAPValue(String(repeating: "v", count: $0 * 7)), "w"]) }
        ),
        .modify(.guid([1, 2, 3]), [.add("member", (0..<3000).map { LDAPValue("CN=\($0)") }), .delete("mail")]),
        .rename(
            DistinguishedName([.commonName("x")]),
            to: .commonName("y"),
            newSuperior: DistinguishedName([.commonName("z")])
        ),
        LDAPWriteRequest(
            .delete(DistinguishedName([.commonName("x")])),
            controls: [.domainScope, LDAPControl("1.2.3", isCritical: false, value: Array(repeating: 0, count: 300))]
        ),
    ])
    func `the size of a request is never underestimated, nor far off`(request: LDAPWriteRequest) async throws {
        let server = try ScriptedServer { .send($0.result(.success)) }
        let connection = try await connect(to: server)
        try await connection.perform(request)
        var requests = server.requests.makeAsyncIterator()
        let size = try #require(await requests.next()).size
        #expect(request.encodedSize >= size)
        #expect(request.encodedSize <= size * 11 / 10 + 40)
    }
}
