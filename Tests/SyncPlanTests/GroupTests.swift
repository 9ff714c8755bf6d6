import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Groups")
struct GroupTests {
    private func world(
        in source: [String], member groups: Set<String> = [], disabled: Bool = false, answers: [Resolution] = [],
        policy: (inout SyncPolicy) -> Void = { _ in }
    ) -> ImportCase {
        ImportCase(
            file: [record(1, "Jane", "jane", in: source, disabled: disabled)],
            directory: [account(1, "Jane", "jane", in: groups, disabled: disabled)], answers: answers, policy: policy)
    }

    @Test(
        "A user is in exactly those mapped groups that group_map gives; other groups are none of our business",
        arguments: [
            (["Operators"], [], "join Jane → Plant Operators"),
            (["operators", "Unmapped"], ["Plant Operators", "Plant Guests"], ""),
            (["Engineers"], [], "join Jane → Plant Engineers\njoin Jane → Plant Operators"),
            (["Engineers", "Operators"], ["Plant Operators"], "join Jane → Plant Engineers"),
            ([], ["Plant Operators", "Plant Guests"], "leave Jane ← Plant Operators"),
            (["Operators"], ["Plant Engineers"], "leave Jane ← Plant Engineers\njoin Jane → Plant Operators"),
        ] as [([String], Set<String>, String)])
    func memberships(source: [String], groups: Set<String>, story: String) throws {
        let world = world(in: source, member: groups)
        try expect(world, tells: story)
        try expectSettled(world)
    }

    @Test("The key * is for every managed user")
    func everyone() throws {
        let world = world(in: [], policy: { $0.groupsForEveryone = [Fixture.group("Plant Guests")] })
        try expect(world, tells: "join Jane → Plant Guests")
    }

    @Test("A mapped group the directory does not have is passed over")
    func missingGroup() throws {
        let world = world(in: ["Ghosts"], policy: { $0.groupMap[Fixture.group("Ghosts")] = [Fixture.group("Boo")] })
        try expect(world, tells: "")
    }

    @Test("Joining a restricted group is asked about; staying and leaving are not")
    func restricted() throws {
        var world = world(in: ["Safety"])
        try expect(world, tells: "? join Jane → Plant Safety (restricted)")
        world.answers = [answer(.join, "Jane", id: 1, group: "CN=Plant Safety")]
        try expect(world, tells: "join Jane → Plant Safety")
        world.answers = [answer(.join, "Jane", id: 1, group: "plant safety")]
        try expect(world, tells: "join Jane → Plant Safety")
        world.answers = [answer(.join, "Jane", id: 1, group: "CN=Plant Operators")]
        try expect(world, tells: "? join Jane → Plant Safety (restricted)")
        world.answers = [answer(.join, "Jane", id: 1, accept: false, group: "CN=Plant Safety")]
        try expect(world, tells: "- join Jane → Plant Safety (restricted)")
        try expect(self.world(in: ["Safety"], member: ["Plant Safety"]), tells: "")
        try expect(self.world(in: [], member: ["Plant Safety"]), tells: "leave Jane ← Plant Safety")
    }

    @Test("A group that is only restricted is not mapped: nobody is taken out of it")
    func restrictedButNotMapped() throws {
        let world = world(in: [], member: ["Plant Guests"]) {
            $0.restrictedGroups.insert(Fixture.group("Plant Guests"))
        }
        try expect(world, tells: "")
    }

    @Test("A group that leads to power over the domain is restricted whatever the configuration says")
    func privileged() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Backup"])], directory: [account(1, "Jane", "jane")],
            others: [.group("Plant Backup", through: ["Plant Backup", "Backup Operators"])]
        ) { $0.groupMap[Fixture.group("Backup")] = [Fixture.group("Plant Backup")] }
        try expect(
            world,
            tells: """
                ? join Jane → Plant Backup (privileged)
                i Plant Backup → Plant Backup → Backup Operators
                """)
    }

    @Test("A disabled record joins nothing more, and keeps its groups unless it is said otherwise")
    func disabledRecord() throws {
        try expect(world(in: ["Operators", "Safety"], disabled: true), tells: "")
        try expect(world(in: ["Operators"], member: ["Plant Operators"], disabled: true), tells: "")
        try expect(
            world(in: ["Operators"], member: ["Plant Operators"], disabled: true) {
                $0.deactivatedUsersKeepGroups = false
            }, tells: "leave Jane ← Plant Operators")
    }

    @Test("Who is missing keeps his groups, or leaves all mapped ones", arguments: [true, false])
    func missing(keeps: Bool) throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane")],
            directory: [
                account(1, "Jane", "jane"), account(2, "Gone", "gone", in: ["Plant Operators", "Plant Guests"]),
                account(3, "Long Gone", "long", in: ["Plant Safety"], disabled: true),
            ]
        ) { $0.deactivatedUsersKeepGroups = keeps }
        try expect(
            world,
            tells: keeps
                ? "disable Gone (missing)"
                : """
                leave Long Gone ← Plant Safety
                disable Gone (missing)
                leave Gone ← Plant Operators
                """)
        try expectSettled(world)
        #expect(world.directory.account("gone")?.groups.contains("Plant Guests") == true)
    }

    @Test("Leaving can need approval, for those who are deactivated, too")
    func leavingNeedsApproval() throws {
        var world = world(in: [], member: ["Plant Operators"]) { $0.approvalsOnTop = [.leave] }
        try expect(world, tells: "? leave Jane ← Plant Operators")
        world.answers = [answer(.leave, "Jane", id: 1, group: "CN=Plant Operators")]
        try expect(world, tells: "leave Jane ← Plant Operators")
        world.policy.deactivatedUsersKeepGroups = false
        world.answers = []
        world.file = [record(1, "Jane", "jane", in: ["Operators"], disabled: true)]
        try expect(world, tells: "disable Jane (source)\n? leave Jane ← Plant Operators")
    }

    @Test("A grant is a membership on top of group_map, restricted or not, until it is taken back")
    func grants() throws {
        var world = world(
            in: [], answers: [answer(.grant, "Jane", id: 1, group: "CN=Plant Safety", at: "2026-11-01")])
        try expect(world, tells: "join Jane → Plant Safety")
        try expectSettled(world)
        #expect(try world.plan().standingAnswers == world.answers)
        world.answers.append(answer(.grant, "Jane", id: 1, accept: false, group: "CN=Plant Safety", at: "2026-11-02"))
        try expect(world, tells: "leave Jane ← Plant Safety")
        #expect(try world.plan().standingAnswers.isEmpty)
    }

    @Test("A grant that names somebody by nothing but the name leaves the file, and that is told")
    func grantByName() throws {
        let plan = try world(in: [], answers: [answer(.grant, "Jane", group: "CN=Plant Safety")]).plan()
        #expect(plan.standingAnswers.isEmpty)
        guard case .unusableAnswer(nil, let person, let why)? = plan.notices.first else {
            Issue.record("nothing is told: \(plan.notices)")
            return
        }
        #expect(person.commonName == "Jane")
        #expect(why.contains("CN=Plant Safety") && why.contains("\(Fixture.anchor(1))"))
    }

    @Test("A grant for a group that is not mapped gives nothing")
    func unmappedGrant() throws {
        let world = world(in: [], answers: [answer(.grant, "Jane", id: 1, group: "CN=Plant Guests")])
        try expect(world, tells: "")
    }

    @Test(
        "Grants and names stay while the person is missing, disabled, faulty, in conflict, or the file is empty",
        arguments: [
            [], [record(2, "John", "john")], [record(1, "Jane", "jane", disabled: true)],
            [record(1, "Jane", "a/b")], [record(1, "Jane", "stranger")],
        ])
    func standingAnswers(file: [SourceUser]) throws {
        let world = ImportCase(
            file: file,
            directory: [
                account(1, "Jane of Plant", "jane"), account(nil, "S", "stranger", at: Fixture.elsewhere),
            ],
            answers: [
                answer(.grant, "Jane", id: 1, group: "CN=Plant Operators"),
                answer(.name, "Jane", id: 1, name: "Jane", newName: "Jane of Plant"),
            ])
        #expect(try Set(world.plan().standingAnswers) == Set(world.answers))
    }

    @Test("A name answer goes when the account is gone")
    func nameOfNobody() throws {
        let world = ImportCase(
            file: [record(2, "John", "john")],
            answers: [answer(.name, "Jane", id: 1, name: "Jane", newName: "Jane of Plant")])
        #expect(try world.plan().standingAnswers.isEmpty)
    }

    @Test("An answer by name gets the anchor of who is adopted")
    func adoptedAnswers() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(nil, "Jane", "jane")],
            answers: [answer(.grant, "JANE", group: "Plant Operators")])
        #expect(try world.plan().standingAnswers.map(\.anchor) == [Fixture.anchor(1)])
    }
}
