import Directory
import Testing

@testable import ApprovalsWeb

@Suite("Who may come in")
struct GateTests {
    @Test("An entrance opens once, to a cookie that stays with this page")
    func enteringOnce() async throws {
        try await Served.run { served in
            let visitor = Visitor(at: served.entrance)
            let first = try await visitor.get(served.entrance.path)
            #expect(first.status == 200)
            #expect(first.text.contains("http-equiv=\"refresh\" content=\"0;url=/\""))
            let cookie = try #require(first["Set-Cookie"])
            #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
            #expect(cookie.between("=", ";")?.count == 64)
            let status1 = try await visitor.get(served.entrance.path).status
            #expect(status1 == 401)
        }
    }

    @Test("A new entrance works beside the old one")
    func secondEntrance() async throws {
        try await Served.run { served in
            let second = try #require(await served.server.newEntrance())
            #expect(second.url != served.entrance.url)
            for entrance in [served.entrance, second] {
                let status2 = try await Visitor.entered(entrance).get("/").status
                #expect(status2 == 200)
            }
        }
    }

    @Test("Looking at the head of an entrance does not use it")
    func head() async throws {
        try await Served.run { served in
            let status3 = try await Visitor(at: served.entrance).get(served.entrance.path, method: "HEAD").status
            #expect(status3 == 401)
            let status4 = try await Visitor(at: served.entrance).get(served.entrance.path).status
            #expect(status4 == 200)
        }
    }

    @Test(
        "Without a cookie every path gets the same answer, which tells nothing",
        arguments: [
            "/", "/page.css", "/page.js", "/icon.svg", "/actions/join000001", "/nowhere", "/passwords", "/enter",
            "/enter?token=", "/enter?token=" + String(repeating: "0", count: 64),
        ])
    func unauthorised(path: String) async throws {
        try await Served.run { served in
            var visitor = Visitor(at: served.entrance)
            for cookie in [nil, "approvals=", "approvals=" + String(repeating: "0", count: 64)] {
                visitor.cookie = cookie
                let reply = try await visitor.get(path)
                #expect(reply.status == 401)
                #expect(reply.text == "401 Unauthorized\n")
            }
            let status5 = try await visitor.post(path).status
            #expect(status5 == 401)
        }
    }

    @Test(
        "Under another name than the session's there is nothing, cookie or not",
        arguments: ["127.0.0.1", "localhost", "evil.example", "0.localhost"], ["", ":port", ":1"])
    func foreignHost(name: String, suffix: String) async throws {
        try await Served.run { served in
            var visitor = try await Visitor.entered(served.entrance)
            visitor.host = name + (suffix == ":port" ? ":\(visitor.port)" : suffix)
            let status6 = try await visitor.get("/").status
            #expect(status6 == 401)
            let entrance = try #require(await served.server.newEntrance())
            let status7 = try await visitor.get(entrance.path).status
            #expect(status7 == 401)
        }
    }

    @Test(
        "A form from elsewhere changes nothing",
        arguments: [nil, "null", "http://evil.example", "http://127.0.0.1", "https://", ""])
    func foreignOrigin(origin: String?) async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            var foreign = visitor
            foreign.origin = origin == "https://" ? "https://" + visitor.host : origin
            let status8 = try await foreign.post("/actions/join000001/accept", [("answer", "plain")]).status
            #expect(status8 == 403)
        }
        #expect(await desk.decided.isEmpty)
    }

    @Test("A form without the form token changes nothing", arguments: [nil, "", String(repeating: "0", count: 64)])
    func formToken(token: String?) async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            var forged = visitor
            forged.formToken = token
            let status9 = try await forged.post("/actions/join000001/accept", [("answer", "plain")]).status
            #expect(status9 == 403)
        }
        #expect(await desk.decided.isEmpty)
    }

    @Test("Looking changes nothing: what changes something is posted")
    func gettingAPost() async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            let status10 = try await visitor.get("/actions/join000001/accept?answer=plain").status
            #expect(status10 == 404)
            let status11 = try await visitor.get("/finish").status
            #expect(status11 == 404)
        }
        #expect(await desk.decided.isEmpty)
    }

    @Test("A body beyond the limit is refused")
    func largeBody() async throws {
        try await Served.visit { visitor in
            let reply = try await visitor.post("/bulk", [("ids", String(repeating: "x", count: 600_000))])
            #expect(reply.status == 413)
        }
    }

    @Test(
        "Every answer carries the protecting headers",
        arguments: [("/", 200), ("/page.css", 200), ("/nowhere", 404), ("/actions/none", 404), ("anonymous", 401)])
    func headers(path: String, status: Int) async throws {
        try await Served.visit { visitor in
            var visitor = visitor
            if path == "anonymous" { visitor.cookie = nil }
            let reply = try await visitor.get(path == "anonymous" ? "/" : path)
            #expect(reply.status == status)
            let policy = try #require(reply["Content-Security-Policy"])
            #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"))
            #expect(policy.hasSuffix("base-uri 'none'; frame-ancestors 'none'"))
            #expect(reply["X-Frame-Options"] == "DENY")
            #expect(reply["Cache-Control"] == "no-store")
            #expect(reply["X-Content-Type-Options"] == "nosniff")
            #expect(reply["Referrer-Policy"] == "same-origin")
            #expect(reply["Cross-Origin-Opener-Policy"] == "same-origin")
            #expect(reply["Cross-Origin-Resource-Policy"] == "same-origin")
        }
    }

    @Test("Tokens are 256 bits, never the same, and print as dots")
    func tokens() {
        let tokens = (0..<100).map { _ in Token() }
        #expect(Set(tokens.map(\.digits)).count == 100)
        #expect(tokens.allSatisfy { $0.digits.count == 64 && $0.matches($0.digits) })
        #expect("\(tokens[0])" == "••••••••")
        #expect(!tokens[0].matches(tokens[1].digits))
        #expect(!tokens[0].matches(""))
    }
}
