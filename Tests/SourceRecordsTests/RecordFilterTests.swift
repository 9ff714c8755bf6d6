import Directory
import LDAPFilters
import SourceRecords
import SyncTestSupport
import Testing

@Suite struct RecordFilterTests {
    private static let jane = record(
        1, "Jane Doe", "jdoe", in: ["Operators"], expires: .at(Fixture.time("2026-12-31T00:00:00")),
        [
            "department": "Maintenance", "mail": "jdoe@source.test", "employeeNumber": "900", "title": nil,
            "otherTelephone": ["+49 40 100", "+49 40 101"], "displayName": "Doe (Jane) *",
        ])

    @Test(
        "Filters that are true of Jane Doe, of Maintenance, an operator",
        arguments: [
            "(department=Maintenance)", "(DEPARTMENT=maintenance)", "(cn=jane doe)", "(sAMAccountName=JDOE)",
            "(department=Main*)", "(department=*nance)", "(department=M*t*e)", "(department=*ain*)", "(department=*)",
            "(!(department=Operations))", "(!(title=Boss))", "(!(title=*))",
            "(&(department=Maintenance)(mail=*@source.test))", "(|(cn=Nobody)(cn=Jane*))",
            "(&(|(cn=a*)(cn=j*))(!(disabled=TRUE)))", "(disabled=false)",
            "(employeeNumber<=900)",
            "(employeeNumber>=9)", "(!(employeeNumber>=1000))", "(department>=maint)", "(department<=Mb)",
            "(accountExpires<=2026-12-31)", "(accountExpires>=2026-12-30T23:00:00)", "(!(accountExpires<=2026-12-30))",
            "(memberOf=CN=Operators)", "(memberOf=cn=operators)", "(memberOf=Operators)", "(memberOf=Oper*)",
            "(memberOf=*)", "(otherTelephone=+49 40 101)", #"(displayName=Doe \28Jane\29 \2a)"#,
            #"(displayName=*\2A)"#, #"(cn=\4aane*)"#,
        ])
    func matches(_ text: String) throws {
        #expect(try RecordFilter(parsing: text).matches(Self.jane))
    }

    @Test(
        "Filters that are not true of her",
        arguments: [
            "(department=Maint)", "(department=*Maint)", "(department=nance*)", "(title=*)", "(title=Boss)",
            "(cn=Jane)",
            "(!(department=maintenance))", "(memberOf=Engineers)", "(disabled=TRUE)", "(accountExpires>=2027-01-01)",
            "(accountExpires>=soon)", "(department=M*e*e*e)", "(cn=Jane *Doe*Doe)", "(mail=*@target.test)",
        ])
    func doesNotMatch(_ text: String) throws {
        #expect(try !RecordFilter(parsing: text).matches(Self.jane))
    }

    @Test("Case does not count beyond ASCII either; ß is not ss, and a letter without its accent is another letter")
    func folding() throws {
        let user = record(1, "JÜRGEN KÖHLER", "jk", ["sn": "Weiß"])
        #expect(try RecordFilter(parsing: "(cn=jürgen k*)").matches(user))
        #expect(try RecordFilter(parsing: "(cn=*öh*)").matches(user))
        #expect(try !RecordFilter(parsing: "(cn=jurgen*)").matches(user))
        #expect(try !RecordFilter(parsing: "(sn=weiss)").matches(user))
    }

    @Test(
        "A filter that cannot be read, or not be evaluated without a server, tells where",
        arguments: [
            ("department=x", 1, .missingParenthesis), ("(department=x", 14, .unclosed), ("(cn>=a*)", 7, .wildcard),
            ("(&(cn=x)(cn~=x))", 12, .approximate), ("(cn:1.2.840.113556.1.4.803:=2)", 4, .ruleWithoutServer),
            ("(:dn:1.2.3:=2)", 2, .ruleWithoutServer), (#"(cn=\c3)"#, 5, .noText), (#"(cn=a*\c3*b)"#, 7, .noText),
        ] as [(String, Int, FilterSyntaxError.Reason)])
    func syntax(_ text: String, _ position: Int, _ reason: FilterSyntaxError.Reason) throws {
        let error = #expect(throws: FilterSyntaxError.self) { try RecordFilter(parsing: text) }
        #expect(error == FilterSyntaxError(position: position, reason: reason), "\(String(describing: error))")
    }

    @Test("Spaces around filters do no harm")
    func spaces() throws {
        #expect(try RecordFilter(parsing: " ( & (department=Maintenance) (! (title=*) ) ) ").matches(Self.jane))
    }
}
