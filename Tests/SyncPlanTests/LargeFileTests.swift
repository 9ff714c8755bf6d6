import Directory
import SyncPlan
import SyncTestSupport
import Testing

/// A large file is planned in parts, at once; whoever is as he should be is told apart early.
@Suite("A large file")
struct LargeFileTests {
    /// People for whom there is something to do, with the accounts they have.
    private static let few: [(record: SourceUser, accounts: [Account])] = [
        (record(1, "Jane", "jane", in: ["Operators"]), []),
        // Two who change names with each other.
        (record(2, "Ann", "second"), [account(2, "Bob", "second")]),
        (record(3, "Bob", "third"), [account(3, "Ann", "third")]),
        // Two who want one name.
        (record(4, "Eve", "eve"), []),
        (record(5, "Eve", "eva"), []),
        // An anchor that a copied account shares.
        (record(6, "Max", "max"), [account(6, "Max", "max"), account(6, "Max of old", "max2")]),
        (record(7, "Wei", "wei", in: ["Engineers"]), [account(7, "Wei", "wei", in: ["Plant Guests"])]),
        (record(8, "Leo", "leo", disabled: true), [account(8, "Leo", "leo", in: ["Plant Operators"])]),
        (record(9, "Zoë", "zoe", ["title": "Director"]), [account(9, "Zoë", "zoe", ["title": "Engineer"])]),
        (record(10, "İlkay", "ilkay"), [account(10, "İlkay", "Ilkay")]),
    ]

    private static let crowd: [(record: SourceUser, accounts: [Account])] = (0..<20_000).map { number in
        let name = "Crowd \(number)"
        return (
            record(1000 + number, name, "crowd\(number)", in: ["Operators"]),
            [account(1000 + number, name, "crowd\(number)", in: ["Plant Operators"])]
        )
    }

    private static func world(_ people: [(record: SourceUser, accounts: [Account])]) -> ImportCase {
        ImportCase(file: people.map(\.record), directory: people.flatMap(\.accounts))
    }

    @Test(
        "Those for whom there is something to do are told as in a file of their own, wherever in it they stand",
        arguments: [1, 455, 1999, 2000])
    func spread(distance: Int) throws {
        var people = Self.crowd
        for (number, person) in Self.few.enumerated() {
            people.insert(person, at: number * distance)
        }
        let alone = try Self.world(Self.few).story
        #expect(alone.contains("create Jane"))
        // A question about a name tells where in the file the other stands.
        let story = alone.replacing("record 4 too", with: "record \(3 * distance + 1) too")
            .replacing("record 5 too", with: "record \(4 * distance + 1) too")
        try expect(Self.world(people), tells: story)
    }

    @Test("Where nobody has changed, nothing is done and everybody is counted")
    func settled() throws {
        let approved = try Self.world(Self.crowd).approved()
        #expect(approved.operations.isEmpty && approved.pending.isEmpty && approved.plan.failures.isEmpty)
        #expect(approved.unchangedCount == Self.crowd.count)
    }

    @Test("A crowd that is not there yet is created, each once, and planned the same every time")
    func newcomers() throws {
        let world = ImportCase(file: Self.crowd.map(\.record), directory: [])
        func created() throws -> [String] {
            try world.approved().operations.filter { $0.stage == .create }.map(\.person.commonName)
        }
        let names = try created()
        // Compared outside of the expectation, which would print twenty thousand names.
        let isEverybody = Set(names) == Set(Self.crowd.map(\.record.commonName)) && names.count == Self.crowd.count
        let isRepeatable = try created() == names
        #expect(isEverybody)
        #expect(isRepeatable)
    }
}
