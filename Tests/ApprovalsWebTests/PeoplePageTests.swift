import Approvals
import Directory
import SyncPlan
import SyncTestSupport
import Testing

@testable import ApprovalsWeb

@Suite("The page of the people")
struct PeoplePageTests {
    private static func desk(_ world: ImportCase = .everyMark) throws -> FakeDesk {
        FakeDesk(roster: try world.approved().roster)
    }

    private static func id(_ accountName: String, in desk: FakeDesk) throws -> String {
        try #require(desk.roster.entries.first { $0.person.accountName == accountName }).id
    }

    @Test(
        "The address says who is shown",
        arguments: [
            ("", 8), ("q=brien", 1), ("q=O%27BRIEN", 1), ("mark=new", 2), ("mark=changing", 1), ("mark=unchanged", 1),
            ("mark=name-taken", 1), ("mark=failing", 1), ("mark=left-alone", 1), ("mark=missing", 1),
            ("mark=new&q=script", 1), ("q=%28memberOf%3DOperators%29", 1), ("q=nobody+at+all", 0),
            ("mark=nonsense&page=nonsense", 8), ("page=99", 8),
        ])
    func shown(query: String, rows: Int) async throws {
        try await Served.visit(Self.desk()) { visitor in
            let page = try await visitor.get("/people?" + query)
            #expect(page.status == 200)
            #expect(page.text.count(of: "<li class=\"row person") == rows)
        }
    }

    @Test("Each mark is a filter with its number, of what the search finds")
    func chips() async throws {
        try await Served.visit(Self.desk()) { visitor in
            let page = try await visitor.get("/people").text
            #expect(page.contains(">Everybody <span class=\"count\">8</span>"))
            #expect(page.contains("href=\"/people?mark=new\" data-swap>New <span class=\"count\">2</span>"))
            let searched = try await visitor.get("/people?q=brien&mark=missing").text
            #expect(searched.contains(">Changing <span class=\"count\">1</span>"))
            #expect(searched.contains("aria-current=\"true\">Missing <span class=\"count\">0</span>"))
        }
    }

    @Test("A filter that is none is told next to the box, and the text stays in it")
    func badFilter() async throws {
        try await Served.visit(Self.desk()) { visitor in
            let page = try await visitor.get("/people?q=" + FormFields.encode("(mail=<b>")).text
            #expect(page.contains("value=\"(mail=&lt;b&gt;\""))
            let problem = page.between("<p id=\"q-problem\" class=\"verdict bad\" role=\"status\">", "</p>")
            #expect(problem == "at character 10: the filter ends before its &#39;)&#39;")
            #expect(page.contains("aria-describedby=\"q-problem\""))
        }
    }

    @Test("Names are text, on the list, on the page of each person and where one is asked once more")
    func escaped() async throws {
        let desk = try Self.desk()
        try await Served.visit(desk) { visitor in
            var pages = [try await visitor.get("/people").text]
            for entry in desk.roster.entries { pages.append(try await visitor.get("/people/\(entry.id)").text) }
            pages.append(
                try await visitor.post(
                    "/people/import", desk.roster.entries.map { ("id", $0.id) } + [("like", "o")]
                ).text)
            let markup = ["<script>alert", "<img src=x", "<b>Away", "\"\u{301} onfocus"]
            for page in pages {
                #expect(markup.filter { page.contains($0) }.isEmpty)
            }
            #expect(pages[0].contains("<bdi class=\"name\">Conan O&#39;Brien</bdi>"))
            #expect(pages[0].contains("<bdi class=\"name\">مريم حداد</bdi>"))
        }
    }

    @Test("A person's page tells the mark, what changes from what to what, and what is asked")
    func person() async throws {
        let desk = try Self.desk()
        try await Served.visit(desk) { visitor in
            let changing = try await visitor.get("/people/\(Self.id("cobrien", in: desk))?mark=changing").text
            #expect(changing.contains("<bdi>old@source.test</bdi></td>"))
            #expect(changing.contains("What an import changes"))
            #expect(changing.contains("action=\"/people/import\""))
            let taken = try await visitor.get("/people/\(Self.id("taken", in: desk))").text
            #expect(taken.contains("sAMAccountName &quot;taken&quot; is held by CN=Elder"))
            let failing = try await visitor.get("/people/\(Self.id("fau[lty", in: desk))").text
            #expect(failing.contains("<span class=\"kind failing\">Failing</span>"))
            #expect(failing.contains("banner wait"))
            #expect(try await visitor.get("/people/nobody").status == 404)
        }
    }

    @Test("Who is missing cannot be chosen")
    func missing() async throws {
        let desk = try Self.desk()
        let gone = try Self.id("gone", in: desk)
        try await Served.visit(desk) { visitor in
            let list = try await visitor.get("/people?mark=missing").text
            #expect(!list.contains("type=\"checkbox\" name=\"id\""))
            #expect(try await !visitor.get("/people/\(gone)").text.contains("data-key=\"a\""))
            let asked = try await visitor.post("/people/import", [("id", gone)]).text
            #expect(!asked.contains("/people/import/begin"))
            #expect(asked.contains("1 person of the chosen cannot be imported"))
        }
    }

    @Test("Choosing asks once more; only then somebody is imported, and exactly those who were seen")
    func importing() async throws {
        let desk = try Self.desk()
        let ids = try ["script", "cobrien"].map { try Self.id($0, in: desk) }
        try await Served.visit(desk) { visitor in
            let asked = try await visitor.post("/people/import", ids.map { ("id", $0) } + [("view", "mark=new")]).text
            #expect(asked.contains("Import 2 people"))
            #expect(await desk.imported.isEmpty)
            let choice = try #require(asked.between("name=\"choice\" value=\"", "\""))
            let searched = try await visitor.post(
                "/people/import", [("choice", choice), ("like", "brien"), ("enable", "yes")]
            ).text
            #expect(searched.contains("name=\"enable\" value=\"yes\" checked"))
            #expect(searched.contains("<bdi>Plant Safety</bdi> (waits for an approval)"))
            let shown = try #require(searched.between("name=\"shown-\(ids[1])\" value=\"", "\""))
            let begun = try await visitor.post(
                "/people/import/begin",
                [("choice", choice), ("enable", "yes"), ("from", ids[1]), ("shown-\(ids[1])", shown)])
            #expect(begun["Location"] == "/work")
        }
        #expect(
            await desk.imported == [
                PeopleImport(
                    ids: Set(ids), enables: true,
                    model: .init(id: ids[1], shown: ["Plant Operators", "Plant Safety"]))
            ])
    }

    @Test("All that match, on every page; nobody is chosen by an empty form or a choice that is not known")
    func scope() async throws {
        let desk = try Self.desk(.crowd(300))
        try await Served.visit(desk) { visitor in
            let all = try await visitor.post("/people/import", [("scope", "all"), ("view", "mark=new")]).text
            #expect(all.contains("Import 150 people"))
            #expect(all.contains("and 110 more"))
            for fields in [[], [("choice", "99")]] as [[(name: String, value: String)]] {
                let reply = try await visitor.post("/people/import", fields)
                #expect(reply["Location"]?.hasPrefix("/people?told=") == true)
            }
            #expect(try await visitor.post("/people/import/begin")["Location"]?.hasPrefix("/people?told=") == true)
        }
        #expect(await desk.imported.isEmpty)
    }

    @Test("The gate stands before these pages as before all others")
    func gate() async throws {
        try await Served.visit(Self.desk()) { visitor in
            var (stranger, forger, other) = (visitor, visitor, visitor)
            stranger.cookie = nil
            forger.formToken = "0"
            other.origin = "http://elsewhere.test"
            let statuses = [
                try await stranger.get("/people").status,
                try await forger.post("/people/import/begin", [("choice", "1")]).status,
                try await other.post("/people/import", [("scope", "all")]).status,
            ]
            #expect(statuses == [401, 403, 403])
        }
    }

    @Test("10,000 people: a hundred a page, each below 150 kB, found by name, filter and mark")
    func crowd() async throws {
        let desk = try Self.desk(.crowd(10_000))
        try await Served.visit(desk) { visitor in
            let first = try await visitor.get("/people")
            #expect(first.body.count < 150_000)
            #expect(first.text.count(of: "<li class=\"row person") == PeopleQuery.rowsPerPage)
            #expect(first.text.contains("1–100 of 10000"))
            #expect(first.text.contains(">New <span class=\"count\">5000</span>"))
            #expect(first.text.contains("href=\"/people?page=100\""))
            #expect(!first.text.contains("href=\"/people?page=50\""))
            let last = try await visitor.get("/people?mark=new&page=50")
            #expect(last.text.contains("4901–5000 of 5000"))
            #expect(try await visitor.get("/people?q=p1234").text.count(of: "<li class=\"row person") == 1)
            let lab = try await visitor.get("/people?q=%28department%3DLab%29&mark=unchanged").text
            #expect(lab.contains("100 people"))
            let all = try await visitor.post("/people/import", [("scope", "all")])
            #expect(all.body.count < 100_000)
            #expect(all.text.contains("Import 10000 people"))
        }
    }
}
