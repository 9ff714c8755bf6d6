import LDAPFilters
import Testing

@Suite("Where the parts of a filter stand in the text")
struct FilterPositionTests {
    /// `name@1` for an attribute, `value@5` for a value, in the order of the text.
    private func places(_ tree: FilterTree) -> [String] {
        switch tree {
        case .and(let trees), .or(let trees): trees.flatMap(places)
        case .not(let tree): places(tree)
        case .comparison(let comparison): [place(comparison.attribute)] + values(of: comparison.test).map(place)
        case .extensible(let match):
            [match.attribute, match.rule].compactMap { $0.map(place) } + [
                "behind@\(match.position)", place(match.value),
            ]
        }
    }

    private func place(_ word: FilterWord) -> String { "\(word.text)@\(word.position)" }

    private func place(_ value: FilterValue) -> String { "\(value.text ?? "?")@\(value.position)" }

    private func values(of test: FilterComparison.Test) -> [FilterValue] {
        switch test {
        case .present: []
        case .equal(let value), .approximate(let value), .greaterOrEqual(let value), .lessOrEqual(let value): [value]
        case .substrings(let initial, let any, let final):
            [initial].compactMap(\.self) + any + [final].compactMap(\.self)
        }
    }

    @Test(
        "Attributes, values and rules, in characters from 1",
        arguments: [
            ("(cn=x)", ["cn@2", "x@5"]), ("(mail=*)", ["mail@2"]),
            (" ( & (a>=1)  (! (b<=2) ) ) ", ["a@7", "1@10", "b@18", "2@21"]),
            ("(cn~=x)", ["cn@2", "x@6"]), ("(cn=a*b*c)", ["cn@2", "a@5", "b@7", "c@9"]), ("(cn=*b*)", ["cn@2", "b@6"]),
            (#"(cn=\41*b)"#, ["cn@2", "A@5", "b@9"]),
            ("(|(cn=ü)(sn=👩‍🚒)(c=d))", ["cn@4", "ü@7", "sn@10", "👩‍🚒@13", "c@18", "d@20"]),
            ("(cn:dn:2.4.6:=x)", ["cn@2", "2.4.6@8", "behind@5", "x@15"]), ("(cn:=x)", ["cn@2", "behind@5", "x@6"]),
            ("(:caseExactMatch:=x)", ["caseExactMatch@3", "behind@3", "x@19"]),
            ("(:DN:2.4.6:=x)", ["2.4.6@6", "behind@3", "x@13"]),
        ])
    func positions(text: String, expected: [String]) throws {
        #expect(places(try FilterTree(parsing: text)) == expected)
    }

    @Test("A word ends where its comparison begins")
    func end() throws {
        guard case .comparison(let comparison) = try FilterTree(parsing: "(&(mail~=x)(a=b))").first else {
            Issue.record("no comparison")
            return
        }
        #expect(comparison.attribute.end == 8)
    }
}

extension FilterTree {
    fileprivate var first: FilterTree? {
        if case .and(let trees) = self { trees.first } else { nil }
    }
}
