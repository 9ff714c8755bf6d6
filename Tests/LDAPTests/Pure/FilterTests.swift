import LDAP
import Testing

@Suite struct FilterTests {
    @Test(arguments: [
        (LDAPFilter.equal("cn", "Jane Doe"), "(cn=Jane Doe)"),
        (.present("mail"), "(mail=*)"),
        (.greaterOrEqual("uSNChanged", "17"), "(uSNChanged>=17)"),
        (.lessOrEqual("accountExpires", "9"), "(accountExpires<=9)"),
        (.not(.equal("cn", "x")), "(!(cn=x))"),
        (.and([.present("a"), .or([.present("b"), .present("c")])]), "(&(a=*)(|(b=*)(c=*)))"),
        (.substrings("cn", initial: "a", any: ["b", "c"], final: "d"), "(cn=a*b*c*d)"),
        (.substrings("cn", initial: nil, any: ["b"], final: nil), "(cn=*b*)"),
        (.substrings("cn", initial: nil, any: [""], final: nil), "(cn=*)"),
        (
            .extensible("userAccountControl", rule: .bitAnd, "2"),
            "(userAccountControl:1.2.840.113556.1.4.803:=2)"
        ),
    ])
    func `prints the string form of RFC 4515`(filter: LDAPFilter, text: String) {
        #expect(filter.description == text)
    }

    @Test(
        arguments: [
            (LDAPValue("*"), #"\2a"#),
            ("(x)", #"\28x\29"#),
            (#"a\b"#, #"a\5cb"#),
            ("a\0b", #"a\00b"#),
            ("a\nb", #"a\0ab"#),
            ("x)(objectClass=*", #"x\29\28objectClass=\2a"#),
            ("Müller", "Müller"),
            (LDAPValue([0xFF, 0x00, 0x41]), #"\ff\00\41"#),
        ] as [(LDAPValue, String)]
    )
    func `no value can change the meaning of a filter`(value: LDAPValue, escaped: String) {
        #expect(LDAPFilter.equal("cn", value).description == "(cn=\(escaped))")
    }

    @Test(arguments: ["cn", "userCertificate;binary", "1.2.840.113556.1.4.8", "mS-DS-ConsistencyGuid", "x-1"])
    func `takes the name of an attribute`(text: String) throws {
        #expect(try #require(LDAPAttributeName(text)).description == text)
    }

    @Test(arguments: ["", "cn=", "cn)(x", "*", "1", "1.", "-a", "a b", "ä", "cn;", "cn:dn:", "cn\0"])
    func `takes nothing for a name that means something in a filter`(text: String) {
        #expect(LDAPAttributeName(text) == nil)
    }

    @Test func `names of attributes have no case`() {
        #expect(LDAPAttributeName("memberOf") == "MEMBEROF")
        #expect(Set<LDAPAttributeName>(["memberOf", "memberof"]).count == 1)
        #expect(LDAPAttributeName("memberOf") != "member")
    }
}
