import StrictJSON
import Testing

/// Foundation's decoder takes those marked so; see the reader's documentation.
@Suite struct SyntaxTests {
    @Test(
        arguments: [
            ("", 0, .empty),
            (" \r\n\t", 4, .empty),
            (#"{"a": 1,}"#, 8, .strayComma),  // taken
            ("[1, ]", 4, .strayComma),  // taken
            ("[,]", 1, .unexpected(.value, nil)),
            ("[1 2]", 3, .unexpected(.commaOrBracket, nil)),
            ("[1}", 2, .unexpected(.commaOrBracket, nil)),
            (#"{"a": 1 "b": 2}"#, 8, .unexpected(.commaOrBrace, nil)),
            (#"{"a" 1}"#, 5, .unexpected(.colon, nil)),
            ("{a: 1}", 1, .unexpected(.key, nil)),
            ("{1: 1}", 1, .unexpected(.key, nil)),
            ("{'a': 1}", 1, .unexpected(.key, .singleQuote)),
            ("['a']", 1, .unexpected(.value, .singleQuote)),
            ("[/* none */]", 1, .unexpected(.value, .comment)),
            ("# why\n{}", 0, .unexpected(.value, .comment)),
            ("{} // done", 3, .unexpected(.end, .comment)),
            ("{}{}", 2, .unexpected(.end, nil)),
            ("null,", 4, .unexpected(.end, nil)),
            ("\u{FEFF}{}", 0, .unexpected(.value, nil)),  // taken
            ("\u{A0}1", 0, .unexpected(.value, nil)),
            ("\u{C}1", 0, .unexpected(.value, nil)),
            ("[", 1, .ended(.value)),
            ("{", 1, .ended(.key)),
            (#"{"a""#, 4, .ended(.colon)),
            (#"{"a": 1"#, 7, .ended(.commaOrBrace)),
            ("[1", 2, .ended(.commaOrBracket)),
        ] as [(String, Int, JSONSyntaxError.Problem)])
    func `structure`(text: String, offset: Int, problem: JSONSyntaxError.Problem) {
        #expect(fault(text) == JSONSyntaxError(offset: offset, problem: problem))
    }

    @Test(
        arguments: [
            ("tru", 0, .unexpected(.value, nil)), ("nul", 0, .unexpected(.value, nil)),
            ("True", 0, .unexpected(.value, nil)), ("nullx", 4, .unexpected(.end, nil)),
            ("NaN", 0, .unexpected(.value, nil)), ("Infinity", 0, .unexpected(.value, nil)),
            ("+1", 0, .unexpected(.value, nil)), (".5", 0, .unexpected(.value, nil)),
            ("01", 0, .leadingZero), ("-00", 0, .leadingZero), ("0x10", 1, .unexpected(.end, nil)),
            ("-", 1, .ended(.digit)), ("-x", 1, .unexpected(.digit, nil)), ("-Infinity", 1, .unexpected(.digit, nil)),
            ("1.", 2, .ended(.digit)), ("1.e5", 2, .unexpected(.digit, nil)), ("1e", 2, .ended(.digit)),
            ("1e+", 3, .ended(.digit)), ("1_000", 1, .unexpected(.end, nil)), ("١", 0, .unexpected(.value, nil)),
        ] as [(String, Int, JSONSyntaxError.Problem)])
    func `words and numbers`(text: String, offset: Int, problem: JSONSyntaxError.Problem) {
        #expect(fault(text) == JSONSyntaxError(offset: offset, problem: problem))
    }

    @Test(
        arguments: [
            (#""abc"#, 0, .unclosedString), (#""abc\"#, 0, .unclosedString), (#""abc\""#, 0, .unclosedString),
            (#""\\"#, 0, .unclosedString), (#"{"a"#, 1, .unclosedString),
            ("\"a\tb\"", 2, .controlCharacter), ("\"a\nb\"", 2, .controlCharacter), ("\"\u{0}\"", 1, .controlCharacter),
            ("\"\\\\\u{1F}\"", 3, .controlCharacter),
            (#""C:\sync""#, 3, .unknownEscape), (#""\U0041""#, 1, .unknownEscape), (#""\x41""#, 1, .unknownEscape),
            (#""C:\users""#, 3, .incompleteEscape), (#""\u12"#, 1, .incompleteEscape),
            (#""\u+123""#, 1, .incompleteEscape),
            (#""\u00é""#, 1, .incompleteEscape),
            (#""\ud800""#, 1, .halfSurrogatePair), (#""\udc00""#, 1, .halfSurrogatePair),
            (#""\ud800\u0041""#, 1, .halfSurrogatePair), (#""\ud800\n""#, 1, .halfSurrogatePair),
            (#""\udc00\ud800""#, 1, .halfSurrogatePair), (#""\ud800\u00""#, 7, .incompleteEscape),
        ] as [(String, Int, JSONSyntaxError.Problem)])
    func `strings`(text: String, offset: Int, problem: JSONSyntaxError.Problem) {
        #expect(fault(text) == JSONSyntaxError(offset: offset, problem: problem))
    }

    @Test(arguments: [
        (#"{"a": 1, "a": 2}"#, 9, "a"),  // taken
        (#"{"x": 1, "\u0078": 2}"#, 9, "x"),  // taken
        (#"[{"a": {"": 1, "": 2}}]"#, 15, ""),  // taken
    ])
    func `a key that stands twice`(text: String, offset: Int, key: String) throws {
        #expect(fault(text) == JSONSyntaxError(offset: offset, problem: .repeatedKey(key)))
        _ = try read(text, repeatedKeys: .kept)
    }

    @Test func `keys in NFC and NFD are two`() throws {
        guard case .object(let members) = try read(#"{"\u00e9": 1, "e\u0301": 2}"#).value else {
            return #expect(Bool(false))
        }
        #expect(members["\u{E9}"]?.value.text == "1")
        #expect(members["e\u{301}"]?.value.text == "2")
        #expect(members["e"] == nil)
    }

    @Test(arguments: [
        "1x hunter2", #"{"password": hunter2}"#, #"{"password": "hunter2", "password": "hunter2"}"#, #"["hunter2"#,
        #"{"password": 'hunter2'}"#, #"["\hunter2"]"#, #"["\uhunter2"]"#,
    ])
    func `what the text says is not in the description`(text: String) throws {
        let error = try #require(fault(text))
        #expect(!"\(error)".contains("hunter2") && !"\(error)".contains("password"), "\(error)")
    }

    @Test func `who may quote can`() {
        let problem = JSONSyntaxError.Problem.unexpected(.value, .comment)
        #expect(problem.description == "expected a value; JSON has no comments")
        #expect(problem.description(quoting: "#x") == "expected a value, not #x; JSON has no comments")
    }

    @Test(
        arguments: [
            [0xFF], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22],
        ] as [[UInt8]])
    func `what is no UTF-8 is no text`(bytes: [UInt8]) {
        #expect(UTF8Text(validating: bytes) == nil)
    }

    @Test(arguments: [(0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 2, 2), (9, 2, 3), (99, 3, 1)])
    func `positions count lines, and characters in them`(offset: Int, line: Int, column: Int) {
        #expect(UTF8Text("a\r\nü😀\n").position(at: offset) == SourcePosition(line: line, column: column))
    }

    @Test func `positions that are looked up again and again are the same`() {
        let text = UTF8Text(String(repeating: "{\n  \"ü😀\": 1\r\n}", count: 300) + String(repeating: "é", count: 2000))
        let positions = SourcePositions(text)
        for offset in -1...(text.bytes.count + 1) where offset % 7 == 0 || offset % 1024 < 3 {
            #expect(positions.position(at: offset) == text.position(at: max(0, offset)))
        }
    }
}
