import LDAP
import LDAPFilters
import Testing

@Suite struct FilterParsingTests {
    @Test(
        arguments: [
            ("(cn=Jane Doe)", .equal("cn", "Jane Doe")),
            ("(mail=*)", .present("mail")),
            ("(uSNChanged>=17)", .greaterOrEqual("uSNChanged", "17")),
            ("(accountExpires<=9)", .lessOrEqual("accountExpires", "9")),
            ("(!(cn=x))", .not(.equal("cn", "x"))),
            ("(&(a=*)(|(b=*)(c=*)))", .and([.present("a"), .or([.present("b"), .present("c")])])),
            (" ( & (a=1)  (! (b=2) ) ) ", .and([.equal("a", "1"), .not(.equal("b", "2"))])),
            ("(cn=a*b*c*d)", .substrings("cn", initial: "a", any: ["b", "c"], final: "d")),
            ("(cn=*b*)", .substrings("cn", initial: nil, any: ["b"], final: nil)),
            ("(cn=svc-*)", .substrings("cn", initial: "svc-", any: [], final: nil)),
            ("(userAccountControl:1.2.840.113556.1.4.803:=2)", .extensible("userAccountControl", rule: .bitAnd, "2")),
            ("(memberOf:1.2.840.113556.1.4.1941:=CN=A,DC=x)", .extensible("memberOf", rule: .inChain, "CN=A,DC=x")),
            (#"(cn=\2a\28x\29\5C)"#, .equal("cn", #"*(x)\"#)), (#"(cn=M\c3\bcller)"#, .equal("cn", "Müller")),
            (#"(objectGUID=\ff\00)"#, .equal("objectGUID", LDAPValue([0xFF, 0]))), ("(cn= x )", .equal("cn", " x ")),
            ("(cn=a=b>=c~:d&|!)", .equal("cn", "a=b>=c~:d&|!")),
            ("(1.2.840.113556.1.4.8=1)", .equal("1.2.840.113556.1.4.8", "1")),
        ] as [(String, LDAPFilter)])
    func `reads the string form of RFC 4515`(text: String, filter: LDAPFilter) throws {
        let parsed = try LDAPFilter(parsing: text)
        #expect(parsed == filter)
        #expect(try LDAPFilter(parsing: parsed.description) == filter)
    }

    @Test(
        arguments: [
            ("(cn=x", 6, .unclosed), ("(&(cn=x)(cn~=x))", 12, .approximate), ("(cn:=x)", 5, .unknownRule),
            ("(cn:dn:=x)", 5, .unknownRule), ("(cn:dn:1.2.840.113556.1.4.803:=2)", 5, .unknownRule),
            ("(:1.2.840.113556.1.4.803:=2)", 3, .unknownRule), ("(cn:1.2.3:=x)", 5, .unknownRule),
            ("(u:1.2.840.113556.1.4.803:=0x2)", 28, .invalidNumber),
            (#"(u:1.2.840.113556.1.4.803:=\ff)"#, 28, .invalidNumber),
            ("(u:1.2.840.113556.1.4.1941:=Ops)", 29, .invalidName),
        ] as [(String, Int, FilterSyntaxError.Reason)])
    func `refuses what Active Directory does not evaluate, at its place`(
        text: String, position: Int, reason: FilterSyntaxError.Reason
    ) {
        let error = #expect(throws: FilterSyntaxError.self) { try LDAPFilter(parsing: text) }
        #expect(error == FilterSyntaxError(position: position, reason: reason), "\(String(describing: error))")
    }

    @Test func `knows the attributes it compares`() throws {
        let filter = try LDAPFilter(
            parsing: "(&(a=1)(|(b=*)(!(c>=2)))(d<=3)(e=x*)(f:1.2.840.113556.1.4.804:=1)(A=2))")
        #expect(filter.attributes == ["a", "b", "c", "d", "e", "f"])
    }
}
