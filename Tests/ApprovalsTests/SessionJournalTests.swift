import Directory
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@testable import Approvals

@Suite("A session writes down what it does, as an import does")
struct SessionJournalTests {
    private let world = ImportCase(
        file: [record(1, "Jane", "jane", in: ["Safety"])], directory: [account(2, "Back", "back")])

    @Test("Decisions are announced, with the answer that was given just now, and answered")
    func announced() async throws {
        let journal = Listener(refuses: false)
        let stage = try await SessionCase(world, journal: journal)
        try await stage.decide(.enable, "Jane", .accept(.enable(password: Secret("Lusab-babad-7"))))
        try await stage.decide(.join, "Jane", .accept(.plain))
        #expect(
            journal.heard == [
                "enable Jane, approved", "1 done: true", "join Jane → Plant Safety, approved", "2 done: true",
            ])
    }

    @Test("What cannot be announced is not sent; the answer stays for the next import")
    func refused() async throws {
        let stage = try await SessionCase(world, journal: Listener(refuses: true))
        let before = stage.directory.history.count
        let result = try await stage.decide(.enable, "Jane", .accept(.enable(password: Secret("Lusab-babad-7"))))
        guard case .kept(let why) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(why.contains("the disk is full"))
        #expect(stage.directory.history.count == before)
        #expect(try stage.file.read().contains { $0.kind == .enable && $0.accept == true })
    }
}

private final class Listener: RunJournal {
    private let refuses: Bool
    private let state = Mutex((count: 0, heard: [String]()))

    init(refuses: Bool) { self.refuses = refuses }

    var heard: [String] { state.withLock { $0.heard } }

    func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int {
        if refuses { throw JournalFailure("the disk is full") }
        return state.withLock { state in
            defer { state.count += intentions.count }
            state.heard += intentions.map { $0.operation.line + ($0.approval == nil ? "" : ", approved") }
            return state.count + 1
        }
    }

    func record(_ result: Outcome.Result, of number: Int) {
        state.withLock { $0.heard.append("\(number) done: \(result == .done)") }
    }

    func note(server: String) { state.withLock { $0.heard.append("server \(server)") } }
}
