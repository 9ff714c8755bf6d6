import Directory
import SyncPlan
import SyncTestSupport
import Synchronization
import Testing

@testable import Approvals

@Suite("The people of a session")
struct PeopleTests {
    @Test("A session that imported nobody shows everybody, asks nothing, and has written nothing")
    func chooser() async throws {
        let stage = try await SessionCase(.chosenLater())
        #expect(
            await stage.marks == [
                "Ally: changing", "Back: unchanged", "Gone: missing", "Jane: new", "Max: new", "Otto: name-taken",
            ])
        #expect(await stage.actions.isEmpty)
        #expect(stage.directory.history.isEmpty)
    }

    @Test("Importing one imports that one: nobody else is changed, and nobody is asked about anybody else")
    func one() async throws {
        let stage = try await SessionCase(.chosenLater())
        let results = try await stage.import(["Jane"])
        #expect(
            results == [
                .done([
                    "Created, disabled, as Jane (jane)", "Added to Plant Operators",
                    "Waits for an answer: enable, join",
                ])
            ])
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators"])
        #expect(stage.directory.account("jane")?.isDisabled == true)
        #expect(stage.directory.account("max") == nil)
        #expect(stage.directory.account("gone")?.isDisabled == false)
        #expect(stage.directory.account("ally")?.groups == ["Plant Guests"])
        #expect(await stage.actions == ["enable Jane: waiting", "join Jane → CN=Plant Safety: waiting"])
        #expect(try Set(stage.file.read().map(\.user)) == ["Jane"])
        #expect(await stage.marks.contains("Jane: unchanged"))
        #expect(await stage.marks.contains("Max: new"))
    }

    @Test("Enabled after the import: with a password of his own, which is there to be handed over")
    func enabled() async throws {
        let stage = try await SessionCase(.chosenLater())
        _ = try await stage.import(["Jane", "Max"], enables: true)
        #expect(stage.directory.account("jane")?.isDisabled == false)
        #expect(stage.directory.account("max")?.isDisabled == false)
        #expect(stage.directory.account("back")?.isDisabled == true)
        let passwords = await stage.session.passwords()
        #expect(Set(passwords.map(\.person.commonName)) == ["Jane", "Max"])
        #expect(Set(passwords.map(\.password)).count == 2)
        for issued in passwords {
            #expect(stage.directory.account(issued.person.accountName)?.password == issued.password)
            #expect(try !stage.text.contains(issued.password.reveal()))
        }
        #expect(await stage.actions == ["join Jane → CN=Plant Safety: waiting"])
    }

    @Test("A no to enabling that was said before is not overridden")
    func rejected() async throws {
        var world = ImportCase.chosenLater()
        world.answers = [answer(.enable, "Jane", id: 1, accept: false)]
        let stage = try await SessionCase(world)
        let results = try await stage.import(["Jane"], enables: true)
        #expect(results.last == .failed("enabling was rejected before: take that answer back first"))
        #expect(stage.directory.account("jane")?.isDisabled == true)
    }

    @Test("The answers of the file count, as in every import; those about others stay")
    func answers() async throws {
        var world = ImportCase.chosenLater()
        world.answers = [
            answer(.name, "Otto", id: 3, name: "otto", newName: "otto2"),
            answer(.enable, "Max", id: 6, password: "Tuvo-1-ab"),
            answer(.join, "Jane", id: 1, group: "CN=Plant Safety"),
        ]
        let stage = try await SessionCase(world)
        #expect(await stage.marks.contains("otto2: new"))
        _ = try await stage.import(["otto2", "Jane"])
        #expect(stage.directory.account("otto2")?.anchor == Fixture.anchor(3))
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators", "Plant Safety"])
        #expect(stage.directory.account("max") == nil)
        #expect(try stage.file.read().contains { $0.user == "Max" && $0.password == Secret("Tuvo-1-ab") })
        #expect(try !stage.file.read().contains { $0.kind == .join })
    }

    @Test("Who cannot be imported is told why, and hinders nobody")
    func failures() async throws {
        let stage = try await SessionCase(.chosenLater())
        let results = try await stage.import(["Otto", "Max"])
        #expect(results.count == 2)
        #expect(stage.directory.account("max") != nil)
        guard case .failed(let reason)? = results.last else {
            Issue.record("\(results)")
            return
        }
        #expect(reason.contains("sAMAccountName \"otto\" is held by CN=Otto Elder"))
    }

    @Test("Nobody imports who is missing from the file")
    func missing() async throws {
        let stage = try await SessionCase(.chosenLater())
        let id = try await stage.personID("Gone")
        await #expect(throws: DeskError("none of these people is in the file")) {
            try await stage.session.begin(PeopleImport(ids: [id]))
        }
        #expect(try await stage.session.preview(of: [id]).isEmpty)
    }

    @Test("The limits are about those who are chosen together, however they are performed")
    func limits() async throws {
        var world = ImportCase(
            file: (0..<40).map { (n: Int) in record(n, "U\(n)", "u\(n)", disabled: n < 30) },
            directory: (0..<40).map { (n: Int) in account(n, "U\(n)", "u\(n)") })
        world.part = []
        let stage = try await SessionCase(world)
        _ = try await stage.import((0..<30).map { "U\($0)" })
        #expect(stage.directory.history.isEmpty)
        #expect(await stage.actions == ["disable 30 people: waiting"])
        _ = try await stage.import(["U1"])
        #expect(stage.directory.account("u1")?.isDisabled == true)
    }

    @Test("What the import of a part would do is what it does", arguments: ["Jane", "Ally", "Max", "Back"])
    func preview(_ name: String) async throws {
        let stage = try await SessionCase(.chosenLater())
        let id = try await stage.personID(name)
        let promised = try await stage.session.preview(of: [id]).flatMap(\.operations).map(\.change)
        _ = try await stage.import([name])
        #expect(stage.directory.history.count == promised.count)
        let left = try await stage.session.preview(of: [id]).flatMap(\.operations)
        #expect(left.isEmpty)
    }

    @Test("Memberships like somebody's: at once where nobody has to approve, a question where somebody has to")
    func memberships() async throws {
        let stage = try await SessionCase(.chosenLater())
        let model = try #require(await stage.session.models(matching: "veteran", limit: 5).first)
        #expect(model.groups.map(\.name) == ["Plant Engineers", "Plant Operators", "Plant Safety"])
        _ = try await stage.import(["Max", "Ally"], like: model)
        #expect(stage.directory.account("max")?.groups == ["Plant Engineers", "Plant Operators"])
        #expect(stage.directory.account("ally")?.groups == ["Plant Engineers", "Plant Guests", "Plant Operators"])
        let waiting = await stage.actions
        #expect(waiting.contains("grant Max → CN=Plant Safety: waiting"))
        #expect(waiting.contains("grant Ally → CN=Plant Safety: waiting"))
        #expect(
            try await stage.decide(.grant, "Max", .accept(.plain)) == .done(["Added to Plant Safety"]))
        #expect(stage.directory.account("max")?.groups == ["Plant Engineers", "Plant Operators", "Plant Safety"])
        #expect(stage.directory.account("ally")?.groups == ["Plant Engineers", "Plant Guests", "Plant Operators"])
        #expect(try stage.file.read().contains { $0.kind == .grant && $0.user == "Max" && $0.accept == true })
    }

    @Test("A proposal that the server refuses waits again")
    func refusedProposal() async throws {
        let stage = try await SessionCase(.chosenLater())
        let model = try #require(await stage.session.models(matching: "veteran", limit: 5).first)
        _ = try await stage.import(["Max"], like: model)
        stage.directory.refuse { change in
            if case .join = change { DirectoryFailure(kind: .refused, message: "no") } else { nil }
        }
        #expect(try await stage.decide(.grant, "Max", .accept(.plain)) == .failed("no"))
        #expect(await stage.actions.contains("grant Max → CN=Plant Safety: waiting"))
    }

    @Test("Nothing is given when the memberships are not those any more that were shown")
    func changedModel() async throws {
        let stage = try await SessionCase(.chosenLater())
        let shown = try #require(await stage.session.models(matching: "veteran", limit: 5).first)
        let stale = ModelPerson(id: shown.id, person: shown.person, groups: Array(shown.groups.dropLast()))
        let results = try await stage.import(["Max"], like: stale)
        guard case .failed(let reason)? = results.last else {
            Issue.record("\(results)")
            return
        }
        #expect(reason.contains("have changed since they were shown"))
        #expect(stage.directory.account("max")?.groups == [])
    }

    @Test("A directory that is lost imports nobody, and says so")
    func lost() async throws {
        let stage = try await SessionCase(.chosenLater())
        stage.ground.set(.down)
        let results = try await stage.import(["Jane"], enables: true)
        #expect(results.count == 1)
        #expect(stage.directory.account("jane") == nil)
        let overview = await stage.session.overview()
        guard case .lost = overview.directory else {
            Issue.record("\(overview.directory)")
            return
        }
    }

    @Test("Another file was imported meanwhile: nobody is imported from this one")
    func otherFile() async throws {
        let stage = try await SessionCase(.chosenLater())
        stage.ground.state.withLock { $0.fileProblem = "another file" }
        #expect(try await stage.import(["Jane"]) == [.failed("another file")])
        #expect(stage.directory.history.isEmpty)
    }

    @Test("Who was chosen stays chosen when the file is imported again")
    func importAgain() async throws {
        let stage = try await SessionCase(.chosenLater())
        _ = try await stage.import(["Jane"])
        try await stage.session.importAgain()
        #expect(await stage.actions == ["enable Jane: waiting", "join Jane → CN=Plant Safety: waiting"])
    }

    @Test("A search finds by names and by filters, and tells what is wrong with one")
    func search() async throws {
        let stage = try await SessionCase(.chosenLater())
        #expect(await stage.session.people(matching: "JANE").entries.map(\.person.commonName) == ["Jane"])
        #expect(
            await stage.session.people(matching: "(memberOf=Operators)").entries.map(\.person.commonName)
                == ["Jane", "Otto"])
        let bad = await stage.session.people(matching: "(cn=)")
        #expect(bad.entries.isEmpty && bad.total == 7)
        #expect(bad.problem == "at character 5: there is no value; (attribute=*) asks for any")
    }

    @Test("What changes is told from what to what")
    func changes() async throws {
        let stage = try await SessionCase(.chosenLater())
        let id = try await stage.personID("Ally")
        let ally = try #require(await stage.session.person(id))
        #expect(
            ally.entry.changes == [
                PersonChange(field: "mail", before: ["old@source.test"], after: ["ally@source.test"]),
                PersonChange(field: "memberOf", before: [], after: ["Plant Engineers"]),
                PersonChange(field: "memberOf", before: [], after: ["Plant Operators"]),
            ])
        #expect(ally.attributes.contains { $0.name == "mail" && $0.differs })
    }
}
