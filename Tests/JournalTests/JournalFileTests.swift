import Directory
import Foundation
import Glibc
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@testable import Journal

@Suite("The journal of a run on disk")
final class JournalFileTests {
    private let state: String
    private let folder: JournalFolder

    init() throws {
        state = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        folder = JournalFolder(in: state)
    }

    deinit { try? FileManager.default.removeItem(atPath: state) }

    private static let first = "20261120T081500Z-00000001"

    private func begin(_ id: String = first, command: String = "import") throws -> JournalFile {
        try folder.begin(.sample(id, command), now: { Fixture.now })
    }

    /// Everything a run can do, in one: ten verbs, octets, a password, a refusal.
    private static func world() -> ImportCase {
        var world = ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"]),
                record(2, "New", "new", in: ["Operators"]), record(3, "John Roe", "john"), record(4, "Taken", "taken"),
                record(6, "Anna", "anna"), record(7, "Bert", "bert"),
                record(8, "Mover", "mover"),
            ],
            directory: [
                account(1, "Jane", "jane", in: ["Plant Engineers"], disabled: true), account(3, "John Doe", "john"),
                account(5, "Gone", "gone"), account(nil, "T", "taken", at: Fixture.elsewhere),
                account(6, "Bert", "anna"), account(7, "Anna", "bert"),
                account(8, "Mover", "mover"),
            ],
            answers: [
                answer(.enable, "Jane", id: 1, password: "Geheim-1"), answer(.enable, "New", password: "Geheim-2"),
                answer(.name, "Taken", id: 4, name: "taken", takeOver: .holder),
            ])
        world.units = [7: Fixture.name("OU=Deep")]
        world.directory.refuse { if case .update = $0 { .refused("mail") } else { nil } }
        return world
    }

    private func perform(_ world: ImportCase, _ journal: JournalFile) async throws -> [Outcome] {
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return await Runner(writer: world.directory, journal: journal, logger: silent).apply(try world.approved())
    }

    private func bytes(_ id: String = first) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(folder.path)/\(id).jsonl"))
    }

    private func replace(_ bytes: Data, _ id: String = first) throws {
        try bytes.write(to: URL(filePath: "\(folder.path)/\(id).jsonl"))
    }

    @Test("What was done is read back as it was: every verb, each with its answer")
    func roundTrip() async throws {
        let journal = try begin()
        let outcomes = try await perform(Self.world(), journal)
        try journal.end(.partlyFailed)
        let run = try folder.run(Self.first)
        // An import gives no account back; the tests of the undo do.
        #expect(
            Set(run.steps.map(\.intention.verb)) == Set(RecordedIntention.Verb.allCases).subtracting([.giveBack]))
        #expect(run.steps.map(\.intention.number) == Array(1...outcomes.count))
        for (step, outcome) in zip(run.steps, outcomes) {
            #expect(
                step.intention
                    == RecordedIntention(
                        Intention(operation: outcome.operation, approval: nil), number: step.intention.number,
                        at: step.intention.at
                    ).approved(step.intention.approval))
            #expect(
                step.answer
                    == RecordedAnswer(
                        outcome.result, number: step.intention.number, at: step.answer?.at ?? ""))
        }
        #expect(run.header == .sample(Self.first, "import"))
        #expect(run.unreadable == [])
        #expect(run.end?.result == .partlyFailed)
        #expect(run.end?.operations.done.values.reduce(0, +) == outcomes.count { $0.isDone })
        #expect(run.counts.failed + run.counts.skipped == outcomes.count { !$0.isDone })
        #expect(run.counts.unanswered == 0)
    }

    @Test("Before-values: what an undo needs of a rename, a deactivation, an expiry")
    func beforeValues() async throws {
        let journal = try begin()
        _ = try await perform(Self.world(), journal)
        let steps = try folder.run(Self.first).steps.map(\.intention)
        func change(_ verb: RecordedIntention.Verb, _ attribute: String) -> AttributeChange? {
            steps.filter { $0.verb == verb }.flatMap { $0.changes ?? [] }.first { $0.attribute == attribute }
        }
        #expect(change(.disable, "userAccountControl")?.before.first?.value == .text("512"))
        #expect(change(.disable, "userAccountControl")?.after.first?.value == .text("514"))
        #expect(change(.enable, "userAccountControl")?.before.first?.value == .text("514"))
        let rename = change(.rename, "distinguishedName")
        #expect(rename?.before.first?.value.text?.hasPrefix("CN=") == true)
        #expect(rename?.before != rename?.after)
        #expect(change(.takeOver, "distinguishedName")?.before.first?.value.text?.hasPrefix("CN=T,") == true)
        #expect(steps.allSatisfy { $0.verb == .create || $0.account.guid != nil || $0.person.commonName == "New" })
        #expect(steps.filter { $0.verb == .join }.allSatisfy { $0.group?.guid != nil })
    }

    @Test("No password is in it, in no form", arguments: ["Geheim-1", "Geheim-2"])
    func secrets(_ password: String) async throws {
        let journal = try begin()
        _ = try await perform(Self.world(), journal)
        try journal.end(.done)
        let bytes = try bytes()
        let forms = [
            Data(password.utf8), Data(Data(password.utf8).base64EncodedString().utf8),
            Data("\"\(password)\"".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        ]
        for form in forms { #expect(bytes.firstRange(of: form) == nil) }
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""password":"set""#))
    }

    @Test(
        "Octets and texts of every kind survive",
        arguments: [
            AttributeValue.text("plain"), .text("two\nlines \u{2028} \"quoted\" \\ \u{0}"), .text("u\u{308}"),
            .binary([0, 0xFF, 0xFE, 10, 13]),
        ])
    func values(_ value: AttributeValue) throws {
        let change = AttributeChange(attribute: "x", before: [RecordedValue(value)], after: [])
        let line = try JSONEncoder().encode(change)
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(try JSONDecoder().decode(AttributeChange.self, from: line) == change)
    }

    @Test("A file that is imported again in the same run stands in its journal")
    func importedAgain() throws {
        let journal = try begin()
        let file = try #require(RunHeader.sample(Self.first, "import").file)
        try journal.note(file)
        try journal.end(.done)
        let run = try folder.run(Self.first)
        #expect(run.laterFiles == [file])
        #expect(run.unreadable == [])
    }

    @Test("Mode 0600 in a folder with mode 0700, and never over a file that is there")
    func modes() throws {
        let journal = try begin()
        let manager = FileManager.default
        #expect(try manager.attributesOfItem(atPath: journal.path)[.posixPermissions] as? Int == 0o600)
        #expect(try manager.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
        #expect(throws: (any Error).self) { try begin() }
    }

    @Test("Cut off at any byte, everything before is read, and what is lost is told")
    func torn() async throws {
        let journal = try begin()
        _ = try await perform(Self.world(), journal)
        try journal.end(.done)
        let whole = try bytes()
        let newline = UInt8(ascii: "\n")
        for length in stride(from: 0, through: whole.count, by: 7) {
            let cut = whole.prefix(length)
            let run = try RecordedRun(id: Self.first, bytes: Array(cut))
            let rest = cut.count - (cut.lastIndex(of: newline).map { $0 + 1 } ?? 0)
            #expect(run.unreadable.map(\.bytes) == (rest > 0 ? [rest] : []))
            let lines = cut.count { $0 == newline }
            let understood =
                run.steps.count + run.steps.count { $0.answer != nil } + (run.header == nil ? 0 : 1)
                + (run.end == nil ? 0 : 1)
            #expect(understood == lines)
        }
    }

    @Test("A line of nonsense in the middle is told with its number, and the rest is read")
    func nonsense() async throws {
        let journal = try begin()
        _ = try await perform(Self.world(), journal)
        try journal.end(.done)
        var lines = try bytes().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines.insert(Data(repeating: 0, count: 9), at: 2)
        let run = try RecordedRun(id: Self.first, bytes: Array(lines.joined(separator: [UInt8(ascii: "\n")])))
        #expect(run.unreadable == [RecordedRun.UnreadableLine(line: 3, bytes: 9)])
        #expect(run.end != nil)
    }

    @Test("A journal of a later version is refused, not misread")
    func laterVersion() throws {
        let line = #"{"line":"run","#
        _ = try begin()
        let text = String(decoding: try bytes(), as: UTF8.self).replacing(#""format":2"#, with: #""format":3"#)
        #expect(text.contains(line) || text.contains(#""line":"run""#))
        #expect(text.contains(#""format":3"#))
        try replace(Data(text.utf8))
        #expect(throws: JournalError.self) { try folder.run(Self.first) }
    }

    @Test("At work while its writer lives, then ended or not")
    func states() async throws {
        var journal: JournalFile? = try begin()
        _ = try await perform(Self.world(), try #require(journal))
        #expect(try folder.outline(Self.first).state == .atWork)
        journal = nil
        let killed = try folder.outline(Self.first)
        #expect(killed.state == .didNotEnd)
        #expect(killed.counts.failed > 0)
        let second = "20261120T091500Z-00000002"
        let other = try begin(second)
        try other.end(.heldBack)
        guard case .ended(let end) = try folder.outline(second).state else {
            Issue.record("did not end")
            return
        }
        #expect(end.result == .heldBack)
    }

    @Test("Unfinished runs are those after the last import that ended")
    func unfinished() throws {
        for (id, command, ends) in [
            ("20261120T010000Z-0", "import", false), ("20261120T020000Z-0", "import", true),
            ("20261120T030000Z-0", "import", false), ("20261120T040000Z-0", "resolutions accept --apply", true),
        ] {
            let journal = try begin(id, command: command)
            if ends { try journal.end(.done) }
        }
        let alive = try begin("20261120T050000Z-0")
        #expect(try folder.unfinishedRuns(isImport: { $0.command == "import" }).map(\.id) == ["20261120T030000Z-0"])
        try alive.end(.done)
        #expect(try folder.unfinishedRuns(isImport: { $0.command == "import" }).isEmpty)
    }

    /// As if nothing had been written to it since.
    private func age(_ id: String, to year: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: try #require(ISO8601DateFormatter().date(from: "\(year)-01-02T00:00:00Z"))],
            ofItemAtPath: "\(folder.path)/\(id).jsonl")
    }

    @Test("Old journals go, but never the newest, nor one that is written still or was of late")
    func removal() throws {
        let (alive, over, long, new) = (
            "20250101T000000Z-0", "20250102T000000Z-0", "20250103T000000Z-0", "20261119T000000Z-0"
        )
        let journal = try begin(alive)
        for id in [over, long, new] { try begin(id).end(.done) }
        for id in [alive, over] { try age(id, to: "2025") }
        try folder.removeRuns(before: Fixture.time("2026-01-01T00:00:00"))
        #expect(try folder.ids == [alive, long, new])
        for id in [alive, long, new] { try age(id, to: "2025") }
        try folder.removeRuns(before: Fixture.time("2026-01-01T00:00:00"))
        #expect(try folder.ids == [alive, new])
        try journal.end(.done)
    }

    @Test("What is no file is no journal, and is not waited for")
    func pipe() throws {
        try begin().end(.done)
        #expect(mkfifo("\(folder.path)/20991231T000000Z-0.jsonl", 0o600) == 0)
        #expect(try folder.ids == [Self.first])
    }
}
