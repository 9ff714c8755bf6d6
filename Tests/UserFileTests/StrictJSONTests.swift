import Directory
import Testing
import UserFile

/// Foundation's decoder takes those marked so; see the reader's documentation.
@Suite("JSON that is refused")
struct StrictJSONTests {
    @Test(
        "A fault of syntax names its line and column",
        arguments: [
            (#"{"users": [],}"#, "line 1, column 14: a key in double quotes was expected"),  // taken
            (#"{"users": [], "users": []}"#, "line 1, column 15: the key \"users\" stands twice"),  // taken
            (#"{"a": {"x": 1, "\u0078": 2}, "users": []}"#, "line 1, column 16: the key \"x\" stands twice"),  // taken
            ("\u{FEFF}{\"users\": []}", "line 1, column 1: \"{\" was expected, not \"\\u{FEFF}"),  // taken
            ("{\n  \"users\": [7 8]\n}", "line 2, column 15: \",\" or \"]\" was expected"),
            ("{\n  \"ü\": x}", "line 2, column 8: a value was expected"),
            (#"{"users": []} x"#, "line 1, column 15: the end of the file was expected"),
            (#"{"users": []}{}"#, "line 1, column 14: the end of the file was expected"),
            (#"[]"#, "line 1, column 1: \"{\" was expected"),
            (#"{"users": []"#, "line 1, column 13: the file ends where \",\" or \"}\" was expected"),
            (#"{'users': []}"#, "line 1, column 2: a key in double quotes was expected"),
            (#"{"users" []}"#, "line 1, column 10: \":\" was expected"),
            (#"{"a": NaN, "users": []}"#, "line 1, column 7: a value was expected"),
            (#"{"a": 01, "users": []}"#, "line 1, column 8: \",\" or \"}\" was expected"),
            (#"{"a": 1., "users": []}"#, "line 1, column 9: a digit was expected"),
            (#"{"a": -, "users": []}"#, "line 1, column 8: a digit was expected"),
            (#"{"a": 1e, "users": []}"#, "line 1, column 9: a digit was expected"),
            (#"{"a": nul, "users": []}"#, "line 1, column 7: \"null\" was expected"),
            (#"{"a": "\ud800", "users": []}"#, "line 1, column 8: an escape is half of a surrogate pair"),
            (#"{"a": "\udc00x", "users": []}"#, "line 1, column 8: an escape is half of a surrogate pair"),
            (#"{"a": "\ud800\u0041", "users": []}"#, "line 1, column 8: an escape is half of a surrogate pair"),
            (#"{"a": "\u12", "users": []}"#, "line 1, column 9: \"u\" and four hexadecimal digits was expected"),
            (#"{"a": "\x", "users": []}"#, "line 1, column 9: an escape that JSON knows was expected"),
            ("{\"a\": \"\t\", \"users\": []}", "line 1, column 8: a control character stands bare"),
            ("{\"a\": \"\\\\\u{0}\", \"users\": []}", "line 1, column 10: a control character stands bare"),
            (#"{"a": "x"#, "line 1, column 9: the file ends where the closing quote of a string was expected"),
            (#"{"a": "\\"#, "line 1, column 10: the file ends where the closing quote of a string was expected"),
            (#"{"a": "\"#, "line 1, column 9: the file ends where an escape that JSON knows was expected"),
            (#"{"users": [] /* none */}"#, "line 1, column 14: \",\" or \"}\" was expected"),
            (
                #"{"a": "# + String(repeating: "[", count: 16) + String(repeating: "]", count: 16) + "}",
                "line 1, column 22: more than 16 levels are nested"
            ),
        ])
    func refused(text: String, fault: String) {
        let error = #expect(throws: UserFileError.self) { try read(text) }
        #expect(error?.kind == .notJSON)
        let description = error?.faults.last?.description ?? ""
        #expect(description.hasPrefix(fault), "\(description)")
    }

    @Test(
        "A limit that is exceeded",
        arguments: [
            (\UserFileLimits.users, 1, "there are more than 1 users"),
            (\.depth, 2, "more than 2 levels are nested"),
            (\.keysPerObject, 4, "an object has more than 4 keys"),
            (\.valuesPerArray, 0, "an array has more than 0 values"),
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
