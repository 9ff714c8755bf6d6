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
    static let password = Secret("Lusab-babad-7")

    @Test("It shows what the import left to decide")
    func actions() async throws {
        let stage = try await SessionCase(ImportCase.busy { $0.approvalsOnTop = [.disable] })
        #expect(
            await stage.actions == [
                "enable Back: waiting", "disable Gone: waiting", "enable Jane: waiting",
                "join Jane → CN=Plant Safety: waiting", "name Otto (otto): waiting",
            ])
    }

    @Test("Enabling happens at once, and on that account alone")
    func enable() async throws {
        let stage = try await SessionCase(ImportCase.busy())
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
        let stage = try await SessionCase(ImportCase.busy())
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
        let stage = try await SessionCase(ImportCase.busy())
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
        let stage = try await SessionCase(ImportCase.busy())
        #expect(try await stage.decide(.join, "Jane", .reject) == .recorded)
        #expect(await stage.actions.contains("join Jane → CN=Plant Safety: rejected"))
        #expect(try stage.file.read().contains { $0.kind == .join && $0.accept == false })
        #expect(try await stage.decide(.join, "Jane", .reset) == .recorded)
        #expect(await stage.actions.contains("join Jane → CN=Plant Safety: waiting"))
    }

    @Test("A new name creates the account, with the groups that need no approval")
    func newName() async throws {
        let stage = try await SessionCase(ImportCase.busy())
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

    @Test("A group that has come to power since the session began is asked about, not joined")
    func powerfulMeanwhile() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.directory.insert(.group("Plant Operators", through: ["Plant Operators", "Account Operators"]))
        #expect(
            try await stage.decide(.name, "Otto", .accept(.newName("otto2")))
                == .done(["Created, disabled, as Otto (otto2)"]))
        #expect(stage.directory.account("otto2")?.groups == [])
        #expect(await stage.actions.contains("join Otto → CN=Plant Operators: waiting"))
    }

    @Test("A name that is taken, too, is told, and the question waits again")
    func newNameTaken() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        let result = try await stage.decide(.name, "Otto", .accept(.newName("a/b")))
        guard case .failed = result else {
            Issue.record("\(result)")
            return
        }
        #expect(await stage.actions.contains("name Otto (otto): waiting"))
    }

    @Test("A take-over moves the account into the container")
    func takeOver() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        let result = try await stage.decide(.name, "Otto", .accept(.takeOver(.account("otto"))))
        guard case .done = result else {
            Issue.record("\(result)")
            return
        }
        #expect(stage.directory.account("otto")?.name.isDescendant(of: Fixture.containerName) == true)
    }

    @Test("Another account has the name by now than the one that was shown: it is not taken over")
    func takeOverOfAnother() async throws {
        let stage = try await SessionCase(ImportCase.busy())
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
        // Nor by an import that finds the answer in the file.
        try stage.file.write(
            try stage.file.read().map { entry in
                entry.kind == .name
                    ? try #require(try entry.decided(.accept(.takeOver(.holder)), at: Fixture.now)) : entry
            })
        _ = try stage.ground.performImport()
        #expect(stage.directory.account("otto")?.name.isDescendant(of: Fixture.elsewhere) == true)
        #expect(await stage.actions.contains("name Otto (otto): waiting"))
    }

    @Test("An answer given elsewhere meanwhile is not overridden by somebody who has not seen it")
    func answeredElsewhere() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        let id = try await stage.id(.enable, "Jane")
        try stage.file.update { entries in
            try entries.map { $0.id == id ? try #require(try $0.decided(.reject, at: Fixture.now)) : $0 }
        }
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("rejected elsewhere"))
        #expect(stage.directory.account("jane")?.isDisabled == true)
        #expect(await stage.actions.contains("enable Jane: rejected"))
        #expect(
            try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
                == .done(["Enabled, with a new password"]))
    }

    @Test("Somebody else was faster: nothing is done twice")
    func obsolete() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.directory.edit("jane") { $0.accountControl = 512 }
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Self.password)))
        guard case .obsolete(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason == "it is not asked any more: somebody has enabled the account")
        #expect(await !stage.actions.contains { $0.hasPrefix("enable Jane") })
        #expect(try !stage.text.contains("Lusab"))
    }

    @Test("A name that somebody took meanwhile is seen")
    func takenMeanwhile() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.directory.insert(account(nil, "Otto Two", "otto2", at: Fixture.elsewhere))
        let result = try await stage.decide(.name, "Otto", .accept(.newName("otto2")))
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("otto2"))
        #expect(stage.directory.account("otto2")?.commonName == "Otto Two")
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
        var world = ImportCase.busy()
        world.directory.edit("ally") {
            $0.groups = ["Plant Operators", "Plant Engineers", "Plant Safety", "Plant Guests"]
        }
        world.answers = [answer(.grant, "Ally", id: 4, group: "CN=Plant Safety")]
        let stage = try await SessionCase(world)
        let template = try #require(stage.directory.account("ally")).guid
        let id = try await stage.id(.enable, "Jane")
        let stale = try await stage.perform(.copyGroups(from: template, shown: ["Plant Guests"], toPeopleOf: [id]))
        #expect(stale.map(\.result) == [.failed("his memberships have changed since they were shown: look again")])
        let shown = try #require(await stage.session.managedUsers(matching: "ally", limit: 1).first).groups
        let outcomes = try await stage.perform(.copyGroups(from: template, shown: shown, toPeopleOf: [id]))
        #expect(outcomes.map(\.result) == [.done(["Added to Plant Engineers", "Added to Plant Safety"])])
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators", "Plant Engineers", "Plant Safety"])
        let grants = try stage.file.read().filter { $0.kind == .grant && $0.user == "Jane" }
        #expect(grants.map(\.group) == ["CN=Plant Engineers"])
        _ = try stage.ground.performImport()
        #expect(stage.directory.account("jane")?.groups == ["Plant Operators", "Plant Engineers", "Plant Safety"])
    }

    @Test("Importing again begins with what is pending then")
    func importAgain() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.directory.delete("otto")
        try await stage.session.importAgain()
        #expect(stage.directory.account("otto")?.commonName == "Otto")
        #expect(await stage.actions.contains("enable Otto: waiting"))
    }
}
