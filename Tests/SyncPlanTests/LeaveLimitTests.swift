import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Leaving groups and its limit")
struct LeaveLimitTests {
    /// `members` people in `Plant Operators`, of whom the source has taken the first `leaving` out of its own group; and
    /// as many people in `Plant Engineers` as `others` says, who stay.
    private func world(
        members: Int, leaving: Int, others: Int = 0, answers: [Resolution] = [],
        policy: (inout SyncPolicy) -> Void = { _ in }
    ) -> ImportCase {
        let engineers = members..<(members + others)
        return ImportCase(
            file: (0..<members).map { record($0, "U\($0)", "u\($0)", in: $0 < leaving ? [] : ["Operators"]) }
                + engineers.map { record($0, "U\($0)", "u\($0)", in: ["Only Engineers"]) },
            directory: (0..<members).map { account($0, "U\($0)", "u\($0)", in: ["Plant Operators"]) }
                + engineers.map { account($0, "U\($0)", "u\($0)", in: ["Plant Engineers"]) },
            answers: answers
        ) {
            $0.groupMap[Fixture.group("Only Engineers")] = [Fixture.group("Plant Engineers")]
            policy(&$0)
        }
    }

    /// One decision about several.
    private func decision(
        _ numbers: Range<Int>, from group: String = "CN=Plant Operators", accept: Bool, at time: String = "2026-11-20"
    ) -> Resolution {
        var entry = answer(.leave, Resolution.everyone, accept: accept, at: time)
        entry.members = numbers.map {
            Resolution.Member(user: "U\($0)", anchor: Fixture.anchor($0), group: group)
        }
        return entry
    }

    private func left(_ world: ImportCase) throws -> Int {
        try world.approved().operations.count { if case .leave = $0.verb { true } else { false } }
    }

    @Test(
        "Both the count and the percentage must be exceeded, together or in one group",
        arguments: [
            // of the group, others, leaving
            (100, 0, 10, false), (100, 0, 11, false), (100, 0, 20, false), (100, 0, 21, true),
            (10, 0, 10, false), (11, 0, 11, true),
            // Four in a hundred of all, and a whole group.
            (12, 300, 12, true), (60, 240, 12, false), (59, 241, 12, true),
        ])
    func limit(members: Int, others: Int, leaving: Int, isHeld: Bool) throws {
        let world = world(members: members, leaving: leaving, others: others)
        #expect(try left(world) == (isHeld ? 0 : leaving))
        #expect(try world.approved().brakes.count == (isHeld ? 1 : 0))
        #expect(try world.approved().pending.map(\.members.count) == (isHeld ? [leaving] : []))
    }

    /// People who are in some groups of the plant and leave some, by the groups' common names.
    private func world(_ groups: [(name: String, members: Int, leaving: Int)], joining: [String] = []) -> ImportCase {
        var world = ImportCase()
        var number = 0
        var records: [SourceUser] = []
        for (name, members, leaving) in groups {
            world.policy.groupMap[Fixture.group("Source \(name)")] = [Fixture.group(name)]
            for member in 0..<members {
                number += 1
                let wanted = member < leaving ? joining : [name]
                records.append(record(number, "U\(number)", "u\(number)", in: wanted.map { "Source \($0)" }))
                world.directory.insert(account(number, "U\(number)", "u\(number)", in: [name]))
            }
        }
        for name in joining { world.policy.groupMap[Fixture.group("Source \(name)")] = [Fixture.group(name)] }
        world.file = records
        return world
    }

    @Test(
        "Few in each of several groups are many; a small group that is emptied does not pass for a large one beside it")
    func together() throws {
        let several = world([("Plant Operators", 20, 8), ("Plant Engineers", 20, 8), ("Plant Guests", 100, 0)])
        #expect(try left(several) == 0)
        let emptied = world([("Plant Operators", 12, 12), ("Plant Engineers", 300, 1)])
        #expect(try left(emptied) == 0)
        #expect(
            try emptied.approved().pending.map(\.explanation) == [
                "13 of 312 memberships would end, more than leave_limit allows at once: "
                    + "Plant Engineers 1 of 300, Plant Operators 12 of 12"
            ])
    }

    @Test("What the same run joins does not make the next one bolder")
    func joinsDoNotCount() throws {
        let world = world([("Plant Operators", 50, 12)], joining: ["Plant Engineers", "Plant Guests"])
        #expect(try world.run().isEmpty)
        #expect(try left(world) == 0)
        #expect(try world.approved().brakes.count == 1)
    }

    @Test("The decision names the groups and how many of their members go")
    func told() throws {
        let world = world(members: 12, leaving: 12, others: 3)
        let approved = try world.approved()
        #expect(
            approved.pending.map(\.explanation) == [
                "12 of 12 memberships would end, more than leave_limit allows at once: "
                    + "Plant Operators 12 of 12"
            ])
        #expect(approved.pending.flatMap(\.members).allSatisfy { $0.group == Fixture.group("Plant Operators") })
    }

    @Test("What else there is to do is done")
    func othersGoOn() throws {
        var world = world(members: 12, leaving: 12)
        world.file.append(record(50, "New", "new", in: ["Operators"]))
        let operations = try world.approved().operations.map(\.line)
        #expect(operations.contains { $0.hasPrefix("create New") })
        #expect(operations.contains("join New → Plant Operators"))
    }

    @Test("Who is missing makes the limit no wider, and who is deactivated leaves by the other limit")
    func missing() throws {
        var world = world(members: 54, leaving: 11) { $0.deactivationLimit = ChangeLimit(percent: 100, count: 1) }
        #expect(try left(world) == 0)
        world.file.removeLast(10)
        let brakes = try world.approved().brakes
        guard case .tooManyLeaves(_, let departures, _)? = brakes.first else { throw Unexpected() }
        #expect(departures.memberships == 44 && departures.count == 11)
        world.policy.deactivatedUsersKeepGroups = false
        #expect(try left(world) == 10)
    }

    @Test("Yes ends them all, no none; neither is asked again, and an answer counts for fewer")
    func answers() throws {
        for leaving in [12, 11] {
            let yes = world(members: 30, leaving: leaving, answers: [decision(0..<12, accept: true)])
            #expect(try left(yes) == leaving)
            #expect(try yes.approved().brakes.isEmpty && yes.approved().pending.isEmpty)
            let no = world(members: 30, leaving: leaving, answers: [decision(0..<12, accept: false)])
            #expect(try left(no) == 0)
            #expect(try no.approved().brakes.isEmpty && no.approved().pending.isEmpty)
        }
    }

    @Test("A yes covers those it was given for; others are judged on their own, and another group is another matter")
    func coverage() throws {
        let few = world(members: 60, leaving: 20, answers: [decision(0..<12, accept: true)])
        #expect(try left(few) == 20)
        let many = world(members: 60, leaving: 30, answers: [decision(0..<12, accept: true)])
        #expect(try left(many) == 12)
        #expect(try many.approved().pending.map(\.members.count) == [18])
        let other = world(
            members: 30, leaving: 12, answers: [decision(0..<12, from: "CN=Plant Engineers", accept: true)])
        #expect(try left(other) == 0)
    }

    @Test("An answer about one person counts before the limit is asked about")
    func individual() throws {
        let no = (0..<2).map { (n: Int) in
            answer(.leave, "U\(n)", id: n, accept: false, group: "CN=Plant Operators")
        }
        let ten = world(members: 30, leaving: 12, answers: no)
        #expect(try left(ten) == 10)
        let eleven = world(members: 30, leaving: 13, answers: no)
        #expect(try left(eleven) == 0)
        #expect(try eleven.approved().pending.map(\.members.count) == [11])
    }

    @Test("A restricted group is held back like the others; out of one with power over the domain people go at once")
    func power() throws {
        let groups = ["Plant Safety", "Plant Backup"]
        let world = ImportCase(
            file: (0..<12).map { (n: Int) in record(n, "U\(n)", "u\(n)") },
            directory: (0..<12).map { (n: Int) in account(n, "U\(n)", "u\(n)", in: Set(groups)) }
        ) { $0.groupMap[Fixture.group("Backup")] = [Fixture.group("Plant Backup")] }
        #expect(try left(world) == 12)
        #expect(
            try world.approved().pending.map { $0.members.compactMap(\.group) } == [
                (0..<12).map { _ in Fixture.group("Plant Safety") }
            ])
    }

    @Test("Where leaving needs approval anyway, each is asked about on its own")
    func approval() throws {
        let world = world(members: 12, leaving: 12) { $0.approvalsOnTop = [.leave] }
        #expect(try world.approved().pending.count == 12)
        #expect(try world.approved().brakes.isEmpty)
    }

    @Test(
        "A file that does not prove that it is complete ends no membership, and nobody is deactivated; it asks nothing")
    func incomplete() throws {
        var world = world(members: 3, leaving: 3)
        world.file.removeLast()
        world.file.append(record(9, "New", "new"))
        world.incompleteness = "the file says that it holds 4 users, and holds 3"
        try expect(
            world,
            tells: """
                create New
                ? enable New (new)
                # the file is incomplete: the file says that it holds 4 users, and holds 3
                """)
    }

    @Test("The decision has one id for the same memberships, whatever the order")
    func identity() throws {
        var world = world(members: 12, leaving: 12)
        let id = try world.plan().questions[0].id
        world.file.reverse()
        #expect(try world.plan().questions[0].id == id)
        world.file.removeLast()
        #expect(try world.plan().questions[0].id != id)
    }
}
