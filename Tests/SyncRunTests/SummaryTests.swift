import Directory
import FoundationEssentials
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@Suite("The summary")
struct SummaryTests {
    private let run = RunSummary.Run(
        id: "r1", started: Fixture.now, elapsedSeconds: 1, directoryOperations: 2, peakMemoryBytes: 3, version: "0",
        by: RunSummary.Operator(user: "anna", host: "plant-sync", account: "svc-import@target.test"))

    private func summary(of world: ImportCase, isDryRun: Bool = false, log: Logger? = nil) async throws -> RunSummary {
        let approved = try world.approved()
        let writer: any DirectoryWriter = isDryRun ? RehearsalWriter() : world.directory
        let logger = log ?? Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let outcomes = await Runner(writer: writer, journal: NoJournal(), logger: logger).apply(approved)
        return RunSummary(plan: approved, outcomes: outcomes, isDryRun: isDryRun, run: run)
    }

    private func encoded(_ summary: RunSummary) throws -> [String: Any] {
        let object = try JSONSerializationLite.object(JSONEncoder().encode(summary))
        return object
    }

    private let busy = ImportCase(
        file: [
            record(1, "Jane", "jane", in: ["Operators", "Safety"], ["mail": "new@source.test"]),
            record(2, "New", "new"), record(3, "B", "b"), record(4, "A", "a"), record(5, "Bad", "b/d"),
            record(6, "Back", "back"),
        ],
        directory: [
            account(1, "Jane", "jane", in: ["Plant Engineers"], expires: .never), account(3, "A", "a"),
            account(4, "B", "b"), account(6, "Back", "back", disabled: true), account(7, "Gone", "gone"),
        ],
        answers: [answer(.enable, "Back", id: 6, password: "Geheim-123")])

    @Test("Keeps UserSync's keys, says each thing once, and leaves passing names out")
    func everything() async throws {
        let summary = try await summary(of: busy)
        #expect(summary.created == ["New"])
        #expect(summary.enabled == ["Back"])
        #expect(summary.disabled == ["Gone"])
        #expect(summary.updated.sorted() == ["A", "B", "Jane"])
        #expect(summary.joined.map { [$0.user, $0.group] } == [["Jane", "Plant Operators"]])
        #expect(summary.left.map { [$0.user, $0.group] } == [["Jane", "Plant Engineers"]])
        #expect(Set(summary.renamed.map { "\($0.from) → \($0.user)" }) == ["A → B", "B → A"])
        #expect(summary.failed.map(\.user) == ["Bad"])
        #expect(summary.failed.map(\.record) == [5] && summary.failed.map(\.field) == ["sAMAccountName"])
        #expect(summary.requiredInteractions.map(\.type).sorted() == ["enable", "join"])
        #expect(summary.planned == nil && summary.dryRun == nil)
    }

    @Test("The document has the keys that scripts read")
    func keys() async throws {
        let document = try encoded(await summary(of: busy))
        for key in [
            "enabled", "created", "updated", "disabled", "joined", "left", "required_interactions", "failed", "renamed",
            "run", "notices", "brakes", "unchanged", "taken_over",
        ] { #expect(document[key] != nil, "\(key)") }
        #expect(document["dry_run"] == nil && document["planned"] == nil)
        let run = try #require(document["run"] as? [String: Any])
        #expect(
            Set(run.keys) == [
                "id", "started", "elapsed_seconds", "directory_operations", "peak_memory_bytes", "version", "by",
            ])
        let joined = try #require(document["joined"] as? [[String: Any]])
        #expect(joined.map { Set($0.keys) } == [["user", "group"]])
    }

    @Test("What the server refused is in failed, with its code, and nowhere else")
    func refused() async throws {
        busy.directory.refuse { change in
            if case .enable = change { .refused("too weak") } else { nil }
        }
        let summary = try await summary(of: busy)
        #expect(summary.enabled.isEmpty)
        #expect(summary.failed.map(\.operation) == ["record", "enable"])
        #expect(summary.failed.last?.code == 53 && summary.failed.last?.reason == "refused: too weak")
    }

    @Test("A dry run tells what would happen under planned and nothing as done")
    func dryRun() async throws {
        let summary = try await summary(of: busy, isDryRun: true)
        #expect(summary.dryRun == true)
        #expect(summary.created.isEmpty && summary.enabled.isEmpty && summary.joined.isEmpty)
        let planned = try #require(summary.planned)
        try #expect(planned.count == busy.approved().operations.count)
        #expect(planned.contains { $0.operation == "rename" && $0.from == "A" && $0.user == "B" })
        #expect(
            planned.contains { $0.changes?.contains { $0.attribute == "mail" && $0.to == ["new@source.test"] } == true }
        )
        #expect(busy.directory.history.isEmpty)
    }

    @Test("Never a password: not in the document, not in the log, not in a description", arguments: [false, true])
    func passwords(isDryRun: Bool) async throws {
        let log = Mutex<String>("")
        let recorder = Recorder { line in log.withLock { $0 += line + "\n" } }
        let logger = Logger(label: "test") { _ in recorder }
        var failing = busy
        failing.directory.refuse { change in
            if case .enable = change { .refused("\(change)") } else { nil }
        }
        failing.answers.append(answer(.enable, "New", accept: nil, password: "Geheim-123"))
        failing.answers.append(answer(.join, "Jane", id: 1, group: "CN=Plant Safety", password: "Geheim-123"))
        let summary = try await summary(of: failing, isDryRun: isDryRun, log: logger)
        let text = String(decoding: try JSONEncoder().encode(summary), as: UTF8.self)
        let approved = try failing.approved()
        #expect(!text.contains("Geheim"))
        #expect(!log.withLock { $0 }.contains("Geheim"))
        #expect(!log.withLock { $0 }.isEmpty)
        #expect(!"\(approved)".contains("Geheim") && !"\(failing.answers)".contains("Geheim"))
        var dumped = ""
        dump(approved, to: &dumped)
        #expect(!dumped.contains("Geheim"))
    }

    @Test("A held back deactivation is told with everybody it is about")
    func brake() async throws {
        let world = ImportCase(
            file: [record(99, "Stays", "stays")],
            directory: (0..<12).map { (n: Int) in account(n, "U\(n)", "u\(n)") } + [account(99, "Stays", "stays")])
        let summary = try await summary(of: world)
        #expect(summary.disabled.isEmpty)
        #expect(summary.brakes.count == 1 && summary.brakes[0].hasPrefix("12 of 13 active users would be deactivated"))
        #expect(summary.requiredInteractions.map(\.members?.count) == [12])
        #expect(summary.requiredInteractions.map(\.user) == ["*"])
    }
}

/// Keeps what is logged.
private struct Recorder: LogHandler {
    let record: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    init(record: @escaping @Sendable (String) -> Void) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { record("\(event.level) \(event.message)") }
}

/// JSON as dictionaries, without the whole of Foundation.
enum JSONSerializationLite {
    indirect enum Value: Decodable {
        case object([String: Value]), list([Value]), text(String), number(Double), flag(Bool), null

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }

        var plain: Any {
            switch self {
            case .object(let object): object.mapValues(\.plain)
            case .list(let list): list.map(\.plain)
            case .text(let text): text
            case .number(let number): number
            case .flag(let flag): flag
            case .null: "null"
            }
        }
    }

    static func object(_ data: Data) throws -> [String: Any] {
        try JSONDecoder().decode(Value.self, from: data).plain as? [String: Any] ?? [:]
    }
}
