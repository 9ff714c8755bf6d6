import Directory
import LDAPFilters
import SourceRecords
import SyncTestSupport
import Testing

@Suite("What somebody types to find people")
struct PeopleSearchTests {
    static let file = SourcePopulation(
        timestamp: nil, domain: nil,
        users: [
            record(1, "Jane Doe", "jdoe", in: ["Operators"], ["department": "Operations", "mail": "jane@source.test"]),
            record(2, "Conan O'Brien", "cobrien", ["department": "Engineering", "mail": nil]),
            record(3, "Jürgen (Ext) Köhler", "jkoehler", ["department": nil, "mail": nil]),
        ])

    @Test(
        "Parts of names, all of which somebody has; or a filter over the records",
        arguments: [
            ("", ["jdoe", "cobrien", "jkoehler"]), ("  ", ["jdoe", "cobrien", "jkoehler"]), ("JANE", ["jdoe"]),
            ("doe jane", ["jdoe"]), ("jane brien", []), ("o'b", ["cobrien"]), ("köhler", ["jkoehler"]),
            ("Ext)", ["jkoehler"]), ("source.test", ["jdoe"]), ("OP-jdoe", ["jdoe"]), ("operations", []),
            ("(department=eng*)", ["cobrien"]), (" (memberOf=Operators) ", ["jdoe"]),
            ("(!(department=*))", ["jkoehler"]),
        ])
    func finds(_ text: String, accounts: [String]) throws {
        let search = try PeopleSearch(text, known: Self.file.attributeNames)
        let found = Self.file.users.filter {
            search.finds($0, names: $0.accountName == "jdoe" ? ["OP-jdoe"] : [])
        }
        #expect(found.map(\.accountName) == accounts)
    }

    @Test("Who is missing from the file is found by the names here, and by no filter, a negated one included")
    func missing() throws {
        #expect(try PeopleSearch("gon", known: []).finds(nil, names: ["Gone"]))
        #expect(try !PeopleSearch("(!(mail=*))", known: ["mail"]).finds(nil, names: ["Gone"]))
    }

    @Test(
        "A filter that is none says where, and one that asks for what the file lacks says what there is",
        arguments: [
            ("(department=Ops", "at character 16: the filter ends before its ')'"),
            ("(~)", "at character 2: the name of an attribute was expected"),
            ("(title=*)", "at character 2: the file does not carry title; it has accountExpires, cn, department"),
        ])
    func faults(_ text: String, problem: String) {
        let error = #expect(throws: FilterSyntaxError.self) {
            try PeopleSearch(text, known: Self.file.attributeNames)
        }
        #expect(error?.description.hasPrefix(problem) == true)
    }
}
