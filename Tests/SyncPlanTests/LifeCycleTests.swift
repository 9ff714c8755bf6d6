import Approvals
import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("A part of the life cycle")
struct LifeCycleTests {
    /// Something of everything.
    private func world(_ off: Set<LifeCycle.Step>, answers: [Resolution] = []) -> ImportCase {
        ImportCase(
            file: [
                record(1, "New", "new", in: ["Operators", "Safety"]),
                record(2, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"]),
                record(3, "Left", "left", disabled: true), record(4, "Back", "back"), record(5, "Renamed", "old"),
                record(6, "Held", "stranger"),
            ],
            directory: [
                account(2, "Jane", "jane", in: ["Plant Engineers"], expires: .at(Fixture.time("2026-12-01T00:00:00"))),
                account(3, "Left", "left"), account(4, "Back", "back", disabled: true), account(5, "Old", "old"),
                account(7, "Gone", "gone"), account(nil, "Unknown", "unknown"),
                account(nil, "Stranger", "stranger", at: Fixture.elsewhere),
            ], answers: answers
        ) { $0.lifeCycle = LifeCycle(switchedOff: off) }
    }

    private func lines(_ off: Set<LifeCycle.Step>, answers: [Resolution] = []) throws -> Set<String> {
        Set(try world(off, answers: answers).approved().lines.map { $0.hasPrefix("? name ") ? "? name Held" : $0 })
    }

    @Test(
        "A step that is switched off is not done and not asked, everything else is; the report tells whom it concerns",
        arguments: LifeCycle.Step.allCases)
    func switchedOff(_ step: LifeCycle.Step) throws {
        let (withheld, told): (Set<String>, Set<String>) =
            switch step {
            case .create:
                (
                    [
                        "create New", "join New → Plant Operators", "? join New → Plant Safety (restricted)",
                        "? enable New (new)", "? name Held",
                    ], ["i create is off: Held, New"]
                )
            case .update:
                (
                    [
                        "update Jane: mail=jane@source.test, expires 2026-12-21T08:15:00",
                        "join Jane → Plant Operators", "leave Jane ← Plant Engineers", "rename Old to Renamed",
                    ], ["update Jane: expires 2026-12-21T08:15:00", "i update is off: Jane, Renamed"]
                )
            case .delete: (["disable Left (source)"], ["i delete is off: Left"])
            case .deleteMissing:
                (
                    ["disable Gone (missing)", "? disable Unknown (unknown)"],
                    ["i delete_missing is off: Gone, Unknown"]
                )
            case .restore: (["? enable Back (returned)"], ["i restore is off: Back"])
            }
        let whole = try lines([])
        #expect(withheld.isSubset(of: whole))
        #expect(try lines([step]) == whole.subtracting(withheld).union(told))
    }

    @Test("All switched off: nothing is done but the lease of those who are there, and five sentences say so")
    func everything() throws {
        let told = try lines(Set(LifeCycle.Step.allCases))
        #expect(told.filter { !$0.hasPrefix("i ") } == ["update Jane: expires 2026-12-21T08:15:00"])
        #expect(told.count { $0.hasPrefix("i ") } == 5)
    }

    @Test("A switch that concerns nobody is told, too")
    func nobody() throws {
        let world = ImportCase(file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane")]) {
            $0.lifeCycle = LifeCycle(switchedOff: [.restore])
        }
        try expect(world, tells: "i restore is off: ")
    }

    @Test(
        "A take-over is a creation, and is told to whoever the run is for; of others it says nothing",
        arguments: [1, 2])
    func takeOver(meant: Int) throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jdoe"), record(2, "New", "new")],
            directory: [account(nil, "J. Doe", "jdoe", at: Fixture.elsewhere)],
            answers: [answer(.name, "Jane", id: 1, name: "jdoe", takeOver: .holder)]
        ) { $0.lifeCycle = LifeCycle(switchedOff: [.create]) }
        world.part = [meant]
        try expect(world, tells: "i create is off: \(meant == 1 ? "Jane" : "New")")
    }

    @Test("Access that runs out earlier does so, although updates are switched off")
    func shortening() throws {
        let end = AccountExpiry.at(Fixture.time("2026-11-25T00:00:00"))
        let world = ImportCase(
            file: [record(1, "Jane", "jane", expires: end, ["mail": "j@source.test"])],
            directory: [account(1, "Jane", "jane")]
        ) { $0.lifeCycle = LifeCycle(switchedOff: [.update]) }
        try expect(world, tells: "update Jane: expires 2026-11-25T00:00:00\ni update is off: Jane")
    }

    @Test("Nobody is created under a name that its holder would give up, were updates not switched off")
    func namesInUse() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane2"), record(2, "Other Jane", "jane")],
            directory: [account(1, "Jane", "jane")]
        ) { $0.lifeCycle = LifeCycle(switchedOff: [.update]) }
        let lines = try world.approved().lines
        #expect(!lines.contains("create Other Jane"))
        #expect(lines.contains { $0.hasPrefix("! Other Jane: sAMAccountName: \"jane\" is still held by Jane") })
    }

    @Test("Memberships that end because an account is deactivated belong to that")
    func groupsOfLeavers() throws {
        let world = ImportCase(
            file: [record(1, "Left", "left", disabled: true)],
            directory: [
                account(1, "Left", "left", in: ["Plant Operators"], disabled: true),
                account(2, "Gone", "gone", in: ["Plant Operators"], disabled: true),
            ]
        ) {
            $0.deactivatedUsersKeepGroups = false
            $0.lifeCycle = LifeCycle(switchedOff: [.delete])
        }
        try expect(world, tells: "leave Gone ← Plant Operators\ni delete is off: Left")
    }

    @Test("What was answered to what is switched off stays, and is performed once that is switched on again")
    func answersStay() throws {
        let answers = [
            answer(.enable, "Back", id: 4, password: "Geheim-1"), answer(.disable, "Gone", id: 7, accept: false),
            answer(.join, "New", id: 1, group: "CN=Plant Safety"),
        ]
        let world = world([.create, .restore, .deleteMissing], answers: answers)
        let kept = try world.approved().settled(answers, unfinished: [], at: world.now)
        #expect(Set(kept.filter { $0.accept != nil }) == Set(answers))
        #expect(!kept.contains { $0.accept == nil && $0.user == "Back" })
        let again = try lines([], answers: kept)
        #expect(again.isSuperset(of: ["enable Back", "join New → Plant Safety", "- disable Gone (missing)"]))
    }
}
