import Directory
import Foundation
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@testable import Journal

@Suite("Which domain controller a run spoke to")
final class ServerTests {
    private let state: String
    private let folder: JournalFolder
    private let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        state = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        folder = JournalFolder(in: state)
    }

    deinit { try? FileManager.default.removeItem(atPath: state) }

    private static let run = "20261120T081500Z-00000001"
    private static let other = "dc2.target.test"
    private static let server = RunHeader.sample(run, "import").target.server

    /// Two people are created, each on a server of its own; a third one is refused, a fourth one not answered.
    private func create(ends: Bool) async throws {
        let journal = try folder.begin(.sample(Self.run, "import"), now: { Fixture.now })
        let world = ImportCase(file: [
            record(1, "Ann", "ann"), record(2, "Bob", "bob"), record(3, "Cy", "cy"), record(4, "Dee", "dee"),
        ])
        world.directory.refuse { change in
            if case .create(let user) = change, user.accountName == "cy" { return .refused("quota") }
            if case .create(let user) = change, user.accountName == "dee" {
                return DirectoryFailure(kind: .unanswered, message: "lost", server: "dc0.target.test")
            }
            if case .create(let user) = change {
                journal.note(server: user.accountName == "bob" ? Self.other : Self.server)
            }
            return nil
        }
        _ = await Runner(writer: world.directory, journal: journal, logger: silent).apply(try world.approved())
        if ends { try journal.end(.done) }
    }

    @Test("Each answer is that server's that gave it, whether the run ended or not", arguments: [true, false])
    func answers(ends: Bool) async throws {
        try await create(ends: ends)
        let servers = try folder.run(Self.run).steps.map { ($0.intention.person.accountName, $0.server) }
        #expect(servers.first { $0.0 == "ann" }?.1 == Self.server)
        #expect(servers.first { $0.0 == "bob" }?.1 == Self.other)
        #expect(try folder.outline(Self.run).servers == [Self.server, Self.other])
    }

    @Test("What was created elsewhere of late is found, with whom it is for", arguments: [true, false])
    func elsewhere(ends: Bool) async throws {
        try await create(ends: ends)
        func created(elsewhereThan server: String, since time: String = "2026-11-20T00:00:00") throws -> [String] {
            try folder.accountsCreated(since: Fixture.time(time), elsewhereThan: server).map(\.accountName).sorted()
        }
        #expect(try created(elsewhereThan: Self.other) == ["ann", "dee"])
        #expect(try created(elsewhereThan: Self.server) == ["bob", "dee"])
        #expect(try created(elsewhereThan: "dc3.target.test") == ["ann", "bob", "dee"])
        #expect(try created(elsewhereThan: "dc3.target.test", since: "2026-11-20T08:16:00") == [])
        let ann = try #require(
            try folder.accountsCreated(since: Fixture.now, elsewhereThan: Self.other).first { $0.accountName == "ann" })
        #expect(try created(elsewhereThan: "dc0.target.test") == ["ann", "bob"])
        #expect(ann.anchor == Fixture.anchor(1))
        #expect(ann.run == Self.run)
    }

    @Test("Who was announced by a run that was killed may have been created")
    func killed() throws {
        let journal = try folder.begin(.sample(Self.run, "import"), now: { Fixture.now })
        let plan = try ImportCase(file: [record(1, "Ann", "ann")]).approved()
        _ = try journal.announce(plan.operations.map { Intention(operation: $0, approval: nil) })
        let found = try folder.accountsCreated(since: Fixture.now, elsewhereThan: Self.other)
        #expect(found.map(\.accountName) == ["ann"])
        #expect(found.map(\.isConfirmed) == [false])
        #expect(found.map(\.server) == [Self.server])
        // It went on with another server, and was killed then: either may have got the request.
        journal.note(server: Self.other)
        for server in [Self.server, Self.other] {
            let elsewhere = try folder.accountsCreated(since: Fixture.now, elsewhereThan: server)
            #expect(elsewhere.map(\.accountName) == ["ann"])
            #expect(elsewhere.map(\.server) != [server])
        }
    }

    @Test("The same server over and over is noted once, and not in the last line")
    func same() throws {
        let journal = try folder.begin(.sample(Self.run, "import"), now: { Fixture.now })
        for server in [Self.server, Self.server, Self.other, Self.other] { journal.note(server: server) }
        try journal.end(.done)
        let text = try String(contentsOfFile: "\(folder.path)/\(Self.run).jsonl", encoding: .utf8)
        #expect(text.split(separator: "\n").count { $0.contains("\"line\":\"server\"") } == 1)
        #expect(try folder.run(Self.run).unreadable.isEmpty)
    }
}
