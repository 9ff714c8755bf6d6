import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// What a run asks of the directory. Counted, not timed: `directory_operations` is one for each LDAP request, each
    /// page of a search included.
    @Suite struct Cost {
        /// The sign-in, the rootDSE, the domain, the own account, the managed container.
        static let overhead = 5
        /// One for each of the four groups in `group_map`; none of them is nested in another.
        static let groups = 4

        @Test(
            "An import without changes is one paged read of the container and one read of each mapped group, for any number of people",
            arguments: zip([1, 60, 1500], [1, 1, 2]))
        func unchanged(people: Int, pages: Int) async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...people).map { UserFile.record($0) })
            let first = try await stage.importing(file).ended(with: 0)
            #expect(try first.summary["created"].strings.count == people)
            try await stage.writesNothing {
                let second = try await stage.import().ended(with: 0)
                let summary = try second.summary
                #expect(summary["unchanged"].number == people)
                #expect(summary["run"]["directory_operations"].number == Self.overhead + Self.groups + pages)
            }
        }

        @Test("One changed person costs one request more")
        func oneChange() async throws {
            let stage = try await Stage([])
            let people = (1...5).map { UserFile.record($0) }
            try await stage.importing(UserFile.document(people)).ended(with: 0)
            var changed = people
            changed[2]["department"] = "Engineering"
            let run = try await stage.importing(UserFile.document(changed, sequence: 2)).ended(with: 0)
            #expect(try run.summary["updated"] == ["Person 3"])
            #expect(try run.summary["run"]["directory_operations"].number == Self.overhead + Self.groups + 1 + 1)
        }

        @Test("Names are looked up together, and members join together: 500 newcomers cost 500 requests and a few")
        func manyNewcomers() async throws {
            let stage = try await Stage([])
            let run = try await stage.importing(UserFile.document((1...500).map { UserFile.record($0) })).ended(with: 0)
            let operations = try #require(try run.summary["run"]["directory_operations"].number)
            // The read, three for the names, one for each person, one for each of the two groups.
            #expect(operations == Self.overhead + Self.groups + 1 + 3 + 500 + 2)
        }

        @Test("An export is one paged read, and one read of each group and of those it is nested in")
        func export() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let run = try await stage.export().ended(with: 0)
            // Operators and Engineers are both in All Staff.
            let operations = try run.summary["run"]["directory_operations"].number
            #expect(operations == Self.overhead + 3 + 1 + 1)
        }

        @Test(
            "Where nobody knows how many people to expect, several connections read; each costs a page, a sign-in and a look at who answers",
            arguments: [1, 2, 5])
        func firstExport(connections: Int) async throws {
            var stage = try await Stage()
            stage.export["connections"] = JSON.number(connections)
            let run = try await stage.export().ended(with: 0)
            let operations = try run.summary["run"]["directory_operations"].number
            let division = connections == 1 ? 0 : 1 + 3 * (connections - 1)
            #expect(operations == Self.overhead + 3 + 1 + 1 + division)
        }

        @Test("However many connections read, the file is the same to the byte, save its header")
        func sameFile() async throws {
            var stage = try await Stage(Crew.four)
            var bodies: Set<[UInt8]> = []
            for connections in [1, 2, 4] {
                stage.export["connections"] = JSON.number(connections)
                // Without state, nobody knows how many people to expect.
                try? stage.folder.remove("state/export")
                try await stage.export().ended(with: 0)
                let text = String(decoding: try stage.folder.read("users.json"), as: UTF8.self)
                let users = try #require(text.range(of: "\"users\": ["))
                #expect(text.contains("Jane"))
                bodies.insert(Array(text[users.lowerBound...].utf8))
            }
            #expect(bodies.count == 1)
        }
    }
}
