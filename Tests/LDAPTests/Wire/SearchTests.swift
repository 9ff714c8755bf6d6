import DistinguishedNames
import LDAP
import Testing

/// Searches against a server that answers what Windows, or a broken server, would.
@Suite(.timeLimit(.minutes(5))) struct SearchTests {
    private func connect(
        to server: ScriptedServer,
        timeouts: LDAPConfiguration.Timeouts = .init()
    ) async throws -> LDAPConnection {
        try await LDAPConnection.connect(LDAPConfiguration(endpoints: [server.uri], timeouts: timeouts))
    }

    private let everything = LDAPSearchRequest(base: .rootDSE)

    @Test(arguments: [LDAPResultCode.sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded, .busy])
    func `a result cut short by a limit is an error, never a short result`(code: LDAPResultCode) async throws {
        let server = try ScriptedServer { .send($0.entry("CN=a", []) + $0.result(code, diagnostic: "enough")) }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) {
            try await connection.search(everything).collect()
        }
        #expect(error?.code == code)
        #expect(error?.delivery == .answered)
        #expect(error?.serverDiagnostic == "enough")
    }

    @Test func `pages follow each other until the server gives no cookie, and an empty page is not the end`()
        async throws
    {
        let server = try ScriptedServer { request in
            switch request.identifier {
            case 1: .send(request.entry("CN=a", []) + request.result(.success, cookie: "1"))
            case 2: .send(request.result(.success, cookie: "2"))
            default: .send(request.entry("CN=b", []) + request.result(.success, cookie: ""))
            }
        }
        let connection = try await connect(to: server)
        var entries = connection.search(everything).makeAsyncIterator()
        var names: [String] = []
        while let entry = try await entries.next() { names.append(entry.rawDN) }
        #expect(names == ["CN=a", "CN=b"])
        #expect(entries.pageCount == 3)
        #expect(connection.operationCount == 3)
    }

    /// What befalls a search whose first page was fine, and its second is not.
    @Test(
        arguments: [
            // The cookie is refused: another connection's, or too old (measured on Samba; Windows answers the same).
            ([], LDAPResultCode.unwillingToPerform), ([], .unavailableCriticalExtension),
            (["CN=b"], .sizeLimitExceeded), (["CN=b"], .timeLimitExceeded), (["CN=b"], .operationsError),
        ] as [([String], LDAPResultCode)])
    func `a page that fails in the middle makes the whole an error`(
        entries: [String], code: LDAPResultCode
    ) async throws {
        let server = try ScriptedServer { request in
            request.identifier == 1
                ? .send(request.entry("CN=a", []) + request.result(.success, cookie: "1"))
                : .send(entries.flatMap { request.entry($0, []) } + request.result(code, diagnostic: "no more"))
        }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) { try await connection.search(everything).collect() }
        #expect(error?.code == code)
        #expect(error?.delivery == .answered)
    }

    @Test func `a reference on a page before the last is not forgotten`() async throws {
        let server = try ScriptedServer { request in
            request.identifier == 1
                ? .send(
                    request.entry("CN=a", []) + request.reference("ldap://dc2/DC=x")
                        + request.result(.success, cookie: "1"))
                : .send(request.entry("CN=b", []) + request.result(.success, cookie: ""))
        }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) { try await connection.search(everything).collect() }
        #expect(error?.code == .referral)
    }

    @Test func `the server works on one page ahead of the reader and no further`() async throws {
        let server = try ScriptedServer {
            .send($0.entry("CN=\($0.identifier)", []) + $0.result(.success, cookie: "x"))
        }
        let connection = try await connect(to: server)
        var entries = connection.search(everything).makeAsyncIterator()
        #expect(connection.operationCount == 0)
        var requests = server.requests.makeAsyncIterator()
        _ = try await entries.next()
        for _ in 1...2 { #expect(await requests.next()?.operation == ScriptedServer.Request.search) }
        // The second page waits for its reader; only when he takes it, the third is asked for.
        #expect(connection.operationCount == 2)
        _ = try await entries.next()
        #expect(await requests.next()?.operation == ScriptedServer.Request.search)
        #expect(connection.operationCount == 3)
    }

    @Test func `whoever leaves the loop makes the server stop`() async throws {
        let server = try ScriptedServer { request in
            request.identifier == 1
                ? .send(request.entry("CN=a", []) + request.result(.success, cookie: "x")) : .keepSilent
        }
        let connection = try await connect(to: server)
        for try await _ in connection.search(everything) { break }
        var requests = server.requests.makeAsyncIterator()
        var operations: [UInt8] = []
        while operations.last != ScriptedServer.Request.abandon, let request = await requests.next() {
            operations.append(request.operation)
        }
        #expect(operations.dropLast().allSatisfy { $0 == ScriptedServer.Request.search })
    }

    @Test func `a reference to another server is an error, unless the request ignores them`() async throws {
        let server = try ScriptedServer {
            .send($0.entry("CN=a", []) + $0.reference("ldap://dc2/DC=x") + $0.result(.success))
        }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) { try await connection.search(everything).collect() }
        #expect(error?.code == .referral)
        #expect(error?.description.contains("ldap://dc2/DC=x") == true)
        var tolerant = everything
        tolerant.referrals = .ignore
        #expect(try await connection.search(tolerant).collect().count == 1)
    }

    @Test func `slices as Windows sends them are put together`() async throws {
        let server = try ScriptedServer { request in
            let attributes: [(String, [String])] =
                switch request.identifier {
                case 1: [("cn", ["g"]), ("member", []), ("member;range=0-1", ["CN=1", "CN=2"])]
                case 2: [("member;range=2-3", ["CN=3", "CN=4"])]
                default: [("member;range=4-*", ["CN=5"])]
                }
            return .send(request.entry("CN=g", attributes) + request.result(.success))
        }
        let connection = try await connect(to: server)
        let group = try await connection.readEntry(at: .rootDSE, attributes: ["cn", "member"])
        #expect(group["member"] == ["CN=1", "CN=2", "CN=3", "CN=4", "CN=5"])
        #expect(group.attributes.map(\.name) == ["cn", "member"])
        #expect(connection.operationCount == 3)
    }

    @Test(
        arguments: [
            [("member", ["CN=3"])],
            [("member;range=3-*", ["CN=4"])],
            [("member;range=2-5", [])],
            [],
        ] as [[(String, [String])]]
    )
    func `slices that do not join are an error`(second: [(String, [String])]) async throws {
        let server = try ScriptedServer { request in
            let attributes = request.identifier == 1 ? [("member;range=0-1", ["CN=1", "CN=2"])] : second
            return .send(request.entry("CN=g", attributes) + request.result(.success))
        }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) { try await connection.search(everything).collect() }
        #expect(error?.code == .decodingError)
    }

    @Test func `an object that is not shown is no such object`() async throws {
        let server = try ScriptedServer { .send($0.result(.success)) }
        let connection = try await connect(to: server)
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.code == .noSuchObject)
    }

    @Test func `a silent server is given up after the time limit, and told so`() async throws {
        let server = try ScriptedServer()
        let connection = try await connect(to: server, timeouts: .init(operation: .milliseconds(200)))
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.code == .timeout)
        #expect(error?.delivery == .unanswered)
        var requests = server.requests.makeAsyncIterator()
        #expect(await requests.next()?.operation == ScriptedServer.Request.search)
        #expect(await requests.next()?.operation == ScriptedServer.Request.abandon)
    }

    @Test func `a message that stops in the middle does not hold the connection`() async throws {
        let server = try ScriptedServer { .send($0.entry("CN=a", []).dropLast(2)) }
        let connection = try await connect(to: server, timeouts: .init(operation: .milliseconds(300)))
        let error = await #expect(throws: LDAPError.self) { try await connection.readEntry(at: .rootDSE) }
        #expect(error?.code == .timeout)
    }

    @Test func `a cancelled reader stops waiting, and the server is told`() async throws {
        let server = try ScriptedServer()
        let connection = try await connect(to: server)
        var requests = server.requests.makeAsyncIterator()
        let reading = Task { try await connection.readEntry(at: .rootDSE) }
        #expect(await requests.next()?.operation == ScriptedServer.Request.search)
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(await requests.next()?.operation == ScriptedServer.Request.abandon)
    }

    @Test(arguments: [
        LDAPFilter.everything,
        .or((0..<500).map { .equal("objectGUID", LDAPValue(Array(repeating: UInt8($0 % 256), count: 16))) }),
        .and([.not(.present("mail")), .substrings("cn", initial: "a", any: ["b", "c"], final: nil)]),
        .and([.extensible("userAccountControl", rule: .bitAnd, "2"), .greaterOrEqual("uSNChanged", "17")]),
    ])
    func `the size of a search is never underestimated, nor far off`(filter: LDAPFilter) async throws {
        let server = try ScriptedServer { .send($0.result(.success)) }
        let connection = try await connect(to: server)
        let request = LDAPSearchRequest(base: .guid([1, 2]), filter: filter, attributes: ["cn", "member"])
        _ = try await connection.search(request).collect()
        var requests = server.requests.makeAsyncIterator()
        let size = try #require(await requests.next()).size
        #expect(request.encodedSize >= size)
        #expect(request.encodedSize <= size * 11 / 10 + 60)
    }

    @Test func `a search too large for the server is not sent`() async throws {
        let connection = try await connect(to: try ScriptedServer())
        let many = LDAPFilter.or((0..<20_000).map { .equal("sAMAccountName", LDAPValue("user\($0)")) })
        let error = await #expect(throws: LDAPError.self) {
            try await connection.search(LDAPSearchRequest(base: .rootDSE, filter: many)).collect()
        }
        #expect(error?.code == .encodingError)
        #expect(error?.delivery == .notSent)
        #expect(connection.operationCount == 0)
    }

    @Test func `several searches share one connection`() async throws {
        let server = try ScriptedServer { request in
            .send(request.entry("CN=\(request.identifier)", []) + request.result(.success))
        }
        let connection = try await connect(to: server)
        let names = try await withThrowingTaskGroup(of: [LDAPEntry].self) { group in
            for _ in 0..<20 { group.addTask { try await connection.search(everything).collect() } }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1.map(\.rawDN)) }
        }
        #expect(names.count == 20)
    }
}
