import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("The way back from a run")
struct UndoPlanTests {
    private static let holder = Fixture.elsewhere

    private enum Answers { case known, missing }

    /// Imports, lets somebody do something, and tells the plan of the undo.
    private func story(
        _ world: ImportCase, answers: Answers = .known,
        then: (UndoCase) async throws -> Void = { _ in }
    ) async throws -> String {
        let stage = UndoCase(world)
        let run = try await stage.runImport(answers: { _ in answers == .known })
        try await then(stage)
        return try await stage.undoPlan(run).lines.joined(separator: "\n")
    }

    private static func jane(_ record: SourceUser, _ account: Account) -> ImportCase {
        ImportCase(file: [record], directory: [account])
    }

    @Test("A manager is named again when everybody has his name again, in whatever order people stand in the journal")
    func manager() async throws {
        let boss = { (number: Int) in AttributeValues.one(.text(Fixture.anchor(number).user.description)) }
        let old = AttributeValues.one(.text("CN=Boss,OU=Managed,DC=target,DC=test"))
        for (jane, manager) in [(1, 2), (2, 1)] {
            let world = ImportCase(
                file: [
                    record(jane, "Jane", "jane", ["manager": boss(3)]),
                    record(manager, "Chief", "boss", ["manager": nil]), record(3, "New", "new", ["manager": nil]),
                ],
                directory: [
                    account(jane, "Jane", "jane", ["manager": old]), account(manager, "Boss", "boss"),
                    account(3, "New", "new"),
                ])
            #expect(
                try await story(world)
                    == "rename Chief to Boss\nupdate Jane: manager=CN=Boss,OU=Managed,DC=target,DC=test")
        }
    }

    // MARK: each field by itself

    static let changes: [(String, ImportCase, @Sendable (inout Account) -> Void, back: String, left: String)] = [
        (
            "an attribute",
            jane(record(1, "Jane", "jane", ["mail": "new"]), account(1, "Jane", "jane", ["mail": "old"])),
            { $0.attributes["mail"] = "another" }, "update Jane: mail=old",
            "~ Jane: mail new now another: changed since by somebody else"
        ),
        (
            "an attribute that was not there",
            jane(record(1, "Jane", "jane", ["mail": "new"]), account(1, "Jane", "jane")),
            { $0.attributes["mail"] = "another" }, "update Jane: mail=",
            "~ Jane: mail new now another: changed since by somebody else"
        ),
        (
            "a name", jane(record(1, "Roe", "jane"), account(1, "Doe", "jane")),
            { $0.name = Fixture.containerName.appending(.commonName("Poe")) }, "rename Roe to Doe",
            "~ Roe: cn Roe now Poe: changed since by somebody else"
        ),
        (
            "an account name, whose principal name goes by itself",
            jane(record(1, "Jane", "roe"), account(1, "Jane", "doe")), { $0.userPrincipalName = "x@target.test" },
            "update Jane: sAMAccountName=doe, userPrincipalName=doe@target.test",
            "update Jane: sAMAccountName=doe\n"
                + "~ Jane: userPrincipalName roe@target.test now x@target.test: changed since by somebody else"
        ),
        (
            "an expiry that got later", jane(record(1, "Jane", "jane"), account(1, "Jane", "jane", expires: .never)),
            { $0.expiry = .at(Fixture.time("2027-01-01")) }, "update Jane: expires never",
            "~ Jane: accountExpires 2026-12-21T08:15:00Z now 2027-01-01T00:00:00Z: changed since by somebody else"
        ),
        (
            "a membership given", jane(record(1, "Jane", "jane", in: ["Operators"]), account(1, "Jane", "jane")),
            { $0.groups = [] }, "leave Jane ← Plant Operators", ""
        ),
        (
            "a membership taken", jane(record(1, "Jane", "jane"), account(1, "Jane", "jane", in: ["Plant Operators"])),
            { $0.groups = ["Plant Operators"] }, "join Jane → Plant Operators", ""
        ),
        (
            "a deactivation", jane(record(1, "Jane", "jane", disabled: true), account(1, "Jane", "jane")),
            { $0.accountControl = 0x200 },
            "enable Jane\n^ Jane enabled again, with the password the account has", ""
        ),
        (
            "an adoption", jane(record(1, "Jane", "jane"), account(nil, "Jane", "jane")),
            { $0.attributes["adminDescription"] = "mine" }, "update Jane: adminDescription=",
            "~ Jane: adminDescription \(Fixture.anchor(1)) now mine: changed since by somebody else"
        ),
    ]

    @Test("Taken back when it is as the run left it; left alone when somebody changed it", arguments: changes.indices)
    func fields(_ index: Int) async throws {
        let (_, world, edit, back, left) = Self.changes[index]
        #expect(try await story(ImportCase(copying: world)) == back)
        let told = try await story(ImportCase(copying: world)) { stage in
            let name = try #require(stage.directory.accounts.first?.accountName)
            stage.directory.edit(name, edit)
        }
        #expect(told == left)
    }

    @Test("An unanswered change: the present state decides", arguments: [true, false])
    func unanswered(happened: Bool) async throws {
        let world = Self.jane(record(1, "Jane", "jane", ["mail": "new"]), account(1, "Jane", "jane", ["mail": "old"]))
        let told = try await story(world, answers: .missing) { stage in
            if !happened { stage.directory.edit("jane") { $0.attributes["mail"] = "old" } }
        }
        #expect(told == (happened ? "update Jane: mail=old" : ""))
    }

    @Test("What a later import did after an attempt that came to nothing is the later one's")
    func laterDidIt() async throws {
        let stage = UndoCase(
            Self.jane(record(1, "Jane", "jane", ["mail": "new"]), account(1, "Jane", "jane", ["mail": "old"])))
        let killed = try await stage.runImport(answers: { _ in false })
        stage.directory.edit("jane") { $0.attributes["mail"] = "old" }
        let next = try await stage.runImport()
        #expect(try await stage.undoPlan(killed).lines == [])
        #expect(try await stage.undoPlan(next).lines == ["update Jane: mail=old"])
    }

    @Test("A later run of ours is named")
    func laterRun() async throws {
        let stage = UndoCase(
            Self.jane(record(1, "Jane", "jane", ["mail": "new"]), account(1, "Jane", "jane", ["mail": "old"])))
        let first = try await stage.runImport()
        stage.world.file = [record(1, "Jane", "jane", ["mail": "newer"])]
        try await stage.runImport()
        #expect(
            try await stage.undoPlan(first).lines == [
                "~ Jane: mail new now newer: changed since by the run run-2: undo that one first"
            ])
    }

    // MARK: names

    @Test("Names that went round go round again, backwards")
    func cycle() async throws {
        let stage = UndoCase(
            ImportCase(
                file: [record(1, "B", "b"), record(2, "C", "c"), record(3, "A", "a")],
                directory: [account(1, "A", "a"), account(2, "B", "b"), account(3, "C", "c")]))
        let before = stage.state
        let run = try await stage.runImport()
        let undo = try await stage.undo(run)
        #expect(undo.refused.isEmpty)
        #expect(stage.state == before)
        #expect(undo.plan.lines.contains { $0.hasPrefix("park") })
    }

    @Test("A chain goes in order, without passing names")
    func chain() async throws {
        let world = ImportCase(
            file: [record(1, "B", "b"), record(2, "C", "c")], directory: [account(1, "A", "a"), account(2, "B", "b")])
        #expect(
            try await story(world).split(separator: "\n").first == "rename B to A")
    }

    @Test("A name that somebody else has by now stays where it is, and so does everybody who waits for it")
    func taken() async throws {
        let world = ImportCase(
            file: [record(1, "B", "x"), record(2, "C", "y")], directory: [account(1, "A", "x"), account(2, "B", "y")])
        let told = try await story(world) { $0.directory.insert(OtherObject.contact("A")) }
        #expect(
            told == """
                ~ B: cn B now B: CN=A,OU=Managed,DC=target,DC=test has that name now
                ~ C: cn C now C: CN=B,OU=Managed,DC=target,DC=test has that name now
                """)
    }

    // MARK: who is opened, and who is not touched

    @Test("Nobody is enabled again whose expiry, name or anchor is not what it was")
    func staysDisabled() async throws {
        let world = ImportCase(
            file: [], directory: [account(1, "Jane", "jane", expires: .never), account(2, "Bob", "bob")])
        var leaver = world
        leaver.file = [record(1, "Jane", "jane", expires: .at(Fixture.time("2026-12-01"))), record(2, "Bob", "bob")]
        let stage = UndoCase(leaver)
        let first = try await stage.runImport()
        stage.world.file = [record(2, "Bob", "bob")]
        try await stage.runImport()
        stage.directory.edit("jane") { $0.expiry = .at(Fixture.time("2027-06-01")) }
        // Both runs as one, as a session is.
        let both = PastRun(id: "run-1", steps: first.steps + stage.runs[1].steps)
        #expect(
            try await stage.undoPlan(both).lines == [
                "~ Jane: accountExpires 2026-12-01T00:00:00Z now 2027-06-01T00:00:00Z: changed since by somebody else",
                "~ Jane: account disabled now disabled: stays disabled, since its accountExpires is not what it was before",
            ])
    }

    @Test("A protected account is left alone altogether, and so is one that stands outside, or is gone")
    func untouched() async throws {
        func world() -> ImportCase {
            Self.jane(
                record(1, "Jane", "jane", in: ["Operators"], ["mail": "new"]), account(1, "Jane", "jane"))
        }
        #expect(
            try await story(world()) { $0.directory.edit("jane") { $0.protection = .adminCount } }
                == "~ Jane: the account is protected: it is or was a member of a privileged group (adminCount)")
        #expect(
            try await story(world()) {
                $0.directory.edit("jane") { $0.name = Self.holder.appending(.commonName("Jane")) }
            } == "~ Jane: the account stands outside the managed container: CN=Jane,OU=Elsewhere,DC=target,DC=test")
        #expect(
            try await story(world()) { $0.directory.delete("jane") } == "~ Jane: the account is not there any more")
    }

    @Test("Moved to another unit of the container by hand: renamed back there")
    func movedWithin() async throws {
        let unit = Fixture.name("OU=Shift,OU=Managed,DC=target,DC=test")
        let told = try await story(Self.jane(record(1, "Roe", "jane"), account(1, "Doe", "jane"))) { stage in
            stage.directory.edit("jane") { $0.name = unit.appending(.commonName("Roe")) }
        }
        #expect(told == "rename Roe to Doe")
    }

    @Test("Back into a restricted group, or one that leads to power: said before it is done")
    func restricted() async throws {
        var world = Self.jane(
            record(1, "Jane", "jane"), account(1, "Jane", "jane", in: ["Plant Safety", "Plant Backup"]))
        world.policy.groupMap[Fixture.group("Backup")] = [Fixture.group("Plant Backup")]
        #expect(
            try await story(world) == """
                join Jane → Plant Backup
                join Jane → Plant Safety
                ^ Jane back into Plant Backup, which leads to power over the domain: Plant Backup → Backup Operators
                ^ Jane back into Plant Safety, which is restricted
                """)
    }

    @Test("A group that is not mapped any more is none of ours")
    func unmapped() async throws {
        let told = try await story(
            Self.jane(record(1, "Jane", "jane", in: ["Operators"]), account(1, "Jane", "jane"))
        ) { $0.world.policy.groupMap = [:] }
        #expect(
            told
                == "~ Jane: membership in Plant Operators member now ?: the group is not on the right side of group_map any more"
        )
    }
}

extension ImportCase {
    /// With a directory of its own.
    init(copying other: ImportCase) {
        self = other
        directory = ImportCase(directory: other.directory.accounts).directory
    }
}
