import StrictJSON
import Testing

@Suite struct ReaderTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "1E400", "-1.5e-3", "123456789012345678901234567890.0", #""""#, "[]", "{}",
        #"[1, [2, []], {"a": {"b": null}}]"#, #"{"b": 1, "a": 2}"#, #"{"": ""}"#, "\"\u{7F}\u{2028}\u{FFFE}\"",
    ])
    func `a value is what was written`(text: String) throws {
        #expect(try read(text).text == text.replacing("\u{7F}", with: #"\u007f"#))
        #expect(try read(" \r\n\t" + text + " \n").text == text.replacing("\u{7F}", with: #"\u007f"#))
    }

    @Test func `escapes mean their characters`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0000\u00fC\uD83D\ude00é""#
        guard case .string(let string) = try read(text).value else { return #expect(Bool(false)) }
        #expect(string == "\"\\/\u{8}\u{C}\n\r\t\u{0}ü😀é")
    }

    @Test func `every value knows where it stands`() throws {
        guard case .object(let members) = try read(#"{ "ü" : [ 1, "x"] }"#).value,
            case .array(let elements) = members.first?.value.value
        else { return #expect(Bool(false)) }
        #expect(members.map(\.keyOffset) == [2])
        #expect(members.map(\.value.offset) == [9])
        #expect(elements.map(\.offset) == [11, 14])
    }

    @Test func `repeated keys are kept where they are asked for`() throws {
        let text = #"{"a": 1, "a": {"b": 2, "b": 3}}"#
        #expect(try read(text, repeatedKeys: .kept).text == text)
    }

    @Test func `values can be taken as they come, and skipped`() throws {
        var reader = JSONReader(
            UTF8Text(#"{"skip": [{"x": [1.5e3, "\n"]}, true], "keep": [1, 2, 3]} "#), limits: JSONLimits(depth: 4))
        var kept: [String] = []
        try reader.object { reader, key throws(JSONSyntaxError) in
            guard key == "keep" else { return try reader.skip() }
            try reader.array { reader throws(JSONSyntaxError) in kept.append(try reader.node().text) }
        }
        try reader.end()
        #expect(kept == ["1", "2", "3"])
    }

    @Test func `what is skipped is read as strictly`() {
        for text in [#"{"a": 1, "a": 2}"#, "[01]", "[[[]]", #""\x""#, "[1,]"] {
            var reader = JSONReader(UTF8Text(text), limits: JSONLimits(depth: 3))
            #expect(throws: JSONSyntaxError.self, "\(text)") { try reader.skip() }
        }
    }

    @Test func `only an object is read as an object, only an array as an array`() {
        var object = JSONReader(UTF8Text("[]"), limits: JSONLimits(depth: 1))
        #expect(throws: JSONSyntaxError(offset: 0, problem: .unexpected(.object, nil))) {
            try object.object { _, _ in }
        }
        var array = JSONReader(UTF8Text(" {}"), limits: JSONLimits(depth: 1))
        #expect(throws: JSONSyntaxError(offset: 1, problem: .unexpected(.array, nil))) { try array.array { _ in } }
    }

    @Test(arguments: [
        (JSONLimits(depth: 2), #"[[]]"#, #"[{"a": []}]"#, 7, "more than 2 levels are nested"),
        (JSONLimits(depth: 0), "1", "[]", 0, "more than 0 levels are nested"),
        (
            JSONLimits(depth: 9, keysPerObject: 1), #"[{"a": 1}, {"a": 1}]"#, #"{"a": 1, "b": 2}"#, 9,
            "an object has more than 1 keys"
        ),
        (JSONLimits(depth: 9, valuesPerArray: 1), "[[1]]", "[1, 2]", 4, "an array has more than 1 values"),
        (
            JSONLimits(depth: 9, valuesPerTree: 3), #"{"a": [1]}"#, #"[{"a": [1]}]"#, 8,
            "a value and those in it are more than 3"
        ),
        (JSONLimits(depth: 9, valueBytes: 4), #"["abc", 1234]"#, #"["abcd"]"#, 1, "a value has more than 4 bytes"),
        (JSONLimits(depth: 9, valueBytes: 4), #""\n""#, #""\nbcd""#, 0, "a value has more than 4 bytes"),
        (JSONLimits(depth: 9, valueBytes: 4), "1e10", "12345", 0, "a value has more than 4 bytes"),
        (JSONLimits(depth: 9, valueBytes: 4), #"{"ab": 1}"#, #"{"abcd": 1}"#, 1, "a value has more than 4 bytes"),
    ])
    func `a limit that is exceeded`(
        limits: JSONLimits, within: String, beyond: String, offset: Int, sentence: String
    ) throws {
        _ = try read(within, limits: limits)
        #expect(fault(beyond, limits: limits) == JSONSyntaxError(offset: offset, problem: .limit(sentence)))
    }

    @Test func `deep nesting is refused before it exhausts the stack`() {
        for bracket in ["[", #"{"a":"#] {
            let text = String(repeating: bracket, count: 1_000_000)
            let error = fault(text, limits: JSONLimits(depth: 512))
            #expect(error?.problem == .limit("more than 512 levels are nested"))
        }
    }

    @Test(arguments: [
        ("", #""""#), ("Jörg \"x\" \\ /", #""Jörg \"x\" \\ /""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{8}\u{1F}\u{7F}", #""\u0000\u0008\u001f\u007f""#), ("e\u{301}😀\u{2028}", "\"e\u{301}😀\u{2028}\""),
    ])
    func `a literal is read as the text it stands for`(text: String, literal: String) throws {
        #expect(text.jsonLiteral.utf8.elementsEqual(literal.utf8))
        guard case .string(let string) = try read(literal).value else { return #expect(Bool(false)) }
        #expect(string.utf8.elementsEqual(text.utf8))
    }
}
