import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Managers, told by anchor")
struct ManagerTests {
    private func person(_ number: Int, _ name: String, managedBy manager: Int?) -> SourceUser {
        let manager = manager.map { AttributeValues.one(.text(Fixture.anchor($0).user.description)) } ?? .none
        return record(number, name, name.lowercased(), ["mail": nil, "manager": manager])
    }

    private func managed(_ number: Int, _ name: String, by manager: String?) -> Account {
        account(number, name, name.lowercased(), ["manager": manager.map { .one(.text($0)) } ?? .none])
    }

    private static let bossName = "CN=Boss,OU=Managed,DC=target,DC=test"

    private func manager(of name: String, in world: ImportCase) -> AttributeValues? {
        world.directory.accounts.first { $0.commonName == name }?.attributes["manager"]
    }

    @Test("Somebody who is managed here is named as he is called here, also where both are new")
    func new() throws {
        let world = ImportCase(file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: nil)])
        try expectSettled(world)
        #expect(manager(of: "Jane", in: world) == .one(.text(Self.bossName)))
        #expect(manager(of: "Boss", in: world) ?? .none == .none)
    }

    @Test(
        "What is right is left; another manager, or one too many, is put right",
        arguments: [
            (bossName, 2, ""), ("cn=boss,ou=managed,dc=target,dc=test", 2, ""),
            ("CN=Other,OU=Managed,DC=target,DC=test", 2, "update Jane: manager=\(bossName)"),
            (bossName, nil, "update Jane: manager="),
        ] as [(String, Int?, String)])
    func existing(present: String, wanted: Int?, story: String) throws {
        let world = ImportCase(
            file: [
                person(1, "Jane", managedBy: wanted), person(2, "Boss", managedBy: nil),
                person(3, "Other", managedBy: nil),
            ],
            directory: [managed(1, "Jane", by: present), managed(2, "Boss", by: nil), managed(3, "Other", by: nil)])
        try expect(world, tells: story)
    }

    @Test("A manager who gets another name with the same run is named by it; who has him already, has him still")
    func renamed() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), record(2, "Chief", "boss", ["mail": nil, "manager": nil])],
            directory: [managed(1, "Jane", by: nil), managed(2, "Boss", by: nil)])
        try expect(
            world,
            tells: """
                rename Boss to Chief
                update Jane: manager=CN=Chief,OU=Managed,DC=target,DC=test
                """)
    }

    @Test("A manager whom nobody manages here is none, and that is told")
    func stranger() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 7)], directory: [managed(1, "Jane", by: Self.bossName)])
        try expect(world, tells: "update Jane: manager=\ni no manager here: Jane")
    }

    @Test("A manager who waits for an operator is not there yet")
    func waiting() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: nil)],
            directory: [managed(1, "Jane", by: nil), account(nil, "B", "boss", at: Fixture.elsewhere)])
        let plan = try world.approved()
        #expect(plan.operations.isEmpty)
        #expect(plan.pending.map(\.kind) == [.name])
        #expect(plan.lines.last == "i no manager here: Jane")
    }

    @Test("A part gives a manager to those it is for, and to nobody else")
    func part() throws {
        var world = ImportCase(
            file: [
                person(1, "Jane", managedBy: 3), person(2, "John", managedBy: 3), person(3, "Boss", managedBy: nil),
            ],
            directory: [managed(1, "Jane", by: nil), managed(2, "John", by: nil), managed(3, "Boss", by: nil)])
        world.part = [1]
        try expect(world, tells: "update Jane: manager=\(Self.bossName)")
    }

    @Test("A manager outside the part who would only be created by the whole is none yet")
    func partWithoutTheManager() throws {
        var world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: nil)],
            directory: [managed(1, "Jane", by: nil)])
        world.part = [1]
        try expect(world, tells: "i no manager here: Jane")
    }

    @Test("Whoever is disabled, missing from the file but still here, is somebody's manager as before")
    func leaver() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2)],
            directory: [managed(1, "Jane", by: Self.bossName), account(2, "Boss", "boss", disabled: true)])
        try expect(world, tells: "")
    }

    @Test("A manager who would only be renamed by the whole is named as he is called until then")
    func managerKeepsHisName() throws {
        var world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), record(2, "Chief", "boss", ["mail": nil, "manager": nil])],
            directory: [managed(1, "Jane", by: nil), managed(2, "Boss", by: nil)])
        world.part = [1]
        try expect(world, tells: "update Jane: manager=\(Self.bossName)")
        world.part = nil
        world.directory = InMemoryDirectory([managed(2, "Boss", by: nil)])
        world.policy.lifeCycle = LifeCycle(switchedOff: [.update])
        let lines = try world.approved().lines
        #expect(lines.prefix(2) == ["create Jane", "update Jane: manager=\(Self.bossName)"])
        #expect(lines.last == "i update is off: Chief")
    }

    @Test("Where updates are switched off, managers stay as well")
    func updatesSwitchedOff() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: nil)],
            directory: [managed(1, "Jane", by: nil), managed(2, "Boss", by: nil)]
        ) { $0.lifeCycle = LifeCycle(switchedOff: [.update]) }
        try expect(world, tells: "i update is off: Jane")
    }

    @Test("Two accounts with the manager's anchor: until an operator has said which is his, neither is the manager")
    func copiedAnchor() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: nil)],
            directory: [managed(1, "Jane", by: nil), managed(2, "Boss", by: nil), managed(2, "Copy", by: nil)])
        let plan = try world.approved()
        #expect(plan.operations.isEmpty)
        #expect(plan.lines.last == "i no manager here: Jane")
    }

    @Test("An account that cannot be taken over after all is given no manager, and is nobody's")
    func blockedTakeOver() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "Boss", managedBy: 1)],
            directory: [managed(2, "Boss", by: nil), account(nil, "J", "jane", at: Fixture.elsewhere)],
            others: [.contact("Jane")], answers: [answer(.name, "Jane", id: 1, name: "jane", takeOver: .holder)])
        let plan = try world.approved()
        #expect(plan.operations.isEmpty)
        #expect(plan.lines.last == "i no manager here: Boss")
    }

    @Test("People may manage one another, and themselves; those who exchange names, too")
    func circles() throws {
        let world = ImportCase(
            file: [person(1, "Jane", managedBy: 2), person(2, "John", managedBy: 1), person(3, "Ann", managedBy: 3)],
            directory: [
                account(1, "John", "john", ["manager": nil]), account(2, "Jane", "jane", ["manager": nil]),
            ])
        try expectSettled(world)
        #expect(manager(of: "Jane", in: world) == "CN=John,OU=Managed,DC=target,DC=test")
        #expect(manager(of: "John", in: world) == "CN=Jane,OU=Managed,DC=target,DC=test")
        #expect(manager(of: "Ann", in: world) == "CN=Ann,OU=Managed,DC=target,DC=test")
    }
}
