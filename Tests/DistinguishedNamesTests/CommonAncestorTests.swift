import DistinguishedNames
import Testing

@Suite struct CommonAncestorTests {
    @Test(
        "The lowest name that each is or is below",
        arguments: [
            ([], nil),
            (["OU=a,DC=x"], "OU=a,DC=x"),
            (["OU=a,OU=p,DC=x", "OU=b,OU=p,DC=x"], "OU=p,DC=x"),
            (["OU=p,DC=x", "OU=b,OU=P,dc=X"], "OU=p,DC=x"),
            (["OU=b,OU=p,DC=x", "OU=p,DC=x"], "OU=p,DC=x"),
            (["OU=a,DC=x", "OU=b,DC=x", "OU=c,OU=a,DC=x"], "DC=x"),
            (["OU=a,DC=x", "OU=a,DC=y"], nil),
        ] as [([String], String?)])
    func ancestor(names: [String], expected: String?) throws {
        let parsed = try names.map { try DistinguishedName(parsing: $0) }
        #expect(
            DistinguishedName.commonAncestor(of: parsed) == (try expected.map { try DistinguishedName(parsing: $0) }))
    }
}
