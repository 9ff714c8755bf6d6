import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Taking an account over")
struct TakeOverTests {
    private func world(_ holder: Account, _ takeOver: Resolution.TakeOver?, others: [OtherObject] = []) -> ImportCase {
        ImportCase(
            file: [record(1, "Jane Doe", "jdoe", in: ["Operators"], ["mail": "jane@source.test"])],
            directory: [holder], others: [.group("Office", at: Fixture.elsewhere)] + others,
            answers: takeOver.map { [answer(.name, "Jane Doe", id: 1, name: "jdoe", takeOver: $0)] } ?? [])
    }

    @Test("It is moved, and only then changed", arguments: [Resolution.TakeOver.holder, .account("JDOE")])
    func takeOver(answer: Resolution.TakeOver) throws {
        let world = world(
            account(
                nil, "J. Doe", "jdoe", in: ["Plant Safety"], expires: .never, at: Fixture.elsewhere),
            answer)
        try expect(
            world,
            tells: """
                take over CN=J. Doe,OU=Elsewhere,DC=target,DC=test as Jane Doe
                update Jane Doe: expires 2026-12-21T08:15:00
                update Jane Doe: mail=jane@source.test, adminDescription=(anchor)
                leave Jane Doe ← Plant Safety
                join Jane Doe → Plant Operators
                """)
        try expectSettled(world)
        #expect(world.directory.account("jdoe")?.name == Fixture.name("CN=Jane Doe,OU=Managed,DC=target,DC=test"))
        #expect(world.directory.account("jdoe")?.groups == ["Plant Operators"])
    }

    @Test("One that is disabled waits to be enabled")
    func disabled() throws {
        let world = world(account(nil, "J. Doe", "jdoe", disabled: true, at: Fixture.elsewhere), .holder)
        #expect(try world.story.hasSuffix("? enable Jane Doe (returned)"))
    }

    @Test("One with memberships elsewhere only when the operator typed its account name")
    func entangled() throws {
        let holder = account(nil, "J. Doe", "jdoe", in: ["Office"], at: Fixture.elsewhere)
        let refused = world(holder, .holder)
        #expect(
            try refused.story.hasSuffix(
                "i answer for Jane Doe: the account is taken over only when take_over_account is its account name"))
        #expect(try refused.plan().operations.isEmpty)
        #expect(try world(holder, .account("jdoe")).story.hasPrefix("take over"))
        let mistyped = try world(holder, .account("jdo")).story
        #expect(mistyped.hasSuffix("take_over_account says jdo, but the name is held by jdoe"))
    }

    @Test(
        "Never a protected one, one of another person, or one with somebody else's text",
        arguments: [
            account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere, protection: .adminCount),
            account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere, protection: .criticalSystemObject),
            account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere, protection: .ownAccount),
            account(1, "J. Doe", "jdoe", at: Fixture.elsewhere, protection: .adminCount),
            account(2, "J. Doe", "jdoe", at: Fixture.elsewhere),
            account(nil, "J. Doe", "jdoe", stamp: "cost centre", at: Fixture.elsewhere),
        ])
    func never(holder: Account) throws {
        for answer in [Resolution.TakeOver.holder, .account("jdoe")] {
            let approved = try world(holder, answer).approved()
            #expect(approved.operations.isEmpty)
            #expect(approved.pending.count == 1)
            #expect(approved.notices.count == 1)
        }
    }

    @Test("Nor for a person who has an account")
    func personWithAccount() throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(1, "Jane Doe", "old"), account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane Doe", id: 1, name: "jdoe", takeOver: .holder)])
        let approved = try world.approved()
        #expect(approved.operations.isEmpty && approved.pending.count == 1)
        #expect(approved.lines.last?.hasSuffix("the person has an account already") == true)
    }

    @Test("Where the cn is taken, too, nothing at all happens to the account")
    func nothingWithoutTheMove() throws {
        let world = world(
            account(nil, "J. Doe", "jdoe", in: ["Plant Safety"], expires: .never, at: Fixture.elsewhere), .holder,
            others: [.contact("Jane Doe")])
        #expect(try world.plan().operations.isEmpty)
        #expect(try world.story.contains("? name Jane Doe: cn Jane Doe is held by Jane Doe (no account"))
    }

    @Test("Somebody moved out of the container comes back by an answer only, whatever was answered before")
    func movedOut() throws {
        var world = world(account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere), .holder)
        try expectSettled(world)
        world.answers = try world.plan().standingAnswers
        let guid = try #require(world.directory.account("jdoe")?.guid)
        #expect(world.answers.map(\.takeOver) == [.account(guid.description)])
        try expect(world, tells: "")
        world.directory.edit("jdoe") { $0.name = Fixture.elsewhere.appending(.commonName("J. Doe")) }
        #expect(try world.plan().operations.isEmpty)
        #expect(try world.story.hasPrefix("? name Jane Doe: sAMAccountName jdoe is held by J. Doe (himself, moved out"))
        world.answers = try world.plan().standingAnswers
        world.answers.append(answer(.name, "Jane Doe", id: 1, name: "jdoe", takeOver: .holder, at: "2026-11-21"))
        #expect(try world.story.hasPrefix("take over"))
    }

    @Test("An answer does not reach who holds the name after the account was deleted")
    func deleted() throws {
        var world = world(account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere), .holder)
        try expectSettled(world)
        world.answers = try world.plan().standingAnswers
        world.directory.delete("jdoe")
        world.directory.insert(account(nil, "John Doe", "jdoe", at: Fixture.elsewhere))
        #expect(try world.plan().operations.isEmpty)
        #expect(try world.approved().pending.count == 1)
    }

    @Test("Two persons who were both given it: neither gets it, whoever comes first")
    func contested() throws {
        var world = ImportCase(
            file: [
                record(1, "Jane Doe", "jdoe"),
                record(2, "John Doe", "john", ["userPrincipalName": "jdoe@target.test"]),
            ],
            directory: [account(nil, "J. Doe", "jdoe", principalName: nil, at: Fixture.elsewhere)],
            answers: [
                answer(.name, "Jane Doe", id: 1, name: "jdoe", takeOver: .holder),
                answer(.name, "John Doe", id: 2, name: "jdoe@target.test", takeOver: .holder),
            ])
        let story = try world.story
        #expect(try world.plan().operations.isEmpty)
        world.file.reverse()
        try expect(world, tells: story)
    }

    @Test("A disabled record takes nothing over")
    func disabledRecord() throws {
        var world = world(account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere), .holder)
        world.file = [record(1, "Jane Doe", "jdoe", disabled: true)]
        try expect(world, tells: "")
    }
}
