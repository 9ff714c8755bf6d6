import Directory
import Foundation
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@testable import Journal

@Suite("What a list tells of a run")
final class OutlineTests {
    private let state: String
    private let folder: JournalFolder

    init() throws {
        state = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        folder = JournalFolder(in: state)
    }

    deinit { try? FileManager.default.removeItem(atPath: state) }

    private static let id = "20261120T081500Z-00000001"
    private var path: String { "\(folder.path)/\(Self.id).jsonl" }

    /// A rename with three updates, an exchange of names, a creation, a membership, and a refusal.
    private static func world() -> ImportCase {
        ImportCase(
            file: [
                record(1, "Jane Roe", "jroe", ["sn": "Roe"]), record(2, "B", "b"), record(3, "A", "a"),
                record(4, "New", "new", in: ["Operators"]),
            ],
            directory: [
                account(1, "Jane Doe", "jdoe", expires: .never), account(2, "A", "a"), account(3, "B", "b"),
                account(5, "Gone", "gone"),
            ])
    }

    /// Five updates of three users, and two passing names.
    private static let users = ["update": 3, "rename": 3, "create": 1, "join": 1, "disable": 1]

    /// - Returns: what the summary of the run counts.
    private func perform() async throws -> ChangeTally {
        let journal = try folder.begin(.sample(Self.id, "import"), now: { Fixture.now })
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let world = Self.world()
        let outcomes = await Runner(writer: world.directory, journal: journal, logger: silent)
            .apply(try world.approved())
        try journal.end(.done)
        return ChangeTally(of: outcomes.filter(\.isDone).map(\.operation))
    }

    private var lines: [String] {
        get throws {
            String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
                .map(String.init)
        }
    }

    private func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    private static let looks: [RunOutline.Look] = [.atItsEnds, .thorough]

    @Test("Users are counted as the summary counts them, with whatever look", arguments: looks)
    func users(look: RunOutline.Look) async throws {
        let tally = try await perform()
        #expect(tally.byVerb == Self.users)
        #expect(try folder.outline(Self.id, look).counts.done == Self.users)
        #expect(try folder.run(Self.id).counts.done == Self.users)
        let operations = try #require(try folder.run(Self.id).end?.operations)
        #expect(operations.done["update"].map { $0 > 3 } == true)
        #expect(operations.done["pass"] != nil)
    }

    @Test("Of a run that was killed, and of one whose journal does not count users, they are counted from its lines")
    func counted() async throws {
        _ = try await perform()
        let lines = try lines
        try write(lines.dropLast().map { $0 + "\n" }.joined())
        #expect(try folder.outline(Self.id).counts.done == Self.users)
        let end = try #require(lines.last)
        let users = try #require(end.firstRange(of: /,"users":\{[^}]*\}/))
        try write(lines.dropLast().map { $0 + "\n" }.joined() + end.replacingCharacters(in: users, with: "") + "\n")
        #expect(try folder.run(Self.id).end?.users == nil)
        #expect(try folder.outline(Self.id, .thorough).counts.done == Self.users)
        #expect(try folder.run(Self.id).counts.done == Self.users)
        // Nothing of it stands in the way of an undo.
        #expect(try !folder.run(Self.id).pastRun().steps.isEmpty)
    }

    enum Damage: CaseIterable {
        case inTheMiddle, behindTheEnd, tornBehindTheEnd, emptyBehindTheEnd, first

        func befall(_ lines: inout [String]) -> (text: String, line: Int) {
            switch self {
            case .inTheMiddle: lines[3] = "nonsense"
            case .behindTheEnd, .tornBehindTheEnd: lines.append("nonsense")
            case .emptyBehindTheEnd: lines.append("")
            case .first: lines[0] = "nonsense"
            }
            let line = (lines.firstIndex { $0 == "nonsense" || $0.isEmpty } ?? 0) + 1
            return (lines.joined(separator: "\n") + (self == .tornBehindTheEnd ? "" : "\n"), line)
        }
    }

    @Test(
        "One damaged line, wherever it stands: the run ended, the line is told, no undo goes by it",
        arguments: Damage.allCases)
    func damaged(_ damage: Damage) async throws {
        _ = try await perform()
        var lines = try lines
        let (text, line) = damage.befall(&lines)
        try write(text)
        for look in Self.looks {
            guard case .ended(let end) = try folder.outline(Self.id, look).state else {
                Issue.record("did not end, \(look)")
                return
            }
            #expect(end.result == .done)
        }
        let outline = try folder.outline(Self.id, .thorough)
        #expect(outline.unreadable.map(\.line) == [line])
        #expect(outline.journal == path)
        #expect(try folder.told(Self.id).outline.unreadable == outline.unreadable)
        #expect(try folder.unfinishedRuns(isImport: { _ in true }).isEmpty)
        #expect(throws: DamagedJournal.self) { try self.folder.run(Self.id).pastRun() }
    }

    @Test("The last line is the damaged one: nothing says that the run ended, and the line is told")
    func damagedEnd() async throws {
        _ = try await perform()
        var lines = try lines
        lines[lines.count - 1] = "nonsense"
        try write(lines.map { $0 + "\n" }.joined())
        for look in Self.looks {
            let outline = try folder.outline(Self.id, look)
            #expect(outline.state == .didNotEnd)
            #expect(outline.unreadable.map(\.line) == [lines.count])
        }
        #expect(throws: DamagedJournal.self) { try self.folder.run(Self.id).pastRun() }
    }

    @Test("A long journal is looked at by its ends, however thorough the look")
    func long() async throws {
        _ = try await perform()
        var lines = try lines
        lines.insert(contentsOf: Array(repeating: String(repeating: "x", count: 1000), count: 300), at: 2)
        try write(lines.map { $0 + "\n" }.joined())
        let outline = try folder.outline(Self.id, .thorough)
        #expect(outline.unreadable.isEmpty)
        #expect(outline.counts.done == Self.users)
        #expect(try folder.told(Self.id).outline.unreadable.count == 300)
    }
}
