import Directory
import DistinguishedNames
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@Suite("Accounts that a run created, opened or took over, taken back")
struct UndoAccountTests {
    @Test("A take-over goes back to where it came from, last of all")
    func givenBack() async throws {
        let (stage, run, before) = try await UndoCase.takenOver()
        let undo = try await stage.undo(run)
        #expect(undo.plan.operations.last?.line == "give back Local to OU=Elsewhere,DC=target,DC=test")
        #expect(stage.state == before)
        // And forth again: nothing of it is written before it is in the container.
        let redo = try await stage.undoPlan(undo.run)
        #expect(redo.lines.first == "take over CN=Local,OU=Elsewhere,DC=target,DC=test as Jane")
    }

    @Test("The old place is gone: it stays, with its anchor; the rest is taken back")
    func placeGone() async throws {
        let (stage, run, _) = try await UndoCase.takenOver()
        stage.vanished = [Fixture.elsewhere]
        #expect(
            try await stage.undoPlan(run).lines == [
                "leave Local ← Plant Operators",
                "rename Jane to Local",
                "update Local: mail=",
                "~ Jane: container OU=Managed,DC=target,DC=test now OU=Managed,DC=target,DC=test: OU=Elsewhere,DC=target,DC=test, where the account came from, is not there any more",
                "~ Jane: adminDescription \(Fixture.anchor(1)) now \(Fixture.anchor(1)): what stays in the managed container keeps its anchor and its expiry",
            ])
    }

    @Test("Its old name is another's by now: it stays")
    func oldNameTaken() async throws {
        let (stage, run, _) = try await UndoCase.takenOver()
        stage.directory.insert(OtherObject.contact("Local", at: Fixture.elsewhere))
        let plan = try await stage.undoPlan(run)
        #expect(!plan.lines.contains { $0.hasPrefix("give back") || $0.hasPrefix("rename") })
        #expect(plan.lines.contains { $0.contains("CN=Local,OU=Elsewhere,DC=target,DC=test has that name now") })
    }

    @Test("What cannot be written keeps the account in the container")
    func stuck() async throws {
        let (stage, run, _) = try await UndoCase.takenOver()
        stage.directory.refuse { if case .update = $0 { .refused("mail") } else { nil } }
        let undo = try await stage.undo(run)
        #expect(undo.refused.map(\.operation.verb.name) == ["update", "give back"])
        #expect(stage.directory.account("jane")?.name.parent == Fixture.containerName)
    }

    @Test("Created: his memberships go, he stays; enabled by the same run: disabled")
    func created() async throws {
        let stage = UndoCase(
            ImportCase(
                file: [record(1, "Jane", "jane", in: ["Operators"], ["mail": "new"])]))
        let run = try await stage.runImport()
        #expect(try await stage.undoPlan(run).lines == ["leave Jane ← Plant Operators", "= Jane: creation"])
        // The session that created her also opens her.
        stage.world.answers = [answer(.enable, "Jane", id: 1, password: "Geheim-1")]
        let opening = try await stage.runImport()
        let both = PastRun(id: "run-1", steps: run.steps + opening.steps)
        #expect(
            try await stage.undoPlan(both).lines == [
                "disable Jane (undone)", "leave Jane ← Plant Operators", "= Jane: creation", "= Jane: password",
            ])
        // By another run: that one is to be taken back first.
        #expect(
            try await stage.undoPlan(run).lines.contains(
                "~ Jane: account disabled now enabled: changed since by the run run-2: undo that one first"))
    }

    @Test("Deleted by hand and created again by a later run: that account is the later one's")
    func createdAnew() async throws {
        let stage = UndoCase(ImportCase(file: [record(1, "Jane", "jane", in: ["Operators"])]))
        let first = try await stage.runImport()
        stage.directory.delete("jane")
        #expect(try await stage.undoPlan(first).lines == ["~ Jane: the account is not there any more"])
        try await stage.runImport()
        #expect(
            try await stage.undoPlan(first).lines == [
                "~ Jane: the account is gone, and the run run-2 created another: undo that one first"
            ])
    }

    @Test("A creation that nobody knows the end of: found, it is taken back; not found, there is nothing to do")
    func unknownCreation() async throws {
        let stage = UndoCase(ImportCase(file: [record(1, "Jane", "jane", in: ["Operators"])]))
        let run = try await stage.runImport(answers: { _ in false })
        #expect(try await stage.undoPlan(run).lines == ["leave Jane ← Plant Operators", "= Jane: creation"])
        stage.directory.delete("jane")
        #expect(try await stage.undoPlan(run).lines == [])
    }

    @Test("Without an anchor, a created account is known by all its names")
    func anchorless() async throws {
        var world = ImportCase(file: [record(nil, "Jane", "jane", in: ["Operators"])])
        world.source = nil
        let stage = UndoCase(world)
        let run = try await stage.runImport()
        #expect(try await stage.undoPlan(run).lines.first == "leave Jane ← Plant Operators")
        stage.directory.edit("jane") { $0.accountName = "another" }
        #expect(try await stage.undoPlan(run).lines == ["~ Jane: the account is not there any more"])
    }

    @Test("A password that was set stays, and is said; an account is never made to need none again")
    func passwords() async throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane", disabled: true)],
            answers: [answer(.enable, "Jane", id: 1, password: "Geheim-1")])
        world.policy.usersMustChangePassword = true
        world.policy.usersCannotChangePassword = true
        let stage = UndoCase(world)
        stage.directory.edit("jane") { $0.accountControl |= 0x20 }
        let run = try await stage.runImport()
        stage.directory.edit("jane") { $0.accountControl &= ~0x20 }
        let lines = try await stage.undoPlan(run).lines
        #expect(
            lines == [
                "disable Jane (undone)", "= Jane: password", "= Jane: mustChangePassword",
                "= Jane: cannotChangePassword", "= Jane: passwordNotRequired",
            ])
    }

    @Test("Nobody is enabled of whom something else could not be taken back; everybody else is")
    func held() async throws {
        let stage = UndoCase(
            ImportCase(
                file: [
                    record(1, "Jane", "jane", disabled: true, ["mail": "new"]),
                    record(2, "Bob", "bob", disabled: true, ["mail": "new"]),
                ],
                directory: [account(1, "Jane", "jane"), account(2, "Bob", "bob")]))
        let run = try await stage.runImport()
        let jane = try #require(stage.directory.account("jane")?.guid)
        stage.directory.refuse { change in
            if case .update(let user, _) = change, user.guid == jane { .refused("mail") } else { nil }
        }
        let undo = try await stage.undo(run)
        #expect(undo.refused.map(\.operation.verb.name) == ["update", "enable"])
        #expect(stage.directory.account("jane")?.isDisabled == true)
        #expect(stage.directory.account("bob")?.isDisabled == false)
    }
}
