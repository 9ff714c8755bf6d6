import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Names that change")
struct NameTests {
    @Test("A case-only change is a rename without a conflict")
    func caseOnly() throws {
        let world = ImportCase(
            file: [record(1, "JANE doe", "JDoe")], directory: [account(1, "Jane Doe", "jdoe")])
        try expect(
            world,
            tells: """
                rename Jane Doe to JANE doe
                update JANE doe: sAMAccountName=JDoe, userPrincipalName=JDoe@target.test
                """)
        try expectSettled(world)
    }

    @Test(
        "A principal name made from the account name follows it; one that somebody chose stays",
        arguments: [
            ("jdoe@target.test", "jroe@target.test"), ("JDOE@TARGET.TEST", "jroe@target.test"),
            ("jane@company.test", "jane@company.test"), ("jdoe@company.test", "jdoe@company.test"), (nil, nil),
        ] as [(String?, String?)])
    func principalName(old: String?, new: String?) throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jroe")], directory: [account(1, "Jane", "jdoe", principalName: old)])
        try expectSettled(world)
        #expect(world.directory.account("jroe")?.userPrincipalName == new)
    }

    @Test("NFC and NFD are two names: a rename, and two people side by side")
    func normalisationForms() throws {
        let world = ImportCase(
            file: [record(1, "Zoe\u{308}", "zoe"), record(2, "Zo\u{EB}", "zoe2")],
            directory: [account(1, "Zo\u{EB}", "zoe")])
        try expectSettled(world)
        #expect(world.directory.account("zoe")?.commonName.unicodeScalars.count == 4)
        #expect(world.directory.account("zoe2")?.commonName.unicodeScalars.count == 3)
    }

    @Test("Accounts in folders of the container are renamed where they are")
    func folders() throws {
        let folder = Fixture.name("OU=Shift A,OU=Managed,DC=target,DC=test")
        let world = ImportCase(
            file: [record(1, "Jane Roe", "jdoe"), record(2, "John", "john")],
            directory: [account(1, "Jane Doe", "jdoe", at: folder), account(2, "John", "john", at: folder)])
        try expect(world, tells: "rename Jane Doe to Jane Roe")
        try expectSettled(world)
        #expect(world.directory.account("jdoe")?.name.parent == folder)
    }

    @Test("Names freed in the same run are given away in the right order, however the file is ordered")
    func chain() throws {
        var world = ImportCase(
            file: [record(1, "B", "b"), record(2, "C", "c"), record(3, "D", "d"), record(4, "A", "a")],
            directory: [account(1, "A", "a"), account(2, "B", "b"), account(3, "C", "c")])
        let story = try world.story
        #expect(
            story == """
                rename C to D
                update D: sAMAccountName=d, userPrincipalName=d@target.test
                rename B to C
                update C: sAMAccountName=c, userPrincipalName=c@target.test
                rename A to B
                update B: sAMAccountName=b, userPrincipalName=b@target.test
                create A
                ? enable A (new)
                """)
        world.file.reverse()
        try expect(world, tells: story)
        try expectSettled(world)
    }

    @Test("Two who exchange names: one steps aside with what the other waits for, and nothing else")
    func swap() throws {
        let world = ImportCase(
            file: [record(1, "B", "a"), record(2, "A", "b")],
            directory: [account(1, "A", "a"), account(2, "B", "b")])
        let lines = try world.approved().lines
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("park ") && lines[0].contains("cn="))
        #expect(Set(lines[1...]) == ["rename A to B", "rename B to A"])
        try expectSettled(world)
    }

    @Test(
        "Rings of any length close",
        arguments: [2, 3, 7, 50])
    func ring(length: Int) throws {
        let world = ImportCase(
            file: (0..<length).map { record($0, "N\(($0 + 1) % length)", "n\(($0 + 1) % length)") },
            directory: (0..<length).map { account($0, "N\($0)", "n\($0)") })
        let parked = try world.approved().lines.filter { $0.hasPrefix("park ") }
        #expect(parked.count == 2)
        try expectSettled(world)
        for number in 0..<length {
            #expect(world.directory.account("n\((number + 1) % length)")?.anchor == Fixture.anchor(number))
        }
    }

    @Test("A ring of account names does not disturb a cn in conflict: whoever was parked gets everything back")
    func ringWithConflict() throws {
        let world = ImportCase(
            file: [record(1, "Taken", "b"), record(2, "B", "a")],
            directory: [account(1, "A", "a"), account(2, "B", "b")],
            others: [.contact("Taken")])
        let refused = try world.run()
        #expect(refused.isEmpty)
        #expect(world.directory.account("b")?.commonName == "A")
        #expect(world.directory.account("a")?.commonName == "B")
        #expect(Set(world.directory.accounts.compactMap(\.userPrincipalName)) == ["a@target.test", "b@target.test"])
    }

    @Test("Long names make room for the mark of a passing one")
    func longPassingNames() throws {
        let first = String(repeating: "\u{1F469}\u{200D}\u{1F469}", count: 12) + "a"
        let second = String(repeating: "\u{1F469}\u{200D}\u{1F469}", count: 12) + "b"
        let world = ImportCase(
            file: [record(1, second, "abcdefghijklmnopqrs2"), record(2, first, "abcdefghijklmnopqrs1")],
            directory: [account(1, first, "abcdefghijklmnopqrs1"), account(2, second, "abcdefghijklmnopqrs2")])
        try expectSettled(world)
    }

    @Test("A run that was killed after parking is taken up by the next one")
    func killedWhileParked() throws {
        let world = ImportCase(
            file: [record(1, "B", "b"), record(2, "A", "a")],
            directory: [account(1, "A", "a"), account(2, "B", "b")])
        let changes = try world.approved().operations.map(\.change)
        for count in 0...changes.count {
            let broken = ImportCase(
                file: world.file, directory: [account(1, "A", "a"), account(2, "B", "b")])
            broken.directory.perform(Array(changes.prefix(count)))
            try expectSettled(broken)
            #expect(broken.directory.account("b")?.anchor == Fixture.anchor(1))
            #expect(broken.directory.account("b")?.commonName == "B")
        }
    }

    @Test("Killed after every single change, an exchange of names still comes to its end")
    func killedAgainAndAgain() throws {
        let world = ImportCase(
            file: [record(1, "B", "b"), record(2, "A", "a")],
            directory: [account(1, "A", "a"), account(2, "B", "b")])
        let needed = try world.approved().operations.count
        for _ in 0..<needed {
            world.directory.perform(try world.approved().operations.prefix(1).map(\.change))
        }
        #expect(try world.approved().operations.isEmpty)
        #expect(world.directory.account("b")?.commonName == "B")
    }

    @Test("A name is not free when its holder cannot get the new one; those behind in the chain wait, too")
    func blockedChain() throws {
        var world = ImportCase(
            file: [record(1, "A", "b"), record(2, "B", "c"), record(3, "C", "stranger")],
            directory: [
                account(1, "A", "a"), account(2, "B", "b"), account(3, "C", "c"),
                account(nil, "Stranger", "stranger", at: Fixture.elsewhere),
            ])
        let story = try world.story
        #expect(story.split(separator: "\n").allSatisfy { $0.hasPrefix("? name ") })
        #expect(story.split(separator: "\n").count == 3)
        world.file.reverse()
        try expect(world, tells: story)
    }

    @Test("A derived principal name is not free while its holder's account name cannot change")
    func heldPrincipalName() throws {
        let world = ImportCase(
            file: [
                record(1, "A", "stranger"),
                record(2, "B", "b", ["userPrincipalName": "a@target.test"]),
            ],
            directory: [
                account(1, "A", "a"), account(2, "B", "b"),
                account(nil, "Stranger", "stranger", principalName: nil, at: Fixture.elsewhere),
            ])
        #expect(try world.run().isEmpty)
        #expect(world.directory.account("b")?.userPrincipalName == "b@target.test")
    }

    @Test(
        "A record whose names AD refuses fails alone, with the field",
        arguments: [
            (record(1, "Jane", "abcdefghijklmnopqrstu"), "sAMAccountName", "21 characters, the limit is 20"),
            (record(1, "Jane", "a/b"), "sAMAccountName", "the character / is not allowed in an account name"),
            (record(1, "Jane", "pc$"), "sAMAccountName", "an account name that ends in $ is a computer's"),
            (record(1, "Jane", "dot."), "sAMAccountName", "an account name may not end in a dot"),
            (record(1, "Jane", "  "), "sAMAccountName", "it is empty"),
            (record(1, "", "jane"), "cn", "it is empty"), (record(1, " ", "jane"), "cn", "it is empty"),
            (record(1, "Ja\u{7}ne", "jane"), "cn", "it contains a control character"),
            (
                record(1, String(repeating: "\u{1F600}", count: 33), "jane"), "cn",
                "66 characters, the limit is 64"
            ),
            (
                record(1, "Jane", "jane", ["userPrincipalName": "jane"]), "userPrincipalName",
                "it is not of the form name@domain"
            ),
            (record(1, "Jane", "jane", ["userPrincipalName": "j d@x"]), "userPrincipalName", "it contains a space"),
        ])
    func faults(fault: SourceUser, field: String, reason: String) throws {
        let world = ImportCase(file: [fault, record(2, "John", "john")])
        let lines = try world.approved().lines
        #expect(lines.prefix(2) == ["create John", "? enable John (new)"])
        #expect(lines.count == 3)
        #expect(lines[2].contains(": \(field): ") && lines[2].hasSuffix(reason))
    }

    @Test("The prefix counts for the limit")
    func prefixAndLimit() throws {
        var world = ImportCase(file: [record(1, String(repeating: "x", count: 60), "jane")])
        #expect(try world.plan().failures.isEmpty)
        world.policy.commonNamePrefix = "Plant "
        #expect(try world.plan().failures.count == 1)
    }

    @Test("What a faulty record takes away counts: the account, groups and time; it gives nothing")
    func faultsDoNotKeepAccess() throws {
        var world = ImportCase(
            file: [
                record(1, "Jane", "a/b", in: ["Engineers"], expires: .at(Fixture.time("2026-12-01"))),
                record(2, "John", "john"),
            ],
            directory: [account(1, "Jane", "jane", in: ["Plant Safety"]), account(2, "John", "john")]
        )
        let lines = try world.approved().lines
        #expect(lines.prefix(2) == ["update Jane: expires 2026-12-01T00:00:00", "leave Jane ← Plant Safety"])
        #expect(lines.count == 3)
        world.file[0] = record(1, "Jane", "a/b", in: ["Safety"], disabled: true)
        #expect(try world.approved().lines.first == "disable Jane (source)")
    }
}
