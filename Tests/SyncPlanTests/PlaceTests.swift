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
}
