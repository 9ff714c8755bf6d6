import Directory
import DistinguishedNames
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@testable import Approvals

@Suite("The approval session")
struct SessionTests {
    private static let password = Secret("Lusab-babad-7")

    /// Jane is new and is to join a restricted group, Back has returned, Otto's account name is taken, Gone is missing.
    private func world(_ change: (inout SyncPolicy) -> Void = { _ in }) -> ImportCase {
        ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators", "Safety"], ["mail": "jane@source.test"]),
                record(2, "Back", "back", ["mail": nil]), record(3, "Otto", "otto", in: ["Operators"], ["mail": nil]),
                record(4, "Ally", "ally", in: ["Engineers"], ["mail": nil]),
            ],
            directory: [
                account(2, "Back", "back", disabled: true), account(4, "Ally", "ally", in: ["Plant Guests"]),
                account(5, "Gone", "gone", in: ["Plant Operators"]),
                account(nil, "Otto Elder", "otto", at: Fixture.elsewhere),
            ],
            policy: change)
    }

    @Test("It shows what the import left to decide")
    func actions() async throws {
        let stage = try await SessionCase(world { $0.approvalsOnTop = [.disable] })
        #expect(
            await stage.actions == [
                "enable Back: waiting", "disable Gone: waiting", "enable Jane: waiting",
                "join Jane → CN=Plant Safety: waiting", "name Otto (otto): waiting",
            ])
    }

    @Test("Enabling happens at once, and on that account alone")
    func enable() async throws {
        let stage = try await SessionCase(world())
        let before = stage.directory.history.count
        #expect(
            try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
                == .done(["Enabled, with a new password"]))
        #expect(stage.directory.account("jane")?.isDisabled == false)
        #expect(stage.directory.history.count == before + 1)
        #expect(await !stage.actions.contains { $0.hasPrefix("enable Jane") })
        #expect(try !stage.text.contains("Lusab"))
        #expect(await stage.session.passwords().map(\.password) == [Self.password])
        #expect(await stage.session.result().outcomes.map(\.operation.line) == ["enable Jane"])
    }

    @Test("A password the policy refuses is not sent", arguments: ["short", "jane-jane-jane", ""])
    func weakPassword(_ text: String) async throws {
        let stage = try await SessionCase(world())
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Secret(text))))
        guard case .failed = result else {
            Issue.record("\(result)")
            return
        }
        #expect(stage.directory.account("jane")?.isDisabled == true)
        #expect(await stage.actions.contains("enable Jane: waiting"))
    }

    @Test("What the server refuses waits again, with its reason")
    func refused() async throws {
        let stage = try await SessionCase(world())
        stage.directory.refuse { change in
            if case .enable = change { DirectoryFailure(kind: .refused, message: "0000052D: history") } else { nil }
        }
        #expect(
            try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
                == .failed("0000052D: history"))
        let action = await stage.session.actions().first { $0.kind == .enable && $0.person.commonName == "Jane" }
        #expect(action?.state == .waiting && action?.problem == "0000052D: history")
        #expect(try stage.file.read().contains { $0.id == action?.id && $0.accept == nil })
        #expect(try !stage.text.contains("Lusab"))
        #expect(await stage.session.passwords().isEmpty)
    }

    @Test("A rejection is kept and can be taken back")
    func rejected() async throws {
        let stage = try await SessionCase(world())
        #expect(try await stage.decide(.join, "Jane", .reject) == .recorded)
        #expect(await stage.actions.contains("join Jane → CN=Plant Safety: rejected"))
        #expect(try stage.file.read().contains { $0.kind == .join && $0.accept == false })
        #expect(try await stage.decide(.join, "Jane", .reset) == .recorded)
        #expect(await stage.actions.contains("join Jane → CN=Plant Safety: waiting"))
    }

    @Test("A new name creates the account, with the groups that need no approval")
    func newName() async throws {
        let stage = try await SessionCase(world())
        let id = try await stage.id(.name, "Otto")
        #expect(await stage.session.problem(withNewName: "ally", for: id)?.contains("ally") == true)
        #expect(await stage.session.problem(withNewName: "otto2", for: id) == nil)
        #expect(
            try await stage.decide(.name, "Otto", .accept(.newName("otto2")))
                == .done(["Created, disabled, as Otto (otto2)", "Added to Plant Operators"]))
        #expect(stage.directory.account("otto2")?.groups == ["Plant Operators"])
        #expect(await stage.actions.contains("enable Otto: waiting"))
        #expect(try stage.file.read().contains { $0.kind == .name && $0.newName == "otto2" && $0.accept == true })
    }

    @Test("A name that is taken, too, is told, and the question waits again")
    func newNameTaken() async throws {
        let stage = try await SessionCase(world())
        let result = try await stage.decide(.name, "Otto", .accept(.newName("a/b")))
        guard case .failed = result else {
            Issue.record("\(result)")
            return
        }
        #expect(await stage.actions.contains("name Otto (otto): waiting"))
    }

    @Test("A take-over moves the account into the container")
    func takeOver() async throws {
        let stage = try await SessionCase(world())
        let result = try await stage.decide(.name, "Otto", .accept(.takeOver(.account("otto"))))
        guard case .done = result else {
            Issue.record("\(result)")
            return
        }
        #expect(stage.directory.account("otto")?.name.isDescendant(of: Fixture.containerName) == true)
    }

    @Test("Another account has the name by now than the one that was shown: it is not taken over")
    func takeOverOfAnother() async throws {
        let stage = try await SessionCase(world())
        let id = try await stage.id(.name, "Otto")
        guard case .name(let form)? = await stage.session.detail(of: id)?.form else {
            Issue.record("no name")
            return
        }
        #expect(form.holder == stage.directory.account("otto")?.guid)
        stage.directory.delete("otto")
        var other = account(nil, "Otto Other", "otto", at: Fixture.elsewhere)
        other.guid = .numbered(4711, series: 0xD)
        stage.directory.insert(other)
        let result = try await stage.decide(.name, "Otto", .accept(.takeOver(.holder, shown: form.holder)))
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("Otto Other"))
        #expect(stage.directory.account("otto")?.name.isDescendant(of: Fixture.elsewhere) == true)
        #expect(await stage.actions.contains("name Otto (otto): waiting"))
    }

    @Test("Somebody else was faster: nothing is done twice")
    func obsolete() async throws {
        let stage = try await SessionCase(world())
        stage.directory.edit("jane") { $0.accountControl = 512 }
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        guard case .obsolete = result else {
            Issue.record("\(result)")
            return
        }
        #expect(await !stage.actions.contains { $0.hasPrefix("enable Jane") })
        #expect(try !stage.text.contains("Lusab"))
    }

    @Test("A name that somebody took meanwhile is seen")
    func takenMeanwhile() async throws {
        let stage = try await SessionCase(world())
        stage.directory.insert(account(nil, "Otto Two", "otto2", at: Fixture.elsewhere))
        let result = try await stage.decide(.name, "Otto", .accept(.newName("otto2")))
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("otto2"))
        #expect(stage.directory.account("otto2")?.commonName == "Otto Two")
    }

    // MARK: the directory is lost

    @Test("While the directory is lost, answers are kept; when it is back, they are performed")
    func lostAndBack() async throws {
        let stage = try await SessionCase(world())
        stage.ground.set(.down)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        #expect(result == .kept("no answer from dc.target.test"))
        guard case .lost = await stage.session.overview().directory else {
            Issue.record("not lost")
            return
        }
        #expect(await stage.actions.contains("enable Jane: accepted"))
        #expect(try stage.file.read().contains { $0.kind == .enable && $0.accept == true && $0.password != nil })
        await stage.session.reconnect()
        #expect(stage.directory.account("jane")?.isDisabled == true)
        stage.ground.set(.fine)
        await stage.session.reconnect()
        #expect(stage.directory.account("jane")?.isDisabled == false)
        #expect(await stage.session.overview().directory == .connected)
        #expect(await stage.session.passwords().count == 1)
        #expect(try !stage.text.contains("Lusab"))
    }

    @Test("A write whose answer was lost is looked up, not repeated; its password is listed")
    func answerLost() async throws {
        let stage = try await SessionCase(world())
        stage.ground.set(.cut)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        #expect(result == .kept("the connection was cut"))
        stage.ground.set(.fine)
        await stage.session.reconnect()
        #expect(await stage.session.passwords().map(\.person.commonName) == ["Jane"])
        #expect(stage.directory.history.count { if case .enable = $0 { true } else { false } } == 1)
        #expect(await !stage.actions.contains { $0.hasPrefix("enable Jane") })
    }

    @Test("Where a new connection is to be had, it is looked up at once")
    func answerLostForAMoment() async throws {
        let stage = try await SessionCase(world())
        stage.ground.set(.deaf)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        #expect(result == .done(["Done; the connection was lost before the directory could say so"]))
        #expect(await stage.session.passwords().map(\.person.commonName) == ["Jane"])
        #expect(await stage.session.overview().directory == .connected)
    }

    @Test("What was left undone at the end is told as a failure")
    func leftUndone() async throws {
        let stage = try await SessionCase(world())
        stage.ground.set(.down)
        try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        let outcomes = await stage.session.result().outcomes
        #expect(outcomes.map(\.operation.line) == ["enable Jane"] && outcomes.allSatisfy { !$0.isDone })
    }

    @Test("While another run is at work, the answer is kept for it")
    func locked() async throws {
        let stage = try await SessionCase(world())
        stage.ground.state.withLock { $0.lockProblem = "another run is at work" }
        #expect(
            try await stage.decide(.join, "Jane", .accept(.plain)) == .kept("another run is at work"))
        #expect(try stage.file.read().contains { $0.kind == .join && $0.accept == true })
    }

    @Test("An answer to what another run has asked meanwhile stays in the file")
    func strangersAnswer() async throws {
        let stage = try await SessionCase(world())
        var answered = answer(.disable, "Somebody", id: 77)
        answered.id = "0123456789"
        try stage.file.write(try stage.file.read() + [answered])
        try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        #expect(try stage.file.read().contains { $0.id == "0123456789" && $0.accept == true })
    }

    // MARK: bulk

    @Test("All new users are enabled with passwords of their own")
    func bulkEnable() async throws {
        let people = (1...50).map { (number: Int) in record(number, "Person \(number)", "p\(number)", ["mail": nil]) }
        let stage = try await SessionCase(ImportCase(file: people))
        let ids = Set(await stage.session.actions().map(\.id))
        let outcomes = try await stage.perform(.enableWithGeneratedPasswords(ids))
        #expect(outcomes.count == 50)
        #expect(outcomes.allSatisfy { $0.result == .done(["Enabled, with a new password"]) })
        #expect(stage.directory.accounts.allSatisfy { !$0.isDisabled })
        #expect(Set(await stage.session.passwords().map(\.password)).count == 50)
        #expect(await stage.actions.isEmpty)
        #expect(await stage.session.overview().work?.isFinished == true)
    }

    @Test("Memberships are copied: what group_map gives is accepted, the rest is granted and stays")
    func copyGroups() async throws {
        var world = self.world()
        world.directory.edit("ally") {
            $0.groups = ["Plant Operators", "Plant Engineers", "Plant Safety", "Plant Guests"]
        }
        world.answers = [answer(.grant, "Ally", id: 4, group: "CN=Plant Safety")]
        let stage = try await SessionCase(world)
        let template = try #require(stage.directory.account("ally")).guid
        let id = try await stage.id(.enable, "Jane")
        let outcomes = try await stage.perform(.copyGroups(from: template, toPeopleOf: [id]))
        #expect(outcomes.map(\.result) == [.done(["Added to Plant Engineers", "Added to Plant Safety"])])
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators", "Plant Engineers", "Plant Safety"])
        let grants = try stage.file.read().filter { $0.kind == .grant && $0.user == "Jane" }
        #expect(grants.map(\.group) == ["CN=Plant Engineers"])
        _ = try stage.ground.performImport()
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators", "Plant Engineers", "Plant Safety"])
    }

    @Test("Importing again begins with what is pending then")
    func importAgain() async throws {
        let stage = try await SessionCase(world())
        stage.directory.delete("otto")
        try await stage.session.importAgain()
        #expect(stage.directory.account("otto")?.commonName == "Otto")
        #expect(await stage.actions.contains("enable Otto: waiting"))
    }
}
