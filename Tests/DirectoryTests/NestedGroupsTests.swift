import Directory
import DistinguishedNames
import Testing

@Suite struct NestedGroupsTests {
    private static func guid(_ name: String) throws -> GUID {
        try #require(GUID(directoryBytes: Array((name + String(repeating: "-", count: 16)).utf8.prefix(16))))
    }

    /// For each group its containers among `outer`, from lines such as `C: A B`, "C is a direct member of A and B".
    private func containers(_ lines: [String], among outer: [String]) throws -> [String: Set<String>] {
        var groups: [NestedGroups.Group] = []
        for line in lines {
            let words = line.split { ": ".contains($0) }.map(String.init)
            groups.append(
                NestedGroups.Group(
                    guid: try Self.guid(words[0]), name: DistinguishedName([.commonName(words[0])]),
                    relativeIdentifier: nil,
                    parents: Set(words.dropFirst().map { DistinguishedName([.commonName($0)]) })))
        }
        let found = NestedGroups(groups: groups, withForeignMembers: []).containers(among: try outer.map(Self.guid))
        let names = Dictionary(uniqueKeysWithValues: groups.map { ($0.guid, $0.name.leaf?.value ?? "") })
        return Dictionary(
            uniqueKeysWithValues: found.map { (names[$0] ?? "", Set($1.map { names[$0] ?? "" })) })
    }

    @Test func aGroupContainsItselfAndAllBelow() throws {
        #expect(
            try containers(["A", "B: A", "C: B", "D"], among: ["A", "D"]) == [
                "A": ["A"], "B": ["A"], "C": ["A"], "D": ["D"],
            ])
    }

    @Test func oneGroupMayBeInSeveral() throws {
        #expect(
            try containers(["A", "B", "C: A B", "D: C"], among: ["A", "B"])
                == ["A": ["A"], "B": ["B"], "C": ["A", "B"], "D": ["A", "B"]])
    }

    @Test func aSearchedGroupInAnotherCountsAsBoth() throws {
        #expect(
            try containers(["A", "B: A", "C: B"], among: ["A", "B"]) == [
                "A": ["A"], "B": ["A", "B"], "C": ["A", "B"],
            ])
    }

    @Test(arguments: [["A: A"], ["A: B", "B: A"], ["A: C", "B: A", "C: B"]])
    func circlesAreHarmless(lines: [String]) throws {
        let found = try containers(lines, among: ["A"])
        #expect(found.count == lines.count && found.values.allSatisfy { $0 == ["A"] })
    }

    @Test func groupsAboveAreNone() throws {
        #expect(try containers(["A: Up", "Up"], among: ["A"]) == ["A": ["A"]])
    }
}
