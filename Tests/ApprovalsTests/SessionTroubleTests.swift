import Directory
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@testable import Approvals

@Suite("The approval session in trouble")
struct SessionTroubleTests {
    @Test("While the directory is lost, answers are kept; when it is back, they are performed")
    func lostAndBack() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.set(.down)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
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

    @Test("Another domain controller is not gone on with: it may not have whom the first one has")
    func anotherServer() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        // The account that the import made has not got there.
        stage.directory.delete("jane")
        stage.ground.set(.elsewhere)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        guard case .kept(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("dc2.target.test") && reason.contains("import again"))
        #expect(stage.directory.account("jane") == nil)
        await stage.session.reconnect()
        #expect(stage.directory.account("jane") == nil)
    }

    @Test("A write whose answer was lost is looked up, not repeated; its password is listed")
    func answerLost() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.set(.cut)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        #expect(result == .kept("the connection was cut"))
        stage.ground.set(.fine)
        await stage.session.reconnect()
        #expect(await stage.session.passwords().map(\.person.commonName) == ["Jane"])
        #expect(stage.directory.history.count { if case .enable = $0 { true } else { false } } == 1)
        #expect(await !stage.actions.contains { $0.hasPrefix("enable Jane") })
    }

    @Test("Where a new connection is to be had, it is looked up at once")
    func answerLostForAMoment() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.set(.deaf)
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        #expect(result == .done(["Done; the connection was lost before the directory could say so"]))
        #expect(await stage.session.passwords().map(\.person.commonName) == ["Jane"])
        #expect(await stage.session.overview().directory == .connected)
    }

    @Test("What was left undone at the end is told as a failure")
    func leftUndone() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.set(.down)
        try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        let outcomes = await stage.session.result().outcomes
        #expect(outcomes.map(\.operation.line) == ["enable Jane"] && outcomes.allSatisfy { !$0.isDone })
    }

    @Test("While another run is at work, the answer is kept for it")
    func locked() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.state.withLock { $0.lockProblem = "another run is at work" }
        #expect(
            try await stage.decide(.join, "Jane", .accept(.plain)) == .kept("another run is at work"))
        #expect(try stage.file.read().contains { $0.kind == .join && $0.accept == true })
    }

    @Test("After another file was imported, an answer is refused and not written", arguments: [true, false])
    func anotherFile(_ yes: Bool) async throws {
        let stage = try await SessionCase(ImportCase.busy())
        let before = try stage.text
        stage.ground.state.withLock { $0.fileProblem = "import again" }
        #expect(try await stage.decide(.join, "Jane", yes ? .accept(.plain) : .reject) == .failed("import again"))
        #expect(try stage.text == before)
    }

    @Test("A kept answer that another import has found in the file: its password is listed")
    func performedByAnother() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        stage.ground.state.withLock { $0.lockProblem = "another run is at work" }
        try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        _ = try stage.ground.performImport()
        stage.ground.state.withLock { $0.lockProblem = nil }
        await stage.session.reconnect()
        #expect(await stage.session.passwords().map(\.person.commonName) == ["Jane"])
        #expect(await stage.session.overview().keptAnswers == 0)
    }

    @Test("An answer to what another run has asked meanwhile stays in the file")
    func strangersAnswer() async throws {
        let stage = try await SessionCase(ImportCase.busy())
        var answered = answer(.disable, "Somebody", id: 77)
        answered.id = "0123456789"
        try stage.file.write(try stage.file.read() + [answered])
        try await stage.decide(.enable, "Jane", .accept(.enable(password: SessionTests.password)))
        #expect(try stage.file.read().contains { $0.id == "0123456789" && $0.accept == true })
    }

    @Test("Passwords that nobody has seen are not left for a later import to use up")
    func unseenPasswords() async throws {
        let people = (1...30).map { (number: Int) in record(number, "Person \(number)", "p\(number)", ["mail": nil]) }
        let stage = try await SessionCase(ImportCase(file: people))
        let ids = Set(await stage.session.actions().map(\.id))
        stage.ground.set(.down)
        let outcomes = try await stage.perform(.enableWithGeneratedPasswords(ids))
        #expect(outcomes.count == 30)
        #expect(await stage.session.overview().keptAnswers == 30)
        let entries = try stage.file.read()
        #expect(entries.allSatisfy { $0.accept == nil && $0.password == nil })
        stage.ground.set(.fine)
        await stage.session.reconnect()
        #expect(stage.directory.accounts.allSatisfy { !$0.isDisabled })
        #expect(await stage.session.passwords().count == 30)
        #expect(await stage.session.overview().keptAnswers == 0)
    }

    @Test("A session that ends without the directory leaves those waiting")
    func unseenPasswordsAtTheEnd() async throws {
        let people = (1...3).map { (number: Int) in record(number, "Person \(number)", "p\(number)", ["mail": nil]) }
        let stage = try await SessionCase(ImportCase(file: people))
        let ids = Set(await stage.session.actions().map(\.id))
        stage.ground.set(.down)
        _ = try await stage.perform(.enableWithGeneratedPasswords(ids))
        await stage.session.close()
        let result = await stage.session.result()
        #expect(result.outcomes.isEmpty && result.plan.pending.count == 3)
        _ = try stage.ground.performImport()
        #expect(stage.directory.accounts.allSatisfy { $0.isDisabled })
    }
}
