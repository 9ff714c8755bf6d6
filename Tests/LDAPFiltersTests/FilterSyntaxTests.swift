import LDAPFilters
import Testing

@Suite("Texts that are no filter")
struct FilterSyntaxTests {
    @Test(
        "It is told what is wrong, and where",
        arguments: [
            ("", 1, .missingParenthesis), ("cn=x", 1, .missingParenthesis), ("(cn=x", 6, .unclosed),
            ("(&(cn=x)", 9, .unclosed), ("(", 2, .invalidAttribute), ("(|", 3, .unclosed),
            ("(cn=x))", 7, .textBehind), ("(a=1)(b=2)", 6, .textBehind), ("(cn=ü)x", 7, .textBehind),
            ("(&)", 3, .emptyList), ("(&(a=1)x)", 8, .unexpectedText), ("(!(a=1)x)", 8, .unexpectedText),
            ("(&x)", 3, .unexpectedText),
            ("(!(a=1)(b=2))", 8, .severalNegated), ("(!a=1)", 3, .missingOperand), ("(!", 3, .missingOperand),
            ("(=x)", 2, .invalidAttribute), ("(given name=x)", 2, .invalidAttribute), ("(ü=x)", 2, .invalidAttribute),
            ("(1=x)", 2, .invalidAttribute), ("(1.=x)", 2, .invalidAttribute), ("(cn;=x)", 2, .invalidAttribute),
            ("(-cn=x)", 2, .invalidAttribute),
            ("(cn)", 4, .missingComparison), ("(cn", 4, .missingComparison), ("(cn>x)", 5, .missingComparison),
            ("(cn<x)", 5, .missingComparison), ("(cn~x)", 5, .missingComparison), ("(cn&=x)", 4, .missingComparison),
            ("(cn=)", 5, .emptyValue), ("(cn>=)", 6, .emptyValue), ("(cn:1.2:=)", 10, .emptyValue),
            ("(cn=a**b)", 5, .emptyPart), ("(cn=**)", 5, .emptyPart), ("(n>=1*)", 6, .wildcard),
            ("(n~=*1)", 5, .wildcard), ("(n:1.2:=*)", 9, .wildcard), ("(cn=a(b))", 6, .bareParenthesis),
            (#"(cn=a\b)"#, 6, .invalidEscape), (#"(cn=a\"#, 6, .invalidEscape), (#"(cn=\zz)"#, 5, .invalidEscape),
            (#"(cn=\*)"#, 5, .invalidEscape), (#"(cn=\２a)"#, 5, .invalidEscape), ("(cn=a\0b)", 6, .nul),
            ("(:=x)", 3, .missingRule), ("(:dn:=x)", 6, .missingRule), ("(cn:1.2", 8, .missingAssignment),
            ("(cn:1.2:", 9, .missingAssignment), ("(cn:1.2=x)", 8, .missingAssignment),
            ("(cn:1.2:1.3:=x)", 9, .missingAssignment), ("(cn:1.2:dn:=x)", 9, .missingAssignment),
            ("(cn:-:=x)", 5, .invalidRule), ("(cn::=x)", 5, .invalidRule),
        ] as [(String, Int, FilterSyntaxError.Reason)])
    func refused(text: String, position: Int, reason: FilterSyntaxError.Reason) {
        let error = #expect(throws: FilterSyntaxError.self) { try FilterTree(parsing: text) }
        #expect(error == FilterSyntaxError(position: position, reason: reason), "\(String(describing: error))")
    }

    @Test("Filters in one another end at a depth that no stack minds", arguments: ["(!", "(&", "(|", "( & "])
    func depth(opening: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + "(a=1)" + String(repeating: ")", count: depth)
        }
        _ = try FilterTree(parsing: nested(99))
        for depth in [100, 100_000] {
            let error = #expect(throws: FilterSyntaxError.self) { try FilterTree(parsing: nested(depth)) }
            #expect(error?.reason == .tooDeep)
            #expect(error?.position == opening.count * 100 + 1)
        }
    }

    @Test("The sentence tells what stands before the place")
    func sentence() throws {
        let text = "(cn=x"
        let error = try #require(throws: FilterSyntaxError.self) { try FilterTree(parsing: text) }
        #expect(error.described(in: text) == "at character 6, behind \"(cn=x\": the filter ends before its ')'")
        let first = try #require(throws: FilterSyntaxError.self) { try FilterTree(parsing: "x") }
        #expect(first.described(in: "x") == "at character 1: a filter begins with '('")
    }
}
