import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Where in the container people stand")
struct PlaceTests {
    private static let operations = Fixture.name("OU=Operations")
    private static let safety = Fixture.name("OU=Safety")
    private static func below(_ unit: DistinguishedName) -> DistinguishedName { unit.under(Fixture.containerName) }

    private func names(in world: ImportCase) -> [String] { world.directory.accounts.map(\.name.description).sorted() }

    @Test("A new account is created in its place")
    func creation() throws {
        var world = ImportCase(file: [record(1, "Jane", "jane"), record(2, "John", "john")])
        world.units = [1: Self.operations]
        try expectSettled(world)
        #expect(
            names(in: world) == [
                "CN=Jane,OU=Operations,OU=Managed,DC=target,DC=test", "CN=John,OU=Managed,DC=target,DC=test",
            ])
    }

    @Test("An account that stands elsewhere in the container is moved, once")
    func move() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "John", "john")],
            directory: [account(1, "Jane", "jane"), account(2, "John", "john", at: Self.below(Self.safety))])
        world.units = [1: Self.operations, 2: Self.operations]
        try expect(
            world,
            tells: """
                move John from CN=John,OU=Safety,OU=Managed,DC=target,DC=test
                move Jane from CN=Jane,OU=Managed,DC=target,DC=test
                """)
        try expectSettled(world)
        #expect(names(in: world).allSatisfy { $0.hasSuffix(",OU=Operations,OU=Managed,DC=target,DC=test") })
    }

    @Test("Whom no rule is true of stays where somebody has put him, and the container itself is a place, too")
    func stays() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "John", "john")],
            directory: [
                account(1, "Jane", "jane", at: Self.below(Self.safety)),
                account(2, "John", "john", at: Self.below(Self.safety)),
            ])
        world.units = [2: DistinguishedName([])]
        try expect(world, tells: "move John from CN=John,OU=Safety,OU=Managed,DC=target,DC=test")
    }

    @Test("A move and another name are one step; the rest of the record follows it")
    func moveAndRename() throws {
        var world = ImportCase(
            file: [record(1, "Jane Roe", "jane", in: ["Operators"], ["mail": "j@x"])],
            directory: [account(1, "Jane Doe", "jane")])
        world.units = [1: Self.operations]
        try expect(
            world,
            tells: """
                move Jane Roe from CN=Jane Doe,OU=Managed,DC=target,DC=test
                update Jane Roe: mail=j@x
                join Jane Roe → Plant Operators
                """)
        try expectSettled(world)
    }

    @Test("Two who exchange places and have one name between them step aside for one another")
    func exchange() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "Jane", "jane2")],
            directory: [
                account(1, "Jane", "jane", at: Self.below(Self.operations)),
                account(2, "Jane", "jane2", at: Self.below(Self.safety)),
            ])
        world.units = [1: Self.safety, 2: Self.operations]
        try expectSettled(world)
        #expect(world.directory.accounts.first { $0.accountName == "jane" }?.name.parent == Self.below(Self.safety))
        #expect(names(in: world).allSatisfy { $0.hasPrefix("CN=Jane,") })
    }

    @Test("A place where somebody else has the name is a conflict, and nothing is moved")
    func taken() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane")],
            directory: [
                account(1, "Jane", "jane"),
                account(nil, "Jane", "stranger", disabled: true, at: Self.below(Self.operations)),
            ])
        world.units = [1: Self.operations]
        let plan = try world.approved()
        #expect(plan.operations.isEmpty)
        #expect(plan.pending.contains { $0.kind == .name && $0.name == "Jane" })
    }

    @Test("Whoever is not in the file, or protected, is not moved; who is disabled is, and stays disabled")
    func whoIsNotMoved() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane", disabled: true), record(2, "John", "john")],
            directory: [
                account(1, "Jane", "jane", disabled: true), account(2, "John", "john", protection: .adminCount),
                account(3, "Gone", "gone", disabled: true),
            ])
        world.units = [1: Self.operations, 2: Self.operations]
        let lines = try world.approved().operations.map(\.line)
        #expect(lines == ["move Jane from CN=Jane,OU=Managed,DC=target,DC=test"])
    }

    @Test("A record that cannot be mapped changes nothing of its account, and is told")
    func fault() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane", ["mail": "j@x"])], directory: [account(1, "Jane", "jane")])
        world.units = [1: Self.operations]
        world.faults = [1: RecordFault(field: "mail", reason: "attribute_map gives it to two")]
        try expect(world, tells: "! Jane: mail: attribute_map gives it to two")
    }

    @Test("An account that is taken over comes into its place")
    func takeOver() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(nil, "J", "jane", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane", id: 1, name: "jane", takeOver: .holder)])
        world.units = [1: Self.operations]
        try world.run()
        #expect(names(in: world) == ["CN=Jane,OU=Operations,OU=Managed,DC=target,DC=test"])
    }

    @Test("Where updates are switched off, nobody is moved, and the report tells who would be")
    func updatesSwitchedOff() throws {
        var world = ImportCase(file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane")]) {
            $0.lifeCycle = LifeCycle(switchedOff: [.update])
        }
        world.units = [1: Self.operations]
        try expect(world, tells: "i update is off: Jane")
    }

    @Test("A part of the file waits where the name in the new place is still held by somebody outside the part")
    func part() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "Jane", "jane2")],
            directory: [account(1, "Jane", "jane"), account(2, "Jane", "jane2", at: Self.below(Self.operations))])
        world.units = [1: Self.operations, 2: Self.safety]
        world.part = [1]
        try expect(
            world,
            tells: "! Jane: cn: \"Jane\" is still held by Jane (jane2), whom this run does not rename: "
                + "import both at once"
        )
    }
}

@Suite("Records whose names here are not known")
struct NamelessRecordTests {
    private static let fault = RecordFault(field: "sAMAccountName", reason: "it cannot be made", knowsNames: false)

    @Test("The names of the file lead to nobody else's account: it is neither disabled nor in question")
    func accountOfAnother() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jdoe"), record(2, "John", "jdoe", disabled: true)],
            directory: [account(nil, "Jane", "jdoe")])
        world.faults = [2: Self.fault]
        try expect(
            world,
            tells: """
                adopt Jane: adminDescription=(anchor)
                ! John: sAMAccountName: it cannot be made
                i Jane found by cn
                """)
        world.file[0] = record(1, "Jane", "jane").at(1)
        world.directory = InMemoryDirectory([account(1, "Jane", "jane"), account(nil, "Peter", "jdoe")])
        try expect(world, tells: "! John: sAMAccountName: it cannot be made")
    }

    @Test("An anchor leads to the account all the same: who is disabled at the source is disabled")
    func anchored() throws {
        var world = ImportCase(
            file: [record(1, "John", "jdoe", disabled: true)], directory: [account(1, "John", "x-john")])
        world.faults = [1: Self.fault]
        try expect(world, tells: "disable John (source)\n! John: sAMAccountName: it cannot be made")
    }

    @Test("Where names are all that tells people apart, he might be anybody: nobody counts as missing")
    func anchorsOff() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "John", "john")],
            directory: [account(nil, "Jane", "jane"), account(nil, "Johnny", "x-john")]
        ) { $0.anchorAttribute = nil }
        world.faults = [2: Self.fault]
        try expect(
            world,
            tells: """
                ! John: sAMAccountName: it cannot be made
                # the file is incomplete: 1 of its records cannot be mapped, and people are known by their names only
                """)
    }

    @Test(
        "upn_suffix reaches accounts that are there, too, where the principal name is the one every account has anyway",
        arguments: [
            ("jane@target.test", "jane", ["update Jane: userPrincipalName=jane@plant.example"]),
            ("jane@plant.example", "jane", []), ("boss@target.test", "jane", []), (nil, "jane", []),
            ("jane@plant.example", "roe", ["update Jane: sAMAccountName=roe, userPrincipalName=roe@plant.example"]),
        ] as [(String?, String, [String])])
    func suffix(present: String?, accountName: String, story: [String]) throws {
        let world = ImportCase(
            file: [record(1, "Jane", accountName)], directory: [account(1, "Jane", "jane", principalName: present)])
        let (target, query) = world.directory.snapshot(for: world.policy, reading: [])
        let suffixed = TargetSnapshot(
            domain: target.domain.makingPrincipalNames(with: "plant.example"), container: target.container,
            groups: target.groups, users: target.users, awaited: target.awaited)
        let plan = try world.plan(for: suffixed, query).approved(by: Answers([]))
        #expect(plan.lines == story)
    }
}
