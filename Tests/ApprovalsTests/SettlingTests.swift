import Approvals
import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("What the resolutions file holds after a run")
struct SettlingTests {
    private func settled(_ world: ImportCase, failing: Bool = false) throws -> [Resolution] {
        let approved = try world.approved()
        let unfinished = failing ? Set(approved.operations.compactMap(\.fulfils)) : []
        return approved.settled(world.answers, unfinished: unfinished, at: world.now)
    }

    private let returning = ImportCase(
        file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane", disabled: true)])

    @Test("A pending question is queued once, with its id, anchor and first time")
    func queued() throws {
        var world = returning
        world.answers = try settled(world)
        #expect(world.answers.count == 1)
        #expect(world.answers[0].kind == .enable && world.answers[0].accept == nil)
        #expect(world.answers[0].anchor == Fixture.anchor(1) && world.answers[0].id != nil)
        #expect(world.answers[0].timestamp == world.now)
        let first = world.answers
        world.now = Fixture.time("2026-11-20T09:00:00")
        #expect(try settled(world) == first)
        world.answers += first
        #expect(try settled(world) == first)
    }

    @Test("What an operator prepared before accepting stays")
    func prepared() throws {
        var world = returning
        world.answers = [answer(.enable, "Jane", id: 1, accept: nil, password: "Geheim-1", keepPassword: true)]
        let entry = try #require(try settled(world).first)
        #expect(entry.password == Secret("Geheim-1") && entry.keepPassword)
    }

    @Test("Accepted and done: the entry leaves with its password; accepted and failed: it stays")
    func accepted() throws {
        var world = returning
        world.answers = [answer(.enable, "Jane", id: 1, password: "Geheim-1")]
        #expect(try settled(world).isEmpty)
        let kept = try settled(world, failing: true)
        #expect(kept.map(\.password) == [Secret("Geheim-1")] && kept.map(\.accept) == [true])
    }

    @Test("Accepted, but not as it can be performed: the entry stays for the operator to complete")
    func unusable() throws {
        var world = returning
        world.answers = [answer(.enable, "Jane", id: 1)]
        let kept = try settled(world)
        #expect(kept.map(\.accept) == [true] && kept[0].id != nil)
        #expect(try ImportCase.again(world, with: kept) == kept)
    }

    @Test("Rejected: stays, once, and is not asked again")
    func rejected() throws {
        var world = returning
        world.answers = [
            answer(.enable, "Jane", id: 1, accept: false, at: "2026-11-01"),
            answer(.enable, "Jane", id: 1, accept: false, at: "2026-11-02"),
            answer(.enable, "Jane", id: 1, accept: nil, at: "2026-11-03"),
        ]
        let kept = try settled(world)
        #expect(kept.map(\.accept) == [false] && kept[0].timestamp == Fixture.time("2026-11-02"))
        #expect(try ImportCase.again(world, with: kept) == kept)
    }

    @Test("An entry without an anchor gets it when it was used or kept")
    func adopting() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Safety"])],
            directory: [account(nil, "Jane", "jane", disabled: true)],
            answers: [
                answer(.enable, "Jane", accept: false), answer(.grant, "Jane", group: "CN=Plant Operators"),
                answer(.join, "Jane", accept: nil, group: "CN=Plant Safety"),
            ])
        let kept = try settled(world)
        #expect(kept.count == 3)
        #expect(kept.allSatisfy { $0.anchor == Fixture.anchor(1) })
        #expect(try world.run().isEmpty)
        #expect(try ImportCase.again(world, with: kept).count == 3)
    }

    @Test("An entry whose reason is gone is dropped")
    func obsolete() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane")],
            answers: [
                answer(.enable, "Jane", id: 1, accept: false), answer(.enable, "Nobody", password: "Geheim-1"),
                answer(.join, "Jane", id: 1, accept: nil, group: "CN=Plant Safety"),
                answer(.disable, "Jane", id: 1, accept: true), answer(.leave, "Jane", accept: true, group: "CN=X"),
                answer(.name, "Nobody", id: 9, name: "x", newName: "y"),
            ])
        #expect(try settled(world).isEmpty)
    }

    @Test("Names and grants stay; an answer that stands and is asked about stands once")
    func standing() throws {
        var world = ImportCase(
            file: [record(1, "Jane", "jane")],
            directory: [account(nil, "J", "jane", at: Fixture.elsewhere, protection: .adminCount)],
            answers: [answer(.name, "Jane", name: "jane", takeOver: .holder)])
        let refused = try settled(world)
        #expect(refused.count == 1 && refused[0].takeOver == .holder && refused[0].id != nil)
        #expect(try ImportCase.again(world, with: refused) == refused)
        world.answers = [answer(.name, "Jane", name: "jane", newName: "jane2")]
        let renamed = try settled(world)
        #expect(renamed.filter { $0.kind == .name }.map(\.newName) == ["jane2"])
        #expect(try world.run().isEmpty)
        #expect(try ImportCase.again(world, with: renamed) == renamed)
    }

    @Test("A decision about many keeps its people; rejected, it stays as long as it is about anybody")
    func together() throws {
        var world = ImportCase(
            file: [record(99, "Stays", "stays")],
            directory: (0..<12).map { (n: Int) in account(n, "U\(n)", "u\(n)") } + [account(99, "Stays", "stays")])
        world.answers = try settled(world)
        #expect(world.answers.map(\.members.count) == [12])
        world.answers[0].accept = false
        #expect(try settled(world) == world.answers)
        world.file.append(record(3, "U3", "u3").at(2))
        let fewer = try settled(world)
        #expect(fewer.map(\.members) == world.answers.map(\.members) && fewer.map(\.accept) == [false])
        world.answers[0].accept = true
        #expect(try settled(world).isEmpty)
        #expect(try settled(world, failing: true).map(\.members.count) == [12])
    }

    @Test("A file without users leaves everything as it is")
    func emptyFile() throws {
        var world = returning
        world.file = []
        world.answers = [
            answer(.enable, "Jane", id: 1, password: "Geheim-1"), answer(.enable, "Jane", id: 1, accept: nil),
            answer(.join, "Nobody", accept: false, group: "CN=X"),
        ]
        #expect(try settled(world) == world.answers)
    }
}

extension ImportCase {
    /// What the file would hold after one more run.
    static func again(_ world: ImportCase, with answers: [Resolution]) throws -> [Resolution] {
        var world = world
        world.answers = answers
        return try world.approved().settled(answers, unfinished: [], at: world.now)
    }
}
