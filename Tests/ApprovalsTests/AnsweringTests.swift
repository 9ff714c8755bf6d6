import Directory
import SyncPlan
import SyncTestSupport
import Testing

@testable import Approvals

@Suite("An operator's word about entries of the file")
struct AnsweringTests {
    private let now = Fixture.time("2026-11-20T10:00:00")

    @Test(
        "Each entry has a state; a name and a grant stay in force",
        arguments: [
            (ActionKind.enable, nil, Resolution.State.waiting), (.enable, true, .accepted), (.enable, false, .rejected),
            (.disable, true, .accepted), (.join, true, .accepted), (.leave, true, .accepted),
            (.name, true, .standing), (.name, false, .rejected), (.grant, true, .standing), (.grant, nil, .waiting),
        ])
    func state(kind: ActionKind, accept: Bool?, state: Resolution.State) {
        #expect(answer(kind, "Jane", accept: accept).state == state)
    }

    // MARK: one entry

    @Test("An answer keeps id, anchor, members and reason, and has the time it was given")
    func keeps() throws {
        var entry = entry("aaaa000001", .disable, "*", accept: nil)
        entry.members = [Resolution.Member(user: "Jane", anchor: Fixture.anchor(1))]
        entry.reason = "many at once"
        var expected = entry
        expected.accept = true
        expected.timestamp = now
        #expect(try entry.decided(.accept(.plain), at: now) == expected)
        expected.accept = false
        #expect(try entry.decided(.reject, at: now) == expected)
    }

    @Test(
        "What is accepted says how",
        arguments: [
            (ActionKind.enable, Decision.Acceptance.enable(password: Secret("Geheim-1"))),
            (.enable, .enable(password: nil)), (.name, .newName("jane2")), (.name, .takeOver(.holder)),
            (.name, .takeOver(.account("jane"))), (.join, .plain), (.leave, .plain), (.disable, .plain),
            (.grant, .plain),
        ])
    func accepted(kind: ActionKind, acceptance: Decision.Acceptance) throws {
        let before = entry("aaaa000001", kind, "Jane", accept: nil)
        let after = try #require(try before.decided(.accept(acceptance), at: now))
        #expect(after.accept == true && after.id == before.id && after.anchor == before.anchor)
        #expect(after.password == (acceptance == .enable(password: Secret("Geheim-1")) ? Secret("Geheim-1") : nil))
        #expect(after.keepPassword == (acceptance == .enable(password: nil)))
        #expect(after.newName == (acceptance == .newName("jane2") ? "jane2" : nil))
        if case .takeOver(let account, _) = acceptance {
            #expect(after.takeOver == account)
        } else {
            #expect(after.takeOver == nil)
        }
    }

    @Test(
        "An acceptance of another kind is refused",
        arguments: [
            (ActionKind.enable, Decision.Acceptance.plain), (.enable, .newName("x")), (.name, .plain),
            (.name, .enable(password: nil)), (.join, .enable(password: nil)), (.join, .newName("x")),
            (.disable, .takeOver(.holder)), (.grant, .enable(password: nil)),
        ])
    func misfit(kind: ActionKind, acceptance: Decision.Acceptance) {
        #expect(throws: AnsweringError.self) {
            try entry("aaaa000001", kind, "Jane", accept: nil).decided(.accept(acceptance), at: now)
        }
    }

    @Test("Rejected or waiting again, an entry carries no password and nothing else of the answer")
    func carriesNothing() throws {
        var accepted = entry("aaaa000001", .enable, "Jane", accept: true)
        accepted.password = Secret("Geheim-1")
        accepted.keepPassword = true
        for decision in [Decision.reject, .reset] {
            let after = try #require(try accepted.decided(decision, at: now))
            #expect(after.password == nil && !after.keepPassword)
        }
        var name = entry("aaaa000002", .name, "Jane", accept: true)
        name.newName = "jane2"
        name.takeOver = .holder
        let waiting = try #require(try name.decided(.reset, at: now))
        #expect(waiting.accept == nil && waiting.newName == nil && waiting.takeOver == nil)
        #expect(waiting.state == .waiting)
    }

    @Test("A grant that is taken back leaves the file", arguments: [true, false])
    func grant(accept: Bool) throws {
        #expect(try answer(.grant, "Jane", accept: accept, group: "CN=Plant").decided(.reset, at: now) == nil)
    }

    // MARK: the file

    @Test("Answers stand in the place of the questions; the others are left alone")
    func inPlace() throws {
        let file = [
            entry("aaaa000001", .enable, "Jane", accept: nil), entry("aaaa000002", .join, "Jane", accept: nil),
            entry("aaaa000003", .grant, "Jane", accept: true),
        ]
        let after = try file.deciding([(file[1], .reject), (file[2], .reset)], at: now)
        #expect(after.map(\.id) == ["aaaa000001", "aaaa000002"])
        #expect(after[0] == file[0] && after[1].accept == false)
    }

    @Test("A question that an import refreshed meanwhile is still the same")
    func refreshed() throws {
        let read = entry("aaaa000001", .enable, "Jane", accept: nil)
        var fresh = read
        fresh.user = "Jane Roe"
        fresh.reason = "another reason"
        let after = try [fresh].deciding([(read, .accept(.enable(password: nil)))], at: now)
        #expect(after.map(\.user) == ["Jane Roe"] && after.map(\.accept) == [true])
    }

    @Test("One that was answered or left meanwhile: nothing is decided, and each is named")
    func meanwhile() throws {
        let read = [
            entry("aaaa000001", .enable, "Jane", accept: nil), entry("aaaa000002", .join, "Jane", accept: nil),
            entry("aaaa000003", .leave, "Jane", accept: nil),
        ]
        var file = [read[0], read[2]]
        file[0].accept = false
        do {
            _ = try file.deciding(read.map { ($0, .reject) }, at: now)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.problems.count == 2)
            #expect(error.problems[0].hasPrefix("aaaa000001: enable for Jane is not waiting any more"))
            #expect(error.problems[1].hasPrefix("aaaa000002: "))
        }
    }

    @Test("Entries written by hand, without an id, can be answered too")
    func byHand() throws {
        let file = [
            answer(.join, "Jane", accept: nil, group: "CN=A"), answer(.join, "Jane", accept: nil, group: "CN=B"),
        ]
        let after = try file.deciding([(file[1], .accept(.plain))], at: now)
        #expect(after.map(\.accept) == [nil, true])
    }
}

/// An entry as an import queues it.
func entry(_ id: String, _ kind: ActionKind, _ user: String, accept: Bool?) -> Resolution {
    var entry = answer(
        kind, user, id: 1, accept: accept, group: [.join, .leave, .grant].contains(kind) ? "CN=Plant" : nil,
        name: kind == .name ? "jane" : nil)
    entry.id = id
    return entry
}
