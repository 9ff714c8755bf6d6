import DistinguishedNames
import LDAP
import SyncConfiguration
import Testing

@Suite struct UserSelectionTests {
    private func selection(_ key: String, _ value: String) throws -> UserSelection {
        try exportConfiguration(Sample.export.with(key, value).text).users
    }

    @Test func withoutKeysEverybodyBelowUserPathIsExported() throws {
        let users = try exportConfiguration(Sample.export.text).users
        #expect(users.paths.map(\.description) == ["OU=People,DC=source,DC=test"])
        #expect(users.filter == nil)
        #expect(users.objectClasses == ["user"])
        #expect(users.exclusions.isEmpty)
    }

    @Test func severalPathsStandInAList() throws {
        let users = try selection("user_path", #"["OU=B,DC=source,DC=test", "OU=A,DC=source,DC=test"]"#)
        #expect(users.paths.map(\.description) == ["OU=B,DC=source,DC=test", "OU=A,DC=source,DC=test"])
    }

    @Test func aFilterIsUnderstoodNotKept() throws {
        let users = try selection("user_filter", #""(&(department=Op*) (!(title=x\\2a)))""#)
        #expect(
            users.filter
                == .and([
                    .substrings("department", initial: "Op", any: [], final: nil), .not(.equal("title", "x*")),
                ]))
    }

    @Test func rulesKeepTheirOrder() throws {
        let rules = try selection(
            "exclude",
            #"[{"account": "svc-*"}, {"filter": "(title=x)"}, {"path": "OU=R,OU=People,DC=source,DC=test"}]"#
        ).exclusions
        #expect(rules.count == 3)
        guard case .account(let pattern) = rules[0] else {
            Issue.record("\(rules[0])")
            return
        }
        #expect(pattern.description == "svc-*")
        #expect(rules[1] == .filter(.equal("title", "x")))
        #expect(rules[2] == .path(try DistinguishedName(parsing: "OU=R,OU=People,DC=source,DC=test")))
        #expect(try selection("exclude", #"{"account": "svc-*"}"#).exclusions == [rules[0]])
    }

    @Test(arguments: [
        ("user_path", "[]", "expected at least one distinguished name"),
        ("user_path", #"["OU=A,DC=x", "ou=a, dc=x"]"#, "stands there twice"),
        ("user_path", #"["OU=B,OU=A,DC=x", "OU=A,DC=x"]"#, #""OU=A,DC=x" and "OU=B,OU=A,DC=x" overlap"#),
        ("user_path", #"["OU=A,DC=x", "OU=B,OU=A,DC=x"]"#, #""OU=B,OU=A,DC=x" and "OU=A,DC=x" overlap"#),
        ("user_path", #"["OU=A,DC=x", "OU=B"]"#, "user_path[1]: "),
        ("user_filter", #""(cn=x""#, #"at character 6, behind "(cn=x": the filter ends before its ')'"#),
        ("user_filter", #""cn=x""#, "at character 1: a filter begins with '('"),
        ("user_object_classes", "[]", "expected at least one object class"),
        ("user_object_classes", #"["user", "Computer"]"#, "user_object_classes[1]: \"Computer\" given"),
        ("exclude", #"[{"acount": "x*"}]"#, #"did you mean "account"?"#),
        ("exclude", "[{}]", "exclude[0]: a rule has one of the keys account, filter and path"),
        ("exclude", #"[{"account": "a", "filter": "(cn=x)"}]"#, "exclude[0]: a rule has one of the keys"),
        ("exclude", #"[{"account": null}]"#, "exclude[0].account: null given; expected a string"),
        ("exclude", #"[{"account": "*"}]"#, "expected a pattern that does not match every name"),
        ("exclude", #"[{"account": "a[b"}]"#, #"expected a pattern whose "[" is closed"#),
        ("exclude", #"[{"filter": "(cn~=x)"}]"#, "exclude[0].filter: "),
        ("exclude", #"[{"path": "OU=X,DC=other"}]"#, "does not lie below user_path"),
        ("exclude", #"[{"path": "OU=People,DC=source,DC=test"}]"#, "leaves nobody of user_path"),
        ("exclude", #"[{"path": "DC=source,DC=test"}]"#, "leaves nobody of user_path"),
    ])
    func whatIsWrongIsTold(key: String, value: String, message: String) {
        let problems = exportProblems(Sample.export.with(key, value).text)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test(arguments: [
        ("svc-*", ["svc-backup", "SVC-", "Svc-ä"], ["svc", "xsvc-a", ""]),
        ("*-adm", ["a-adm", "-ADM"], ["a-admin", "adm"]),
        ("a?c", ["abc", "AXC"], ["ac", "abbc"]), ("*a*b*", ["ab", "xaxbx"], ["ba", "a"]),
        ("[a-c]1", ["a1", "C1"], ["d1", "-1"]),
        ("[!a-c]1", ["d1", "-1"], ["a1", "B1"]), ("[]x]1", ["]1", "x1"], ["a1"]),
        ("t[0-9][0-9]*", ["t01", "t99x"], ["t1", "tx1"]),
        ("MÜLLER*", ["müller1"], ["muller"]), ("exact", ["Exact"], ["exact1", "xexact"]), ("[a-]", ["a", "-"], ["b"]),
    ])
    func aPatternIsThatOfAShell(pattern: String, matching: [String], others: [String]) throws {
        let rules = try selection("exclude", #"[{"account": "\#(pattern)"}]"#).exclusions
        guard case .account(let pattern) = rules.first else {
            Issue.record("\(rules)")
            return
        }
        for name in matching { #expect(pattern.matches(name), "\(name)") }
        for name in others { #expect(!pattern.matches(name), "\(name)") }
    }

    @Test func aPatternTakesNoTimeToFail() throws {
        let rules = try selection("exclude", #"[{"account": "\#(String(repeating: "*a", count: 500))*b"}]"#).exclusions
        guard case .account(let pattern) = rules.first else {
            Issue.record("\(rules)")
            return
        }
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }
}
