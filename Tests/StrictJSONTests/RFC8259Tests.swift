import StrictJSON
import Testing

/// RFC 8259 section by section: what is JSON, what is none, and what it leaves to the reader.
@Suite("RFC 8259") struct RFC8259Tests {
    @Test(
        "Taken",
        arguments: [
            // §2: values of every kind alone, and the four kinds of white space
            "null", "true", "false", "1", #""""#, "[]", "{}", " \t\r\n[ \t\r\n]\n", "[ 1\n,\r2 ]", #"{ "a" : 1 }"#,
            // §4: an empty key, keys that differ in case only, escapes in keys
            #"{"": 0}"#, #"{"a": 1, "A": 2}"#, #"{"\u0061b": 1}"#, #"{"a\u0000": 1, "a": 2}"#,
            // §5: arrays of what may be mixed
            #"[null, 1, "1", {}, [], false]"#, "[[],[]]",
            // §6: numbers beyond every type, as text
            "0", "-0", "0.0", "-0.0e-0", "1E400", "-1e-400", "0e0", "0E+1", "123e65",
            "0.4e00669999999999999999999999999",
            "100000000000000000000000000000000000000000000000001", "9007199254740993", "-9223372036854775809", "1.0E+2",
            // §7: every escape, and everything that needs none
            #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u001f\u007F""#, #""\uFFFE\uFFFF""#, #""\ud834\udd1e""#,
            #""\uDBFF\uDFFF""#, #""\u00A0\u2028\u2029\uFEFF""#, #""/""#, #""'""#, "\"\u{7F}\"", "\"\u{80}\"",
            "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"\u{FFFF}\u{10FFFF}\"", "\"😀e\u{301}\u{202E}\"",
            #""\\u0000""#, #""\\\"""#,
        ])
    func taken(text: String) throws {
        let node = try read(text)
        #expect(try read(node.text).text == node.text)
    }

    @Test(
        "Refused",
        arguments: [
            // §2: nothing, and two values
            "", " ", "\n", "1 2", "null null", "[][]", "{}[]", "[] ]", "{} }", "1,", "[1],", "/**/1", "1//", "1#",
            // §2: white space of other kinds
            "\u{B}1", "\u{C}1", "\u{A0}1", "[\u{2028}1]", "[1\u{3000}]", "\u{0}1", "1\u{0}", "[]\u{0}", "\u{85}1",
            "\u{2060}1",
            // §3: words spelt otherwise
            "Null", "NULL", "nul", "nulll", "tRue", "TRUE", "truefalse", "undefined", "None", "nan", "NaN", "-NaN",
            "Inf",
            "Infinity", "-Infinity", "n", "t", "f",
            // §4
            "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a" 1}"#, #"{"a"::1}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{"a":1,,"b":2}"#,
            #"{"a":1 "b":2}"#, "{1:1}", "{null:1}", "{a:1}", "{'a':1}", #"{"a":1"#, #"{"a":1]"#, #"{"a","b"}"#,
            "{[]:1}",
            #"{"a":1/**/}"#, #"{"a":1;"b":2}"#, #"{"a"=1}"#,
            // §4: repeated keys, which it calls unpredictable, also in another spelling and below what is skipped
            #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"{"x":{"a":1,"a":2}}"#, #"[{"":1,"":2}]"#,
            // §5
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[\"a\"", "[}", "[1}",
            "(1)",
            "[...]", "[*]",
            // §6
            "+1", "++1", "--1", "-", "- 1", "-a", ".1", "-.1", "1.", "1.e1", "1.a", "0.", "01", "-01", "00", "0x1",
            "0b1", "1e",
            "1e+", "1e-", "1E", "1e1.5", "1e1e1", "1.2.3", "1,5", "1_0", "1'000", "1f", "1L", "\u{FF11}", "\u{661}",
            "½", "∞", "1 000",
            // §7
            #"""#, #""a"#, #""\"#, #""\""#, #""\x41""#, #""\a""#, #""\v""#, #""\0""#, #""\'""#, #""\U0041""#, #""\u""#,
            #""\u1""#,
            #""\u12""#, #""\u123""#, #""\u123g""#, #""\u+123""#, #""\u 123""#, #""\u{41}""#, #""\uｆｆｆｆ""#,
            "\"\\\u{1F600}\"",
            "'a'", "`a`", "“a”", "a", #""a" "b""#, #""a"b"#,
            // §7: controls as they are
            "\"\u{0}\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{1F}\"", "\"a\u{0}", "\"\\\n\"", "{\"\t\":1}",
            // §8.1: a byte order mark may be ignored, and is not
            "\u{FEFF}1", "\u{FEFF}", "[\u{FEFF}1]",
            // §8.2: surrogates alone, in every order
            #""\ud800""#, #""\udfff""#, #""\ud800x""#, #""\ud800\ud800""#, #""\udc00\ud800""#, #""\ud800\u0041""#,
            #""\ud800\n""#, #""\ud834\ud834\udd1e""#, #""\ud834\udd""#, #""\ud834\\udd1e""#, #"{"\ud800":1}"#,
        ])
    func refused(text: String) {
        #expect(fault(text) != nil)
        // What follows makes it no better.
        #expect(fault(text + "\n") != nil)
    }

    @Test(
        "What is no UTF-8 (§8.1, RFC 3629) does not get as far",
        arguments: [
            [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22], [0x22, 0xE0, 0x80, 0xAF, 0x22],
            [0x22, 0xF0, 0x80, 0x80, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xED, 0xBF, 0xBF, 0x22],
            [0x22, 0xED, 0xA0, 0xB4, 0xED, 0xB4, 0x9E, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0xFF, 0x22], [0x22, 0xFE, 0x22], [0x22, 0x80, 0x22],
            [0x22, 0xC3, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0xF0, 0x9F, 0x98, 0x22], [0x22, 0xC3], [0xC3, 0x28],
            // Latin-1; UTF-16 and UTF-32 in both orders, with and without their marks
            [0x22, 0xE9, 0x22], [0xFF, 0xFE, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31],
            [0xFF, 0xFE, 0x00, 0x00, 0x31, 0x00, 0x00, 0x00],
        ] as [[UInt8]])
    func encodings(bytes: [UInt8]) {
        #expect(UTF8Text(validating: bytes) == nil)
    }

    @Test(
        "UTF-16 and UTF-32 that pass for UTF-8 are full of NULs",
        arguments: [[0x31, 0], [0, 0x31], [0x31, 0, 0, 0]] as [[UInt8]])
    func sixteenBits(bytes: [UInt8]) throws {
        let text = try #require(UTF8Text(validating: bytes))
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text, limits: JSONLimits(depth: 1)) }
    }

    @Test("Nesting (§9): up to the limit, and not one level more", arguments: [1, 16, 500])
    func nesting(depth: Int) throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")] {
            let levels = open == #"[{"a":"# ? 2 : 1
            let text = { (count: Int) in
                String(repeating: open, count: count) + "0" + String(repeating: close, count: count)
            }
            _ = try read(text(depth), limits: JSONLimits(depth: depth * levels))
            let error = fault(text(depth + 1), limits: JSONLimits(depth: depth * levels))
            #expect(error?.problem == .limit("more than \(depth * levels) levels are nested"))
            // Without end, too: the limit comes first.
            #expect(
                fault(String(repeating: open, count: depth + 1), limits: JSONLimits(depth: depth * levels)) == error)
        }
    }
}
