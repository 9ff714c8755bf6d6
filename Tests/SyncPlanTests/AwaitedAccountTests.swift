import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("An account that another domain controller has, and this one not yet")
struct AwaitedAccountTests {
    private func awaited(_ id: Int?, _ accountName: String, isConfirmed: Bool = true) -> AwaitedAccount {
        AwaitedAccount(
            anchor: id.map(Fixture.anchor), accountName: accountName, server: "dc1.target.test",
            isConfirmed: isConfirmed,
            run: "20261120T080000Z-00000001", created: Fixture.time("2026-11-20T08:00:30"))
    }

    private func plan(_ world: ImportCase, _ awaited: AwaitedAccount...) throws -> ApprovedPlan {
        let (target, query) = world.directory.snapshot(for: world.policy)
        let waiting = TargetSnapshot(
            domain: target.domain, container: target.container, groups: target.groups, users: target.users,
            awaited: awaited)
        return try world.plan(for: waiting, query).approved(by: Answers(world.answers))
    }

    @Test("Nobody is created twice: the record waits, and others do not")
    func waits() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Operators"]), record(2, "John", "john")],
            answers: [answer(.enable, "Jane", id: 1, password: "Geheim-1")])
        let plan = try plan(world, awaited(1, "jane"))
        #expect(plan.operations.map(\.line) == ["create John"])
        let failure = try #require(plan.plan.failures.first)
        #expect(failure.person.accountName == "jane")
        #expect(
            failure.reason
                == "the run 20261120T080000Z-00000001 created the account on dc1.target.test, and dc.target.test does not have it yet: once it is replicated, the next import goes on with it. If it was deleted since, an import on dc1.target.test creates it anew, or any after a day"
        )
        // What was answered about him is not lost meanwhile.
        #expect(plan.plan.standingAnswers.map(\.kind) == [.enable])
    }

    @Test("Whom nobody knows to be there waits as well, for as long as it takes to know")
    func unknown() throws {
        let plan = try plan(ImportCase(file: [record(1, "Jane", "jane")]), awaited(1, "jane", isConfirmed: false))
        #expect(plan.operations.isEmpty)
        let failure = try #require(plan.plan.failures.first)
        #expect(failure.reason.contains("got no answer from dc1.target.test when it created the account"))
    }

    @Test("Who has arrived is as anybody else")
    func arrived() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Operators"])],
            directory: [account(1, "Jane", "jane", disabled: true)])
        let plan = try plan(world, awaited(1, "jane"))
        #expect(plan.plan.failures.isEmpty)
        #expect(plan.operations.map(\.line) == ["join Jane → Plant Operators"])
    }

    @Test("A namesake of somebody who is awaited is another person")
    func namesake() throws {
        let world = ImportCase(file: [record(2, "Jane", "jane2")])
        #expect(try plan(world, awaited(1, "jane2")).operations.map(\.line) == ["create Jane"])
    }

    @Test("Without anchors, people are awaited by their account names", arguments: ["jane", "JANE"])
    func withoutAnchors(accountName: String) throws {
        var world = ImportCase(file: [record(nil, "Jane", accountName)])
        world.policy.acceptsUnanchoredFile = true
        let plan = try plan(world, awaited(nil, "jane"))
        #expect(plan.operations.isEmpty)
        #expect(plan.plan.failures.count == 1)
    }
}
