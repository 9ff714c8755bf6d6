import Directory
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@Suite("Nothing is sent that the journal does not hold")
struct AnnouncingTests {
    private let world = ImportCase(
        file: [record(1, "Jane", "jane", in: ["Operators"]), record(2, "John Roe", "john", in: ["Operators"])],
        directory: [account(2, "John Doe", "john"), account(5, "Gone", "gone")],
        answers: [answer(.enable, "Jane", password: "Geheim-1")])

    private func outcomes(_ journal: MemoryJournal) async throws -> [Outcome] {
        let writer = ListeningWriter(directory: world.directory, journal: journal)
        return await Runner(writer: writer, journal: journal, logger: .silent).apply(try world.approved())
    }

    @Test("Each stage is announced as a whole, then sent, then answered")
    func order() async throws {
        let journal = MemoryJournal()
        let outcomes = try await outcomes(journal)
        let stages = Dictionary(grouping: outcomes, by: \.operation.stage).sorted { $0.key < $1.key }.map(\.value.count)
        #expect(stages.count == 5)
        var expected: [String] = []
        var number = 1
        for count in stages {
            expected.append("announced \(number)-\(number + count - 1)")
            expected.append("sent \(count)")
            expected += (number..<number + count).map { "answered \($0): done" }
            number += count
        }
        #expect(journal.events == expected)
    }

    @Test("What fails and what is skipped is recorded under its number")
    func answers() async throws {
        world.directory.refuse { if case .create = $0 { .refused("quota") } else { nil } }
        let journal = MemoryJournal()
        let outcomes = try await outcomes(journal)
        for (index, outcome) in outcomes.enumerated() {
            let word =
                switch outcome.result {
                case .done: "done"
                case .failed: "failed"
                case .skipped: "skipped"
                }
            #expect(journal.events.contains("answered \(index + 1): \(word)"))
        }
        #expect(journal.events.contains { $0.hasSuffix("failed") })
        #expect(journal.events.contains { $0.hasSuffix("skipped") })
    }

    @Test("A journal that gives up before a stage: neither it nor what follows is sent", arguments: 0...5)
    func givesUp(after stages: Int) async throws {
        let journal = MemoryJournal(stages: stages)
        let outcomes = try await outcomes(journal)
        let planned = try ImportCase.operationsByStage(outcomes)
        let announced = planned.prefix(stages).flatMap(\.self)
        #expect(world.directory.history == announced.map(\.change))
        #expect(outcomes.count == planned.flatMap(\.self).count)
        for outcome in outcomes.dropFirst(announced.count) {
            guard case .failed(let failure) = outcome.result else {
                Issue.record("\(outcome.operation.line) is told as done")
                continue
            }
            #expect(failure.kind == .notSent)
            #expect(failure.message.contains("the disk is full"))
        }
        #expect(outcomes.prefix(announced.count).allSatisfy { $0.isDone })
    }

    @Test("The answer that allowed an operation comes with it")
    func approvals() async throws {
        let journal = MemoryJournal()
        _ = try await outcomes(journal)
        let approved = journal.intentions.filter { $0.approval != nil }
        #expect(approved.map(\.operation.line) == ["enable Jane"])
        #expect(approved.first?.approval?.kind == .enable)
        #expect(approved.first?.approval?.answered == Fixture.time("2026-11-20T08:00:00"))
        #expect(approved.first?.approval?.id == approved.first?.operation.fulfils?.description)
    }

    @Test("A take-over rests on the answer about the name")
    func takeOver() async throws {
        let world = ImportCase(
            file: [record(4, "Taken", "taken")],
            directory: [account(nil, "T", "taken", at: Fixture.elsewhere)],
            answers: [answer(.name, "Taken", id: 4, name: "taken", takeOver: .holder)])
        let journal = MemoryJournal()
        _ = await Runner(writer: world.directory, journal: journal, logger: .silent).apply(try world.approved())
        let move = journal.intentions.first { if case .takeOver = $0.operation.verb { true } else { false } }
        #expect(move?.approval?.kind == .name)
    }

    @Test("What is replaced is known with its old value: expiry too")
    func oldExpiry() async throws {
        let end = AccountExpiry.at(Fixture.time("2030-01-01T00:00:00"))
        let world = ImportCase(
            file: [record(1, "Jane", "jane")], directory: [account(1, "Jane", "jane", expires: end)])
        let journal = MemoryJournal()
        _ = await Runner(writer: world.directory, journal: journal, logger: .silent).apply(try world.approved())
        guard case .update(_, let update)? = journal.intentions.first?.operation.change else {
            Issue.record("no update")
            return
        }
        #expect(update.expiry?.old == end)
        #expect(update.expiry?.new == Fixture.usualEnd)
    }
}

/// Takes so many stages, and then no more.
final class MemoryJournal: RunJournal {
    private struct State {
        var stages: Int
        var intentions: [Intention] = []
        var events: [String] = []
    }

    private let state: Mutex<State>

    init(stages: Int = .max) { state = Mutex(State(stages: stages)) }

    var events: [String] { state.withLock { $0.events } }
    var intentions: [Intention] { state.withLock { $0.intentions } }

    func note(_ event: String) { state.withLock { $0.events.append(event) } }

    func note(server: String) { note("server \(server)") }

    func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int {
        let first = state.withLock { state -> Int? in
            guard state.stages > 0 else { return nil }
            state.stages -= 1
            let first = state.intentions.count + 1
            state.intentions += intentions
            state.events.append("announced \(first)-\(state.intentions.count)")
            return first
        }
        guard let first else { throw JournalFailure("the disk is full") }
        return first
    }

    func record(_ result: Outcome.Result, of number: Int) {
        switch result {
        case .done: note("answered \(number): done")
        case .failed: note("answered \(number): failed")
        case .skipped: note("answered \(number): skipped")
        }
    }
}

private struct ListeningWriter: DirectoryWriter {
    let directory: InMemoryDirectory
    let journal: MemoryJournal

    func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        journal.note("sent \(changes.count)")
        await directory.apply(changes, outcome: outcome)
    }
}

extension ImportCase {
    fileprivate static func operationsByStage(_ outcomes: [Outcome]) throws -> [[Operation]] {
        Dictionary(grouping: outcomes.map(\.operation), by: \.stage).sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
