import Directory
import FoundationEssentials
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@Suite("How many users were changed")
struct ChangeTallyTests {
    private let run = RunSummary.Run(
        id: "r1", started: Fixture.now, elapsedSeconds: 1, directoryOperations: 2, peakMemoryBytes: 3, version: "0",
        by: RunSummary.Operator(user: "anna", host: "plant-sync", account: "svc-import@target.test"))

    private func summary(of world: ImportCase, isDryRun: Bool) async throws -> RunSummary {
        let approved = try world.approved()
        let writer: any DirectoryWriter = isDryRun ? RehearsalWriter() : world.directory
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let outcomes = await Runner(writer: writer, journal: NoJournal(), logger: silent).apply(approved)
        return RunSummary(plan: approved, outcomes: outcomes, isDryRun: isDryRun, run: run)
    }

    private func numbers(_ tally: ChangeTally) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: ChangeTally.Change.allCases.filter { tally[$0] > 0 }.map {
                ($0.participle, tally[$0])
            })
    }

    /// Of what is listed, in the same words.
    private func lists(_ summary: RunSummary) -> [String: Int] {
        [
            "created": summary.created.count, "updated": summary.updated.count, "renamed": summary.renamed.count,
            "moved": summary.moved?.count ?? 0, "taken over": summary.takenOver.count,
            "given back": summary.givenBack?.count ?? 0, "enabled": summary.enabled.count,
            "disabled": summary.disabled.count, "joined": summary.joined.count, "left": summary.left.count,
        ].filter { $0.value > 0 }
    }

    struct Story: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// With a directory of its own.
        let world: @Sendable () -> ImportCase
        let numbers: [String: Int]
    }

    static let stories = [
        Story(
            testDescription: "Renamed, with new names to sign in with and another attribute: three requests, one user",
            world: {
                ImportCase(
                    file: [record(1, "Jane Roe", "jroe", ["sn": "Roe"])], directory: [account(1, "Jane Doe", "jdoe")])
            },
            numbers: ["renamed": 1, "updated": 1]),
        Story(
            testDescription: "Names, an attribute and an expiry that gets shorter: three updates of one user",
            world: {
                ImportCase(
                    file: [record(1, "Jane", "jroe", ["sn": "Roe"])],
                    directory: [account(1, "Jane", "jdoe", expires: .never)])
            },
            numbers: ["updated": 1]),
        Story(
            testDescription: "Two who exchange their names: the passing ones are no change",
            world: {
                ImportCase(
                    file: [record(1, "B", "b"), record(2, "A", "a")],
                    directory: [account(1, "A", "a"), account(2, "B", "b")])
            },
            numbers: ["renamed": 2, "updated": 2]),
        Story(
            testDescription: "Created and enabled",
            world: {
                ImportCase(
                    file: [record(1, "New", "new", in: ["Operators"])],
                    answers: [answer(.enable, "New", id: 1, password: "Geheim-123")])
            },
            numbers: ["created": 1, "joined": 1, "enabled": 1]),
        Story(
            testDescription: "Deactivated, and out of his two groups",
            world: {
                ImportCase(
                    file: [record(9, "Stays", "stays")],
                    directory: [
                        account(1, "Gone", "gone", in: ["Plant Operators", "Plant Engineers"]),
                        account(9, "Stays", "stays"),
                    ]
                ) { $0.deactivatedUsersKeepGroups = false }
            },
            numbers: ["disabled": 1, "left": 2]),
        Story(
            testDescription: "Two people, each updated",
            world: {
                ImportCase(
                    file: [record(1, "Jane", "jane1", ["sn": "A"]), record(2, "Jane 2", "jane2", ["sn": "B"])],
                    directory: [account(1, "Jane", "jane1"), account(2, "Jane 2", "jane2")])
            },
            numbers: ["updated": 2]),
        Story(testDescription: "Nothing to do", world: { ImportCase() }, numbers: [:]),
    ]

    @Test("The same in a dry run, in the numbers of the run, and in its lists", arguments: stories)
    func everywhere(_ story: Story) async throws {
        let world = story.world()
        let rehearsal = try await summary(of: world, isDryRun: true)
        let done = try await summary(of: world, isDryRun: false)
        try #require(done.failed.isEmpty)
        #expect(numbers(rehearsal.tally) == story.numbers)
        #expect(numbers(done.tally) == story.numbers)
        #expect(lists(done) == story.numbers)
        #expect(done.tally.isEmpty == story.numbers.isEmpty)
    }

    @Test("A dry run promises what the run then does, in any world", arguments: (0..<10).map { UInt64($0) * 25 })
    func worlds(first: UInt64) async throws {
        for seed in first..<first + 25 {
            let world = RandomCase.world(seed: seed)
            guard let rehearsal = try? await summary(of: world, isDryRun: true) else { continue }
            let done = try await summary(of: world, isDryRun: false)
            #expect(numbers(done.tally) == lists(done), "world \(seed)")
            // What the directory refuses was promised all the same.
            guard done.failed.allSatisfy({ $0.operation == "record" }) else { continue }
            #expect(numbers(rehearsal.tally) == numbers(done.tally), "world \(seed)")
        }
    }

    private func disabling(_ commonName: String) -> Operation {
        let user = UserReference(guid: .numbered(1, series: 0xD), name: Fixture.name("CN=Jane,OU=Managed"))
        return Operation(
            person: Person(commonName: commonName, accountName: "jane", anchor: nil), stage: .withdraw,
            verb: .disable(.missing), change: .disable(user, accountControl: 512))
    }

    @Test("Whoever is disabled twice in a session, under another name meanwhile, is one user disabled")
    func twice() {
        var tally = ChangeTally()
        let counted = [tally.count(disabling("Jane")), tally.count(disabling("Jane Roe"))]
        #expect(counted == [true, false])
        #expect(tally[.disable] == 1)
    }

    @Test("The document has the numbers by the words of its lists")
    func document() async throws {
        let done = try await summary(of: Self.stories[0].world(), isDryRun: false)
        let document = try JSONSerializationLite.object(JSONEncoder().encode(done))
        #expect(document["counts"] as? [String: Double] == ["renamed": 1, "updated": 1])
    }
}
