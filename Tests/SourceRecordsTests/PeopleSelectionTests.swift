import Directory
import SourceRecords
import SyncTestSupport
import Testing

@Suite struct PeopleSelectionTests {
    private static let people = SourcePopulation(
        timestamp: nil, domain: Fixture.source,
        users: [
            record(1, "Jane Doe", "jdoe", in: ["Operators"], ["mail": "jane@source.test", "department": "Operations"]),
            record(2, "John Doe", "doe", in: ["Engineers"], ["mail": "john@source.test", "department": "Engineering"]),
            record(3, "Jane Miller", "jmiller", ["mail": nil, "department": "Operations"]),
            record(4, "Kim Lee", "klee", in: ["Operators"], ["mail": "klee@source.test", "department": "Sales"]),
            record(5, "Kim Lee", "klee2", ["mail": "klee2@source.test", "department": "Sales"]),
        ].enumerated().map { $1.at($0 + 1) })

    private func records(_ selection: PeopleSelection) throws -> Set<Int> {
        try selection.records(of: Self.people, prefix: "EXT ", renamed: [3: "mil01"])
    }

    private func faults(_ selection: PeopleSelection) -> [SelectionError.Fault] {
        do {
            _ = try records(selection)
            return []
        } catch {
            return (error as? SelectionError)?.faults ?? []
        }
    }

    @Test(
        "One is found by whatever is his alone, or by a part of a name",
        arguments: [
            ("jdoe", 1), ("JDOE", 1), ("Jane Doe", 1), ("EXT Jane Doe", 1), ("jane@source.test", 1), ("mil01", 3),
            ("miller", 3), ("jane@", 1), ("klee", 4),
        ])
    func one(_ name: String, _ position: Int) throws {
        #expect(try records(PeopleSelection(names: [name])) == [position])
    }

    @Test("The anchor finds, as it is stamped or its objectGUID alone")
    func anchor() throws {
        let anchor = Fixture.anchor(4)
        #expect(try records(PeopleSelection(names: [anchor.description])) == [4])
        #expect(try records(PeopleSelection(names: [anchor.user.description.uppercased()])) == [4])
    }

    @Test("A name that somebody has wins over those that it is a part of: doe is John, although Jane is jdoe")
    func exactWins() throws {
        #expect(try records(PeopleSelection(names: ["doe"])) == [2])
    }

    @Test("Several are never guessed among: each is told with what is different about him")
    func several() throws {
        guard case .several("Kim Lee", let candidates)? = faults(PeopleSelection(names: ["Kim Lee"])).first else {
            Issue.record("not told")
            return
        }
        #expect(candidates.map(\.accountName) == ["klee", "klee2"])
        #expect(candidates[0].details.contains("mail klee@source.test"))
        #expect(candidates[0].details.contains("memberOf CN=Operators"))
        #expect(!candidates[0].details.contains { $0.hasPrefix("department") })
        #expect(faults(PeopleSelection(names: ["jane"])).count == 1)
    }

    @Test("Nobody: the names there are come with it, for the nearest to be told")
    func nobody() {
        guard case .nobody("jnae", let names)? = faults(PeopleSelection(names: ["jnae"])).first else {
            Issue.record("not told")
            return
        }
        #expect(names.contains("jdoe") && names.contains("Jane Doe"))
        #expect(!faults(PeopleSelection(names: [""])).isEmpty)
    }

    @Test("All faults are told at once")
    func allFaults() {
        #expect(faults(PeopleSelection(names: ["jnae", "Kim Lee"])).count == 2)
    }

    @Test("Who is named adds up; groups add up, and a filter narrows them")
    func combinations() throws {
        let operations = try RecordFilter(parsing: "(department=Operations)")
        #expect(try records(PeopleSelection(names: ["jdoe", "klee"])) == [1, 4])
        #expect(try records(PeopleSelection(groups: ["Operators"])) == [1, 4])
        #expect(try records(PeopleSelection(groups: ["CN=Operators", "engineers"])) == [1, 2, 4])
        #expect(try records(PeopleSelection(filter: operations)) == [1, 3])
        #expect(try records(PeopleSelection(groups: ["Operators"], filter: operations)) == [1])
    }

    @Test("A group that nobody of the file is in, an attribute that it does not carry, and a description of nobody")
    func unknown() throws {
        guard case .unknownGroup("Operatrs", let known)? = faults(PeopleSelection(groups: ["Operatrs"])).first else {
            Issue.record("group not told")
            return
        }
        #expect(known == ["CN=Engineers", "CN=Operators"])
        // Its negation would be everybody.
        let filter = try RecordFilter(parsing: "(&(cn=*)(!(departmnt=Sales)))")
        guard case .unknownAttribute("departmnt", 12, _)? = faults(PeopleSelection(filter: filter)).first else {
            Issue.record("attribute not told")
            return
        }
        #expect(
            faults(PeopleSelection(filter: try RecordFilter(parsing: "(department=Nowhere)"))) == [.empty(records: 5)])
    }
}
