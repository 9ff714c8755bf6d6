import Approvals
import Directory
import SyncPlan
import Testing

@testable import ApprovalsWeb

@Suite("What the pages show and do")
struct PageTests {
    @Test("500 who wait: in pages, each below 300 kB")
    func crowd() async throws {
        try await Served.visit(FakeDesk(actions: People.crowd(500))) { visitor in
            let first = try await visitor.get("/")
            #expect(first.body.count < 300_000)
            #expect(first.text.count(of: "<li class=\"row") == ListQuery.rowsPerPage)
            let last = try await visitor.get("/?page=4")
            #expect(last.text.count(of: "<li class=\"row") == 500 - 3 * ListQuery.rowsPerPage)
        }
    }

    @Test(
        "The address says what is shown",
        arguments: [
            ("q=amina", 1), ("q=plant+admins", 1), ("kind=disable", 2), ("state=rejected", 1), ("state=accepted", 1),
            ("state=all", 13), ("", 12), ("state=waiting", 11), ("q=nobody", 0), ("kind=join&q=RUIZ", 1),
            ("kind=nonsense&state=nonsense&page=nonsense", 12), ("q=former17", 1),
        ])
    func filter(query: String, rows: Int) async throws {
        try await Served.visit { visitor in
            let page = try await visitor.get("/?" + query)
            #expect(page.text.count(of: "<li class=\"row") == rows)
        }
    }

    @Test(
        "Each button is the answer it says",
        arguments: [
            ("join000001", "accept", [("answer", "plain")], Decision.accept(.plain)),
            ("join000001", "reject", [], .reject),
            ("join000002", "reset", [], .reset),
            (
                "enable0001", "accept", [("answer", "password"), ("password", "long enough & safe")],
                .accept(.enable(password: Secret("long enough & safe")))
            ),
            ("enable0002", "accept", [("answer", "keep")], .accept(.enable(password: nil))),
            ("name000001", "accept", [("answer", "name"), ("new_name", "jsmith2")], .accept(.newName("jsmith2"))),
            ("name000002", "accept", [("answer", "take-over")], .accept(.takeOver(.holder))),
            (
                "name000001", "accept", [("answer", "take-over"), ("account", "jsmith")],
                .accept(.takeOver(.account("jsmith")))
            ),
        ] as [(String, String, [(String, String)], Decision)])
    func decisions(id: String, button: String, fields: [(String, String)], decision: Decision) async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            let reply = try await visitor.post("/actions/\(id)/\(button)", fields.map { (name: $0.0, value: $0.1) })
            #expect(reply.status == 303)
        }
        #expect(await desk.decided == [.init(decision: decision, id: id)])
    }

    @Test("After a decision the next that waits is open, the filter stays, and the outcome is told")
    func next() async throws {
        try await Served.visit { visitor in
            let view = "kind=join&state=waiting"
            let reply = try await visitor.post("/actions/join000001/accept", [("answer", "plain"), ("view", view)])
            let location = try #require(reply["Location"])
            #expect(location.hasPrefix("/actions/hostile001?kind=join&state=waiting&told="))
            let page = try await visitor.get(location)
            #expect(page.text.contains("PL-Amina Berger: changed"))
        }
    }

    @Test("What failed stays open, with the server's reason")
    func failure() async throws {
        let desk = FakeDesk(details: People.everyForm)
        await desk.answer("join000001", with: .failed("insufficientAccessRights (50)"))
        try await Served.visit(desk) { visitor in
            let reply = try await visitor.post("/actions/join000001/accept", [("answer", "plain")])
            let location = try #require(reply["Location"])
            #expect(location.hasPrefix("/actions/join000001?told="))
            let page = try await visitor.get(location)
            #expect(page.text.contains("insufficientAccessRights (50)"))
        }
    }

    @Test("A password or name that will not do is not tried, and stays in its field")
    func problems() async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            let weak = try await visitor.post(
                "/actions/enable0001/accept", [("answer", "password"), ("password", "short\"1")])
            #expect(weak.status == 422)
            #expect(weak.text.contains("value=\"short&quot;1\""))
            let taken = try await visitor.post(
                "/actions/name000001/accept", [("answer", "name"), ("new_name", "taken")])
            #expect(taken.status == 422)
            #expect(taken.text.contains("is held by CN=Somebody Else."))
        }
        #expect(await desk.decided.isEmpty)
    }

    @Test("The script's questions are answered")
    func checks() async throws {
        try await Served.visit { visitor in
            let weak = try await visitor.post("/actions/enable0001/password/check", [("password", "short")])
            #expect(weak.text.contains("At least 12 characters."))
            let other = try await visitor.post("/actions/enable0001/password/new")
            #expect(other.text.contains("\"password\":\"Tuvo-Kimal-Resa-"))
            let free = try await visitor.post("/actions/name000001/name/check", [("new_name", "jsmith2")])
            #expect(free.text.contains("\"problems\":[]"))
        }
    }

    @Test("For many at once: asks first, on every page that matches, and passes over what needs its own answer")
    func bulk() async throws {
        let desk = FakeDesk(actions: People.crowd(500))
        try await Served.visit(desk) { visitor in
            let asked = try await visitor.post("/bulk", [("scope", "all"), ("work", "enable"), ("view", "")])
            #expect(asked.status == 200)
            #expect(asked.text.contains("Enable 375 users with generated passwords"))
            #expect(asked.text.contains("125 actions ask for something else"))
            let before = await desk.works.count
            #expect(before == 0)
            let ids = try #require(asked.text.between("name=\"ids\" value=\"", "\""))
            let begun = try await visitor.post("/bulk/begin", [("work", "enable"), ("ids", ids)])
            #expect(begun["Location"] == "/work")
            let work = try await visitor.get("/work")
            #expect(work.text.contains("http-equiv=\"refresh\""))
        }
        let wanted = Set(People.crowd(500).filter { $0.kind == .enable }.map(\.id))
        #expect(await desk.works == [.enableWithGeneratedPasswords(wanted)])
    }

    @Test("Memberships are copied from a managed user who is looked for")
    func copy() async throws {
        let desk = FakeDesk(actions: People.crowd(4))
        try await Served.visit(desk) { visitor in
            let asked = try await visitor.post(
                "/bulk", [("id", "crowd1"), ("id", "crowd2"), ("work", "copy"), ("who", "other")])
            #expect(asked.text.contains("Other Model") && !asked.text.contains("Model User"))
            let from = try #require(asked.text.between("name=\"from\" value=\"", "\""))
            _ = try await visitor.post("/bulk/begin", [("work", "copy"), ("ids", "crowd1 crowd2"), ("from", from)])
        }
        #expect(await desk.works == [.copyGroups(from: People.models[1].id, toPeopleOf: ["crowd1", "crowd2"])])
    }

    @Test("An archive comes with a key typed twice, and marks what it holds")
    func archive() async throws {
        let desk = FakeDesk(passwords: People.passwords(3))
        try await Served.visit(desk) { visitor in
            for (key, repeated) in [("short", "short"), ("long enough key", "another one here")] {
                let refused = try await visitor.post(
                    "/passwords/archive", [("key", key), ("repeated", repeated), ("number", "1")])
                #expect(refused.status == 422)
            }
            let zip = try await visitor.post(
                "/passwords/archive",
                [("key", "long enough key"), ("repeated", "long enough key"), ("number", "1"), ("number", "3")])
            #expect(zip["Content-Type"] == "application/zip")
            #expect(zip.body.starts(with: Array("PK".utf8)))
        }
        #expect(await desk.exported == [1, 3])
        #expect(await desk.archiveKeys == [Secret("long enough key")])
    }

    @Test("Sheets are of those not handed over, and are marked when the operator says so")
    func sheets() async throws {
        let desk = FakeDesk(passwords: People.passwords(3, exported: 1))
        try await Served.visit(desk) { visitor in
            let sheets = try await visitor.get("/passwords/sheets")
            #expect(sheets.text.count(of: "<article class=\"paper\">") == 2)
            let numbers = try #require(sheets.text.between("name=\"number\" value=\"", "\""))
            _ = try await visitor.post("/passwords/exported", [("number", numbers)])
        }
        #expect(await desk.exported == [2, 3])
    }
}
