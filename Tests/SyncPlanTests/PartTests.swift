import Approvals
import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("An import of a part")
struct PartTests {
    private func part(_ positions: Set<Int>, of world: ImportCase) -> ImportCase {
        var world = world
        world.part = positions
        return world
    }

    @Test("Only those who are meant are touched, whatever else there is to do")
    func onlyThose() throws {
        let world = ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"]),
                record(2, "John", "john", in: ["Operators"], ["mail": "john@source.test"]),
                record(3, "New", "new"), record(4, "Left", "left", disabled: true),
            ],
            directory: [
                account(1, "Jane", "jane"), account(2, "John", "john", in: ["Plant Guests"]),
                account(4, "Left", "left"),
                account(5, "Missing", "missing"), account(nil, "Nobody", "nobody"),
            ])
        try expect(
            part([1], of: world), tells: "update Jane: mail=jane@source.test\njoin Jane → Plant Operators")
        try expect(part([3], of: world), tells: "create New\n? enable New (new)")
        try expect(part([4], of: world), tells: "disable Left (source)")
        #expect(try part([1, 3], of: world).plan().statistics.managed == 1)
    }

    @Test(
        "All records are no part: who is missing is in no part, so the whole file still deactivates nobody outside it")
    func allRecords() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane"), account(2, "Gone", "gone")])
        try expect(part([1], of: world), tells: "")
        try expect(world, tells: "disable Gone (missing)")
    }

    @Test("The limits are about the part: one of thirty who left goes when he is named, and thirty do not")
    func limits() throws {
        let world = ImportCase(
            file: (0..<40).map { (n: Int) in record(n, "U\(n)", "u\(n)", disabled: n < 30) },
            directory: (0..<40).map { (n: Int) in account(n, "U\(n)", "u\(n)") })
        #expect(try world.approved().brakes.count == 1)
        try expect(part([1], of: world), tells: "disable U0 (source)")
        #expect(try part(Set(1...30), of: world).approved().operations.isEmpty)
        #expect(try part(Set(1...30), of: world).approved().brakes.count == 1)
    }

    @Test("A file that does not prove that it is complete takes nothing from a part either")
    func incomplete() throws {
        var world = ImportCase(
            file: [record(1, "Left", "left", disabled: true)], directory: [account(1, "Left", "left")])
        world.incompleteness = "it has 1 record, and says 2"
        try expect(part([1], of: world), tells: "# the file is incomplete: it has 1 record, and says 2")
    }

    @Test("A name that another gives up is not taken before he does: both at once, or neither")
    func namesOfOthers() throws {
        let world = ImportCase(
            file: [
                record(1, "A", "b"), record(2, "B", "c"), record(3, "C", "d"), record(4, "New", "a"),
            ],
            directory: [account(1, "A", "a"), account(2, "B", "b"), account(3, "C", "c")])
        func told(_ positions: Set<Int>) throws -> [String] { try part(positions, of: world).approved().lines }
        #expect(
            try told([1]) == [
                "! A: sAMAccountName: \"b\" is still held by B (b), whom this run does not rename: import both at once"
            ])
        // A waits for B, and B for C.
        #expect(try Set(told([1, 2]).map { $0.prefix(4) }) == ["! A:", "! B:"])
        #expect(try told([4]).map { $0.prefix(6) } == ["! New:"])
        #expect(try told([1, 2, 3]).count { $0.hasPrefix("update ") } == 3)
        let whole = part([1, 2, 3, 4], of: world)
        try expectSettled(whole)
    }

    @Test("Nobody steps aside for an exchange of names that the other does not take part in")
    func exchange() throws {
        let world = ImportCase(
            file: [record(1, "B", "b"), record(2, "A", "a")],
            directory: [account(1, "A", "a"), account(2, "B", "b")])
        for one in [1, 2] { #expect(try part([one], of: world).approved().operations.isEmpty) }
        try expectSettled(part([1, 2], of: world))
    }

    @Test("Answers about others stand in the file afterwards as they were, whatever they are")
    func answersOfOthers() throws {
        var world = ImportCase(
            file: [
                record(1, "Jane", "jane"), record(2, "John", "john", in: ["Safety"]), record(3, "Kim", "kim"),
            ],
            directory: [
                account(1, "Jane", "jane", disabled: true), account(2, "John", "john", disabled: true),
                account(7, "Gone", "gone"),
            ])
        var together = answer(.disable, Resolution.everyone, accept: nil)
        together.members = (7...9).map { Resolution.Member(user: "U\($0)", anchor: Fixture.anchor($0)) }
        let others = [
            answer(.enable, "John", id: 2, password: "Geheim-2"),
            answer(.join, "John", id: 2, accept: nil, group: "CN=Plant Safety"),
            answer(.disable, "Gone", id: 7, accept: false),
            answer(.enable, "Nobody any more", id: 99, password: "Geheim-3"),
            answer(.name, "Kim", id: 3, name: "kim", newName: "kim2"),
            answer(.grant, "John", id: 2, group: "CN=Plant Guests"),
            together, answer(.enable, "By name"),
        ]
        world.answers = others + [answer(.enable, "Jane", id: 1, password: "Geheim-1")]
        let approved = try part([1], of: world).approved()
        #expect(approved.lines == ["enable Jane"])
        #expect(approved.settled(world.answers, unfinished: [], at: world.now) == others)
    }

    @Test("A decision about several covers those of the part, and stands for the others", arguments: [true, false])
    func decisionAboutSeveral(accept: Bool) throws {
        var world = ImportCase(
            file: (0..<30).map { (n: Int) in record(n, "U\(n)", "u\(n)", disabled: true) },
            directory: (0..<30).map { (n: Int) in account(n, "U\(n)", "u\(n)") })
        var decision = answer(.disable, Resolution.everyone, accept: accept)
        decision.members = (0..<30).map { Resolution.Member(user: "U\($0)", anchor: Fixture.anchor($0)) }
        world.answers = [decision]
        let approved = try part([1, 2], of: world).approved()
        #expect(approved.lines == (accept ? ["disable U0 (source)", "disable U1 (source)"] : []))
        #expect(approved.settled(world.answers, unfinished: [], at: world.now) == [decision])
    }
}
