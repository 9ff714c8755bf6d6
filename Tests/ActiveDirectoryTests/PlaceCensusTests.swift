import ActiveDirectory
import DistinguishedNames
import Testing

@Suite struct PlaceCensusTests {
    @Test(
        "The smallest path that holds everybody, or most where that would be the whole domain",
        arguments: [
            ([], nil),
            ([("", 3)], nil),
            ([("OU=People", 0)], nil),
            ([("OU=A,OU=People", 2), ("OU=B,OU=People", 1)], "OU=People"),
            ([("OU=A,OU=People", 2), ("OU=Service Accounts", 1)], "OU=A,OU=People"),
            ([("CN=Users", 50), ("OU=People", 2)], "OU=People"),
            ([("CN=Users", 2), ("CN=Others", 1)], "CN=Users"),
        ] as [([(String, Int)], String?)])
    func smallestPath(users: [(String, Int)], expected: String?) throws {
        let domain = try DistinguishedName(parsing: "DC=source,DC=test")
        func name(_ text: String) throws -> DistinguishedName {
            text.isEmpty ? domain : try DistinguishedName(parsing: text).under(domain)
        }
        let census = try users.map { PlaceCensus(place: try name($0.0), users: $0.1, groups: 0) }
        #expect(census.smallestPath(counting: \.users, in: domain) == (try expected.map(name)))
    }
}
