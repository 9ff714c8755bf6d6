import StrictJSON
import Testing

/// What the reader knows of the object before, it must not take for granted of the next one.
@Suite struct `Objects one after the other` {
    @Test(arguments: [
        #"[{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5, "b": 6}]"#,
        // fewer, more, others, in another order
        #"[{"a": 1, "b": 2}, {"a": 3}, {}, {"a": 4, "b": 5, "c": 6}, {"b": 7, "a": 8}, {"c": 9}]"#,
        // one the beginning of the other
        #"[{"ab": 1}, {"a": 2}, {"ab": 3, "abc": 4}, {"abc": 5, "ab": 6}, {"": 7}]"#,
        // inside each other
        #"[{"a": {"a": {"a": 1}}}, {"a": {"b": {"a": 1, "b": 2}}, "b": {"b": 1}}]"#,
    ])
    func `their keys are their own`(text: String) throws {
        #expect(try read(text).text == text)
    }

    @Test func `a key may be spelt otherwise`() throws {
        let text = #"[{"a": 1, "ü": 2}, {"\u0061": 1, "\u00fc": 2}, {"a": 1, "\u00fc": 2}]"#
        #expect(try read(text).text == #"[{"a": 1, "ü": 2}, {"a": 1, "ü": 2}, {"a": 1, "ü": 2}]"#)
    }

    @Test(arguments: [
        (#"[{"a": 1, "b": 2}, {"a": 1, "a": 2}]"#, 28, "a"),
        (#"[{"a": 1, "b": 2}, {"a": 1, "b": 2, "a": 3}]"#, 36, "a"),
        (#"[{"a": 1, "b": 2}, {"a": 1, "b": 2, "b": 3}]"#, 36, "b"),
        (#"[{"a": 1, "b": 2}, {"b": 1, "a": 2, "b": 3}]"#, 36, "b"),
        (#"[{"a": 1, "b": 2}, {"a": 1, "\u0061": 2}]"#, 28, "a"),
        (#"[{"\u0061": 1, "b": 2}, {"\u0061": 1, "a": 2}]"#, 38, "a"),
        (#"[{"a": 1, "b": 2}, {"c": {"a": 1, "b": 2}, "c": 2}]"#, 43, "c"),
    ])
    func `a key that stands twice is found wherever it stands`(text: String, offset: Int, key: String) throws {
        #expect(fault(text) == JSONSyntaxError(offset: offset, problem: .repeatedKey(key)))
        _ = try read(text, repeatedKeys: .kept)
    }

    @Test func `repeated keys that are kept are kept again`() throws {
        let text = #"[{"a": 1, "a": 2}, {"a": 3, "a": 4}, {"a": 5, "a": 6, "a": 7}]"#
        #expect(try read(text, repeatedKeys: .kept).text == text)
    }

    @Test func `a limit on keys is one on each object`() {
        let text = #"[{"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}]"#
        let error = fault(text, limits: JSONLimits(depth: 9, keysPerObject: 2))
        #expect(error == JSONSyntaxError(offset: 36, problem: .limit("an object has more than 2 keys")))
    }
}

/// Eight bytes are looked at together: nothing may depend on where in a string, or in the file, something stands.
@Suite struct `Strings of every length` {
    static let lengths = 0...35

    @Test(arguments: lengths)
    func `are read to their end`(length: Int) throws {
        for letters in ["abcdefghijklmnopqrstuvwxyz 0123456789!#", "äöüßéñ–“😀\u{7F}\u{80}~}^¼½\u{DC}\u{A2}"] {
            let text = String(String(repeating: letters, count: 4).prefix(length))
            for indent in 0...8 {
                let file = String(repeating: " ", count: indent) + "[\"\(text)\", 1]"
                guard case .array(let nodes) = try read(file).value, case .string(let string) = nodes[0].value else {
                    return #expect(Bool(false))
                }
                #expect(string.utf8.elementsEqual(text.utf8))
                #expect(nodes[1].offset == file.utf8.count - 2)
            }
        }
    }

    @Test(arguments: lengths)
    func `end the reading at what they may not hold`(length: Int) {
        let start = String(String(repeating: "aZ09ü", count: 12).prefix(length))
        let place = start.utf8.count + 1
        for rest in ["", "b", "bcdefghijk"] {
            for control in (0..<0x20 as Range<UInt8>).map({ String(UnicodeScalar($0)) }) {
                #expect(
                    fault("\"\(start)\(control)\(rest)\"") == JSONSyntaxError(offset: place, problem: .controlCharacter)
                )
            }
            #expect(
                fault("\"\(start)\\x\(rest)\"") == JSONSyntaxError(offset: place, problem: .unknownEscape))
            #expect(fault("\"\(start)\(rest)") == JSONSyntaxError(offset: 0, problem: .unclosedString))
            #expect(fault("\"\(start)\"\(rest)")?.offset == (rest.isEmpty ? nil : place + 1))
        }
    }
}
