import ActiveDirectory
import Directory
import DistinguishedNames
import LabSupport
import Testing

extension ActiveDirectorySuite {
    @Suite struct Memberships {
        @Test("Twelve hundred members are three requests")
        func many() async throws {
            let adapter = try await Adapter()
            let group = try await adapter.group("Plant Operators")
            let container = try DistinguishedName(parsing: adapter.targetPath)
            let people = (1...1200).map { UserReference(guid: nil, name: container.appending(.commonName("p\($0)"))) }
            try await adapter.target.apply((1...1200).map { adapter.user("p\($0)") })
            try await adapter.with(adapter.target) { directory in
                let before = directory.operationCount
                let results = await directory.results(of: people.map { .join($0, group: group) })
                #expect(results.count(where: \.isSuccess) == 1200)
                #expect(directory.operationCount - before <= 3)
            }
            #expect(try await adapter.target.entry(group.name.description)?["member"].count == 1200)
        }

        @Test("Who is a member already joins without error, who is none leaves without; a missing user fails alone")
        func mixed() async throws {
            let adapter = try await Adapter()
            let group = try await adapter.group("Plant Operators")
            let names = ["a", "b", "c", "d"]
            try await adapter.target.apply(names.map { adapter.user($0) })
            var people: [UserReference] = []
            for name in names { people.append(try await adapter.reference(name)) }
            let container = try DistinguishedName(parsing: adapter.targetPath)
            let ghost = UserReference(guid: nil, name: container.appending(.commonName("ghost")))
            try await adapter.target.apply(
                .modify(group.name.description, .add, "member", [people[0].name.description]))

            let joins: [DirectoryChange] = [people[0], people[1], ghost, people[2]].map { .join($0, group: group) }
            let joined = try await adapter.with(adapter.target) { await $0.results(of: joins) }
            #expect(joined.map(\.isSuccess) == [true, true, false, true])
            #expect(joined[2].failure?.kind == .missing)
            #expect(try await adapter.target.entry(group.name.description)?["member"].count == 3)

            let leaves: [DirectoryChange] = [people[0], people[3], people[1]].map { .leave($0, group: group) }
            let left = try await adapter.with(adapter.target) { await $0.results(of: leaves) }
            #expect(left.map(\.isSuccess) == [true, true, true])
            #expect(
                try await adapter.target.entry(group.name.description)?["member"] == [people[2].name.description])
        }

        @Test("Joins and leaves of several groups in one go")
        func severalGroups() async throws {
            let adapter = try await Adapter()
            let (operators, visitors) = (
                try await adapter.group("Plant Operators"), try await adapter.group("Plant Visitors")
            )
            try await adapter.target.apply(adapter.user("a"))
            let a = try await adapter.reference("a")
            let first = try await adapter.with(adapter.target) { await $0.results(of: [.join(a, group: operators)]) }
            let second = try await adapter.with(adapter.target) {
                await $0.results(of: [.join(a, group: visitors), .leave(a, group: operators)])
            }
            #expect((first + second).filter(\.isSuccess).count == 3)
            let groups = try await adapter.target.entry(a.name.description)?["memberOf"]
            #expect(groups == [visitors.name.description])
        }
    }
}
