import Approvals
import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("The roster: everybody, with a mark from the plan itself")
struct RosterTests {
    struct Situation: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let world: ImportCase
        /// `Jane: new`, and behind it what an import does.
        let tells: String
    }

    static let jane = record(1, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"])

    static let situations: [Situation] = [
        Situation(
            testDescription: "Nobody here has the person's anchor or name: new",
            world: ImportCase(file: [jane]), tells: "Jane: new; creates, joins Plant Operators; asks enable"),
        Situation(
            testDescription: "As the record wants it: unchanged",
            world: ImportCase(
                file: [jane],
                directory: [
                    account(1, "Jane", "jane", in: ["Plant Operators"], ["mail": "jane@source.test"])
                ]), tells: "Jane: unchanged"),
        Situation(
            testDescription: "An attribute and a group differ: changing",
            world: ImportCase(
                file: [jane], directory: [account(1, "Jane", "jane", in: ["Plant Guests"], ["mail": "old@source.test"])]
            ), tells: "Jane: changing; updates, joins Plant Operators"),
        Situation(
            testDescription: "Only an answer is waited for: unchanged until it is given",
            world: ImportCase(
                file: [record(1, "Jane", "jane", in: ["Safety"])], directory: [account(1, "Jane", "jane")]),
            tells: "Jane: unchanged; asks join"),
        Situation(
            testDescription: "Disabled at the source: changing",
            world: ImportCase(
                file: [record(1, "Jane", "jane", disabled: true)], directory: [account(1, "Jane", "jane")]),
            tells: "Jane: changing; disables"),
        Situation(
            testDescription: "The account name is a stranger's: name taken",
            world: ImportCase(
                file: [record(1, "Jane", "jane")],
                directory: [account(nil, "Jane Elder", "jane", at: Fixture.elsewhere)]),
            tells: "Jane: name-taken; asks name"),
        Situation(
            testDescription: "One name, two records: name taken, for both",
            world: ImportCase(file: [record(1, "Jane", "jane1"), record(2, "Jane", "jane2")]),
            tells: "Jane: name-taken; asks name\nJane: name-taken; asks name"),
        Situation(
            testDescription: "A name that AD refuses: failing",
            world: ImportCase(file: [record(1, "Jane", "jane[1]")]), tells: "Jane: failing"),
        Situation(
            testDescription: "Disabled at the source and without an account: left alone",
            world: ImportCase(file: [record(1, "Jane", "jane", disabled: true)]), tells: "Jane: left-alone"),
        Situation(
            testDescription: "A protected account: left alone",
            world: ImportCase(
                file: [jane], directory: [account(1, "Jane", "jane", protection: .adminCount)]),
            tells: "Jane: left-alone"),
        Situation(
            testDescription: "No record speaks of the account: missing",
            world: ImportCase(file: [jane], directory: [account(2, "Gone", "gone")]),
            tells: "Gone: missing; disables\nJane: new; creates, joins Plant Operators; asks enable"),
        Situation(
            testDescription: "What is switched off is promised to nobody",
            world: ImportCase(
                file: [jane, record(3, "Max", "max", ["mail": "max@source.test"])],
                directory: [account(2, "Gone", "gone"), account(3, "Max", "max")],
                policy: { $0.lifeCycle = LifeCycle(switchedOff: [.create, .update, .deleteMissing]) }),
            tells: "Gone: missing\nJane: left-alone\nMax: unchanged"),
        Situation(
            testDescription: "What a brake holds back is asked of each whom it is about",
            world: ImportCase(
                file: [record(9, "Kept", "kept")],
                directory: [account(1, "One", "one"), account(2, "Two", "two"), account(9, "Kept", "kept")],
                policy: { $0.deactivationLimit = ChangeLimit(percent: 10, count: 1) }),
            tells: "Kept: unchanged\nOne: missing; asks disable\nTwo: missing; asks disable"),
    ]

    @Test("Each mark", arguments: situations)
    func marks(_ situation: Situation) throws {
        let entries = try situation.world.approved().roster.entries
        #expect(entries.map(\.line).joined(separator: "\n") == situation.tells)
        #expect(entries.allSatisfy { $0.mark != .failing && $0.mark != .leftAlone || !$0.reasons.isEmpty })
        #expect(entries.allSatisfy { $0.isImportable == ($0.mark != .missing) })
    }

    @Test("Everything that the plan does and asks stands with somebody, and nothing else", arguments: situations)
    func complete(_ situation: Situation) throws {
        let plan = try situation.world.approved()
        let entries = plan.roster.entries
        #expect(entries.flatMap(\.operations).count == plan.operations.count)
        #expect(Set(entries.flatMap(\.questions).map(\.id)) == Set(plan.plan.questions.map(\.id)))
        let ids = entries.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test("Somebody keeps the id through a rename, another place in the file, and his import")
    func identity() throws {
        var world = ImportCase(file: [record(1, "Jane", "jane"), record(nil, "Otto", "Otto")])
        let before = try world.approved().roster.entries
        try world.run()
        world.file = [record(nil, "Otto Maria", "OTTO"), record(1, "Jane Doe", "jdoe")]
        let after = try world.approved().roster.entries
        #expect(before.map(\.id) == after.map(\.id))
        #expect(Set(before.map(\.id)).count == 2)
    }

    @Test("Memberships that somebody wishes: given where nobody has to approve them, a question where somebody has to")
    func proposals() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane"), record(2, "Max", "max", in: ["Engineers", "Safety"])],
            directory: [
                account(1, "Jane", "jane"),
                account(2, "Max", "max", in: ["Plant Engineers", "Plant Operators", "Plant Safety"]),
            ])
        let plan = try world.approved()
        let entries = plan.roster.entries
        let groups = plan.plan.groups(of: entries[1].dossier)
        #expect(
            groups.map { "\($0.name)\($0.isRestricted ? ", restricted" : "")" } == [
                "Plant Engineers", "Plant Operators", "Plant Safety, restricted",
            ])
        let proposal = plan.plan.propose(
            Set(groups.map(\.group.guid)), to: entries[0].dossier, answers: Answers([]), at: Fixture.now)
        #expect(proposal.waiting == ["Plant Safety"])
        #expect(proposal.grants.map(\.accept) == [true, true, nil])
        world.answers = proposal.grants
        #expect(
            try world.approved().roster.entries[0].line
                == "Jane: changing; joins Plant Engineers, joins Plant Operators; asks grant")
        // Queued as any question is, and asked again by every import until it is answered.
        world.answers = try world.approved().settled(world.answers, unfinished: [], at: Fixture.now)
        try world.run()
        #expect(try world.approved().roster.entries[0].line == "Jane: unchanged; asks grant")
        for index in world.answers.indices { world.answers[index].accept = true }
        #expect(try world.approved().roster.entries[0].line == "Jane: changing; joins Plant Safety")
        for index in world.answers.indices where world.answers[index].group == "CN=Plant Safety" {
            world.answers[index].accept = false
        }
        #expect(try world.approved().roster.entries[0].line == "Jane: unchanged; asks grant")
        #expect(try world.approved().pending.isEmpty)
        let again = plan.plan.propose(
            Set(groups.map(\.group.guid)), to: entries[0].dossier, answers: Answers(world.answers), at: Fixture.now)
        #expect(again.grants.isEmpty && again.waiting.isEmpty)
        #expect(again.rejected == ["Plant Safety"])
    }
}

extension Roster.Entry {
    fileprivate var line: String {
        let done = operations.map { operation in
            switch operation.verb {
            case .create: "creates"
            case .update: "updates"
            case .disable: "disables"
            case .join(let group): "joins \(group)"
            case .leave(let group): "leaves \(group)"
            case .rename, .move, .takeOver, .giveBack, .park, .enable: "\(operation.verb)"
            }
        }
        return [
            "\(person.commonName): \(mark.rawValue)", done.joined(separator: ", "),
            questions.isEmpty ? "" : "asks " + questions.map(\.kind.rawValue).joined(separator: ", "),
        ].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
