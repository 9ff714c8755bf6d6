import LDAP
import Testing

@Suite struct ModificationSplittingTests {
    private let names = (0..<1000).map { LDAPValue("CN=user\($0),OU=Managed,DC=target,DC=test") }

    @Test(arguments: [LDAPModification.Operation.add, .delete], [1_000, 10_000, 1_000_000])
    func `pieces are small enough, in order, and nothing is lost`(
        operation: LDAPModification.Operation,
        maximum: Int
    ) {
        let pieces = LDAPModification(operation, LDAPAttribute("member", names)).split(maximumBytes: maximum)
        #expect(pieces.allSatisfy { $0.encodedSize <= maximum && $0.operation == operation })
        #expect(pieces.flatMap(\.attribute.values) == names)
    }

    @Test func `counts values as well`() {
        let pieces = LDAPModification.add("member", names).split(maximumBytes: 1_000_000, maximumValues: 300)
        #expect(pieces.map(\.attribute.values.count) == [300, 300, 300, 100])
    }

    @Test func `what would mean something else in pieces stays whole`() {
        #expect(LDAPModification.replace("member", names).split(maximumBytes: 100).count == 1)
        #expect(LDAPModification.delete("member").split(maximumBytes: 1).count == 1)
    }
}
