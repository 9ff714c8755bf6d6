import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Names that are another's")
struct ConflictTests {
    @Test(
        "Who holds a name is told, and whether the account can be taken over",
        arguments: [
            (account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere), "J. Doe (a stranger; take-over possible)"),
            (
                account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere, protection: .adminCount),
                "J. Doe (a stranger; no take-over: it is or was a member of a privileged group (adminCount))"
            ),
            (
                account(2, "J. Doe", "jdoe", at: Fixture.elsewhere),
                "J. Doe (a stranger; no take-over: it carries the anchor of another person)"
            ),
            (
                account(nil, "J. Doe", "jdoe", stamp: "cost centre", at: Fixture.elsewhere),
                "J. Doe (a stranger; no take-over: its anchor attribute holds somebody else's text)"
            ),
            (account(1, "J. Doe", "jdoe", at: Fixture.elsewhere), "J. Doe (himself, moved out; take-over possible)"),
            (
                account(nil, "J. Doe", "jdoe", in: ["Office"], at: Fixture.elsewhere),
                "J. Doe (a stranger; take-over by name)"
            ),
            (
                account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere, entanglements: [.trustedForDelegation]),
                "J. Doe (a stranger; take-over by name)"
            ),
        ])
    func holders(holder: Account, told: String) throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")], directory: [holder],
            others: [.group("Office", at: Fixture.elsewhere)])
        try expect(world, tells: "? name Jane Doe: sAMAccountName jdoe is held by \(told)")
    }

    @Test("Groups, computers and contacts hold names, too")
    func noAccounts() throws {
        let world = ImportCase(
            file: [
                record(1, "Jane Doe", "Plant Operators"), record(2, "A contact", "contact"),
                record(3, "John", "john", ["userPrincipalName": "plant safety@target.test"]),
            ], others: [.contact("A Contact")])
        let story = try world.story
        #expect(
            story.contains(
                "? name Jane Doe: sAMAccountName Plant Operators is held by Plant Operators "
                    + "(no account; no take-over: it is no account of a person)"))
        #expect(story.contains("? name A contact: cn A contact is held by A Contact (no account;"))
        #expect(!story.contains("create"))
    }

    @Test("A principal name belongs to whoever has it, and to whoever has its account name")
    func principalNames() throws {
        for holder in [
            account(nil, "S", "stranger", principalName: "jane@target.test", at: Fixture.elsewhere),
            account(nil, "S", "jane", principalName: nil, at: Fixture.elsewhere),
        ] {
            let world = ImportCase(
                file: [record(1, "Jane Doe", "jdoe", ["userPrincipalName": "JANE@target.test"])], directory: [holder])
            try expect(
                world,
                tells:
                    "? name Jane Doe: userPrincipalName JANE@target.test is held by S (a stranger; take-over possible)")
        }
    }

    @Test("Two records that want the same cn: both are asked, unless the operator says no to one")
    func rivals() throws {
        var world = ImportCase(file: [record(1, "Jane Doe", "jd1"), record(2, "JANE DOE", "jd2")])
        try expect(
            world,
            tells: """
                ? name Jane Doe: cn Jane Doe is wanted by record 2 too
                ? name JANE DOE: cn JANE DOE is wanted by record 1 too
                """)
        world.answers = [answer(.name, "Jane Doe", id: 1, accept: false, name: "Jane Doe")]
        try expect(
            world,
            tells: """
                create JANE DOE
                ? enable JANE DOE (new)
                - name Jane Doe: cn Jane Doe is wanted by record 2 too
                """)
        world.answers = [answer(.name, "Jane Doe", id: 1, name: "Jane Doe", newName: "Jane Doe (2)")]
        #expect(try world.story.hasPrefix("create JANE DOE\ncreate Jane Doe (2)\n"))
        try expectSettled(world)
    }

    @Test("A new name is used, and stays in force in later runs", arguments: [true, false])
    func newName(anchors: Bool) throws {
        var world = ImportCase(
            file: [record(anchors ? 1 : nil, "Jane Doe", "jdoe")],
            directory: [account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane Doe", id: anchors ? 1 : nil, name: "jdoe", newName: "jdoe2")])
        try expect(world, tells: "create Jane Doe\n? enable Jane Doe (new)")
        try expectSettled(world)
        #expect(world.directory.account("jdoe2")?.userPrincipalName == "jdoe2@target.test")
        world.answers = try world.plan().standingAnswers
        #expect(world.answers.map(\.newName) == ["jdoe2"])
        try expect(world, tells: "? enable Jane Doe (new)")
    }

    @Test(
        "A new name that cannot be used leaves the question open and says why",
        arguments: [
            ("", "accepted, but with neither new_name nor take_over_account"),
            ("abcdefghijklmnopqrstu", "21 characters, the limit is 20"), ("j/d", "the character / is not allowed"),
        ])
    func invalidNewName(newName: String, problem: String) throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane Doe", id: 1, name: "jdoe", newName: newName.isEmpty ? nil : newName)])
        let lines = try world.approved().lines
        #expect(lines.count == 2 && lines[0].hasPrefix("? name"))
        #expect(lines[1].hasPrefix("i answer for Jane Doe: \(problem)"))
    }

    @Test("A new name that is taken, too, is asked about again, and that answer counts")
    func conflictAfterConflict() throws {
        var world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [
                account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere),
                account(nil, "J. Doe 2", "jdoe2", at: Fixture.elsewhere),
            ],
            answers: [answer(.name, "Jane Doe", id: 1, name: "jdoe", newName: "jdoe2")])
        #expect(try world.story.contains("sAMAccountName jdoe2 is held by J. Doe 2"))
        world.answers.append(answer(.name, "Jane Doe", id: 1, name: "jdoe2", newName: "jdoe3"))
        try expect(world, tells: "create Jane Doe\n? enable Jane Doe (new)")
        #expect(try world.plan().standingAnswers.count == 2)
        // Answers in a circle end.
        world.answers[1].newName = "jdoe"
        _ = try world.story
    }

    @Test("cn and account name of one text: the id tells which is meant")
    func oneTextForTwoNames() throws {
        var world = ImportCase(
            file: [record(1, "jdoe", "jdoe")],
            directory: [account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)], others: [.contact("jdoe")])
        let questions = try world.plan().questions
        #expect(questions.count == 2 && Set(questions.map(\.id)).count == 2)
        world.answers = questions.map { question in
            var entry = question.pendingResolution(at: Fixture.now)
            entry.accept = true
            if case .nameConflict(let conflict) = question.reason {
                entry.newName = conflict.aspect == .commonName ? "Doe, Jane" : "jane"
            }
            return entry
        }
        try expectSettled(world)
        #expect(world.directory.account("jane")?.commonName == "Doe, Jane")
    }

    @Test("Rejected: not created, not asked again")
    func rejected() throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane Doe", id: 1, accept: false, name: "JDOE")])
        #expect(try world.approved().pending.isEmpty)
        #expect(try world.approved().rejected.count == 1)
        #expect(try world.plan().operations.isEmpty)
    }

    @Test("A conflict holds back the name alone: everything else of an existing user is kept up")
    func partial() throws {
        let world = ImportCase(
            file: [record(1, "Jane Roe", "jroe", in: ["Operators"], ["mail": "new@source.test"])],
            directory: [
                account(1, "Jane Doe", "jdoe", ["mail": "old@source.test"]),
                account(nil, "J. Roe", "jroe", at: Fixture.elsewhere),
            ])
        try expect(
            world,
            tells: """
                rename Jane Doe to Jane Roe
                update Jane Roe: mail=new@source.test
                join Jane Roe → Plant Operators
                ? name Jane Roe: sAMAccountName jroe is held by J. Roe (a stranger; no take-over: the person has an account already)
                """)
    }
}
