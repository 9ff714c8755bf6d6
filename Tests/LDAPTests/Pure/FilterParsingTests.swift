import LDAP
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
            ("", 1, .missingParenthesis), ("cn=x", 1, .missingParenthesis), ("(cn=x", 6, .unclosed),
            ("(", 2, .invalidAttribute),
            ("(cn=x))", 7, .textBehind), ("(a=1)(b=2)", 6, .textBehind), ("(&)", 3, .emptyList), ("(|", 3, .unclosed),
            ("(&(a=1)x)", 8, .missingParenthesis), ("(!(a=1)(b=2))", 8, .severalNegated),
            ("(!a=1)", 3, .missingParenthesis),
            ("(=x)", 2, .invalidAttribute), ("(given name=x)", 2, .invalidAttribute), ("(cn)", 4, .missingComparison),
            ("(cn>x)", 5, .missingComparison), ("(cn~=x)", 4, .approximate), ("(cn=)", 5, .emptyValue),
            ("(cn>=)", 6, .emptyValue),
            ("(cn=a**b)", 5, .emptyPart), ("(n>=1*)", 6, .wildcard), ("(cn=a(b))", 6, .bareParenthesis),
            (#"(cn=a\b)"#, 6, .invalidEscape), (#"(cn=a\"#, 6, .invalidEscape), (#"(cn=\zz)"#, 5, .invalidEscape),
            (#"(cn=\*)"#, 5, .invalidEscape), ("(cn=a\0b)", 6, .nul), ("(cn:=x)", 5, .unknownRule),
            ("(cn:dn:=x)", 5, .unknownRule),
            ("(cn:1.2.3:=x)", 5, .unknownRule), ("(u:1.2.840.113556.1.4.803:=0x2)", 28, .invalidNumber),
            ("(u:1.2.840.113556.1.4.803", 26, .missingComparison),
            ("(u:1.2.840.113556.1.4.1941:=Ops)", 29, .invalidName),
            ("(ü=x)", 2, .invalidAttribute), ("(cn=ü)x", 7, .textBehind),
        ] as [(String, Int, LDAPFilterSyntaxError.Reason)])
    func `tells what is wrong and where`(text: String, position: Int, reason: LDAPFilterSyntaxError.Reason) {
        let error = #expect(throws: LDAPFilterSyntaxError.self) { try LDAPFilter(parsing: text) }
        #expect(error?.position == position && error?.reason == reason, "\(String(describing: error))")
    }

    @Test(arguments: ["(!", "(&", "(|"])
    func `ends at a depth that no stack minds`(opening: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + "(a=1)" + String(repeating: ")", count: depth)
        }
        #expect(try LDAPFilter(parsing: nested(99)).attributes == ["a"])
        let error = #expect(throws: LDAPFilterSyntaxError.self) { try LDAPFilter(parsing: nested(100_000)) }
        #expect(error?.reason == .tooDeep)
    }

    @Test func `knows the attributes it compares`() throws {
        let filter = try LDAPFilter(
            parsing: "(&(a=1)(|(b=*)(!(c>=2)))(d<=3)(e=x*)(f:1.2.840.113556.1.4.804:=1)(A=2))")
        #expect(filter.attributes == ["a", "b", "c", "d", "e", "f"])
    }
}
