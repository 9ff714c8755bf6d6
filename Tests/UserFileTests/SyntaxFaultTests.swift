import Directory
import Testing
import UserFile

/// What JSON is stands in StrictJSONTests; here is how a user file that is none is refused.
@Suite struct SyntaxFaultTests {
    @Test(
        "A fault of syntax names its line and column, and quotes what stands there",
        arguments: [
            (
                "{\n  \"users\": [7 8]\n}",
                "line 2, column 15: expected ',' or ']' after the value, not \"8]\\u{A}}\""
            ),
            ("{\n  \"ü\": x}", "line 2, column 8: expected a value, not \"x}\""),
            (#"{"users": []} x"#, #"line 1, column 15: expected the end of the file, not "x""#),
            ("[]", #"line 1, column 1: expected '{', not "[]""#),
            ("\u{FEFF}{}", #"line 1, column 1: expected '{', not "\u{FEFF}{}""#),
            (
                #"{"users": [] /* none */}"#,
                #"line 1, column 14: expected ',' or '}' after the value, not "/* none */}"; JSON has no comments"#
            ),
            (#"{"users": [], "users": []}"#, #"line 1, column 15: the key "users" stands twice in one object"#),
            (
                #"{"a": {"x": 1, "\u0078": 2}, "users": []}"#,
                #"line 1, column 16: the key "x" stands twice in one object"#
            ),
            (
                #"{"users": [],}"#,
                "line 1, column 14: expected another entry after the comma; JSON has none after the last entry"
            ),
            (
                #"{"users": []"#,
                "line 1, column 13: expected ',' or '}' after the value, but the file ends; it may have been cut off"
            ),
            (#"{"users": ["x"#, "line 1, column 12: the string is not closed; it may have been cut off"),
            (
                #"{"a": "# + String(repeating: "[", count: 16) + String(repeating: "]", count: 16) + "}",
                "line 1, column 22: more than 16 levels are nested"
            ),
        ])
    func refused(text: String, fault: String) {
        let error = #expect(throws: UserFileError.self) { try read(text) }
        #expect(error?.kind == .notJSON)
        #expect(error?.faults.last?.description == fault)
    }

    @Test(
        "A limit that is exceeded",
        arguments: [
            (\UserFileLimits.users, 1, "there are more than 1 users"),
            (\.depth, 2, "more than 2 levels are nested"),
            (\.keysPerObject, 4, "an object has more than 4 keys"),
            (\.valuesPerArray, 0, "an array has more than 0 values"),
            (\.valuesPerRecord, 6, "a value and those in it are more than 6"),
            (\.groups, 0, "the records name more than 0 groups"),
            (\.valueBytes, 5, "a value has more than 5 bytes"),
        ] as [(any WritableKeyPath<UserFileLimits, Int> & Sendable, Int, String)])
    func limits(limit: any WritableKeyPath<UserFileLimits, Int> & Sendable, value: Int, problem: String) {
        var limits = UserFileLimits.standard
        limits[keyPath: limit] = value
        let text = Fixture.file(Fixture.record(), Fixture.record(["sAMAccountName": #""other""#]))
        let error = #expect(throws: UserFileError.self) { try read(text, limits: limits) }
        #expect(error?.faults.last?.problem == problem)
    }

    @Test func unknownKeysOfTheHeaderAreIgnored() throws {
        let unknown = #""x": [1.5e-3, true, "\ud83d\ude00", {"y": [[]]}], "y": null"#
        #expect(try read(Fixture.file(Fixture.record(), header: unknown)).population.users.count == 1)
    }

    @Test func escapesMeanTheirCharacters() throws {
        let text = Fixture.file(Fixture.record(["info": #""\"\\\/\b\f\n\r\t\u00fc\ud83d\ude00""#]))
        #expect(
            try read(text).population.users.first?.attributes["info"]
                == .one(.text("\"\\/\u{8}\u{C}\n\r\tü😀")))
    }
}
