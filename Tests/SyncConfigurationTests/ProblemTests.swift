import StrictJSON
import SyncConfiguration
import Testing

@Suite struct ProblemTests {
    @Test func everyProblemIsReportedAtOnceInTheOrderOfTheFile() throws {
        let text = #"""
            {
                "server": "ldaps://dc1.source.test",
                "bind": { "usr": "svc-sync@source.test" },
                "tls": { "minimum_version": "1.1", "verify": "no" },
                "user_path": "OU=People",
                "search_group": ["CN=Operators"],
                "anchor": 1
            }
            """#
        let error = #expect(throws: ConfigurationError.self) { try exportConfiguration(text, file: "conf/export.json") }
        #expect(
            try #require(error).description == #"""
                conf/export.json: 8 problems
                  line 3: bind.usr: unknown key; did you mean "user"?
                  line 4: tls.minimum_version: "1.1" given; expected "1.2" or "1.3"
                  line 4: tls.verify: "no" given; expected true or false, without quotes
                  line 5: user_path: "OU=People" given; expected an absolute name that ends in DC parts: …,DC=plant,DC=test
                  line 6: search_group: unknown key; did you mean "search_groups"?
                  line 7: anchor: 1 given; expected true or false, without quotes
                  bind.user: missing; expected: account, such as "svc-sync@example.test"
                  group_path: missing; expected: distinguished name, such as "OU=Groups,DC=source,DC=test"
                """#
        )
    }

    @Test func oneProblemIsCountedAsOne() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try exportConfiguration(Sample.export.with("anchor", "1").text)
        }
        #expect(try #require(error).description.hasPrefix("export-config.json: 1 problem\n  line 6: anchor: "))
    }

    @Test func aProblemCanBeReadByAProgramToo() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try exportConfiguration(Sample.export.with("tls", #"{"minimum_version": "1.1"}"#).text)
        }
        let problem = try #require(error?.problems.first)
        #expect(problem.key == "tls.minimum_version")
        #expect(problem.position == SourcePosition(line: 6, column: 30))
        #expect(problem.fault == .unexpected(given: #""1.1""#, expected: #""1.2" or "1.3""#))
    }

    @Test(arguments: [
        ("expiraton_time", #"unknown key; did you mean "expiration_time"?"#),
        ("managedUserPath", #"unknown key; did you mean "managed_user_path"?"#),
        ("Input-File", #"unknown key; did you mean "input_file"?"#),
        ("prot", #"unknown key; did you mean "port"?"#),
        ("servers", #"unknown key; did you mean "server"?"#),
        ("PORT", #"unknown key; did you mean "port"?"#),
        ("search_groups", "unknown key; the nearest known key is \"restricted_groups\""),
    ])
    func anUnknownKeyNamesTheNearestKnownOne(key: String, message: String) {
        #expect(importProblems(Sample.import.with(key, "1").text) == ["line 7: \(key): \(message)"])
    }

    @Test(arguments: [
        ("bind", #"{"user": "a@b", "passwort": "x"}"#, #"bind.passwort: unknown key; did you mean "password"?"#),
        ("tls", #"{"cafile": "x"}"#, #"tls.cafile: unknown key; did you mean "ca_file"?"#),
        (
            "deactivation_limit", #"{"percents": 5}"#,
            #"deactivation_limit.percents: unknown key; did you mean "percent"?"#
        ),
    ])
    func unknownKeysAreFoundInObjectsToo(key: String, value: String, message: String) {
        #expect(importProblems(Sample.import.with(key, value).text).map { $0.hasSuffix(": \(message)") } == [true])
    }

    @Test func aKeyThatStandsTwiceIsAProblemOnEveryLevel() {
        let text = #"""
            {
                "server": "ldaps://dc1.source.test",
                "bind": { "user": "a@b",
                          "user": "c@d" },
                "user_path": "OU=People,DC=source,DC=test",
                "group_path": "OU=Groups,DC=source,DC=test",
                "server": "ldaps://dc2.source.test"
            }
            """#
        #expect(
            exportProblems(text) == [
                "line 4: bind.user: the key stands twice, first in line 3",
                "line 7: server: the key stands twice, first in line 2",
            ]
        )
    }
}
