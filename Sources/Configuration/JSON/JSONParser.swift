/// A strict JSON parser (RFC 8259) that keeps positions and repeated keys.
///
/// `JSONDecoder` would keep neither: it takes one of two equal keys silently and cannot tell the line of a value.
struct JSONParser {
    /// Deeper than any configuration; keeps a file of brackets from exhausting the stack.
    private static let maximumDepth = 32

    let bytes: [UInt8]
    var offset = 0
    private var line = 1
    private var lineStart = 0
    private var depth = 0

    /// Parses a whole text.
    static func parse(_ text: String) throws(JSONSyntaxError) -> JSONNode {
        var parser = JSONParser(bytes: Array(text.utf8))
        parser.skipWhitespace()
        guard parser.next != nil else { throw parser.failure("the file is empty") }
        let node = try parser.parseNode()
        parser.skipWhitespace()
        guard parser.next == nil else { throw parser.failure("expected nothing after the end of the object") }
        return node
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    var position: SourcePosition { position(at: offset) }

    /// Only for an offset in the current line, which every offset since the last white space is.
    func position(at offset: Int) -> SourcePosition {
        // Continuation bytes of UTF-8 are no characters of their own.
        let column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
        return SourcePosition(line: line, column: column + 1)
    }

    func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(position: position, reason: reason) }

    private mutating func parseNode() throws(JSONSyntaxError) -> JSONNode {
        let start = position
        return JSONNode(value: try parseValue(), position: start)
    }

    private mutating func parseValue() throws(JSONSyntaxError) -> JSONValue {
        guard let next else { throw failure(expected("a value")) }
        return switch next {
        case UInt8(ascii: "{"): .object(try nested { parser throws(JSONSyntaxError) in try parser.parseMembers() })
        case UInt8(ascii: "["): .array(try nested { parser throws(JSONSyntaxError) in try parser.parseElements() })
        case UInt8(ascii: "\""): .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number(try parseNumber())
        case UInt8(ascii: "t"): try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): try parseWord("null", .null)
        default: throw failure(expected("a value"))
        }
    }

    private mutating func nested<Content>(
        _ parse: (inout JSONParser) throws(JSONSyntaxError) -> Content
    ) throws(JSONSyntaxError) -> Content {
        guard depth < Self.maximumDepth else { throw failure("nested more than \(Self.maximumDepth) levels deep") }
        depth += 1
        defer { depth -= 1 }
        return try parse(&self)
    }

    private mutating func parseMembers() throws(JSONSyntaxError) -> [JSONMember] {
        var members: [JSONMember] = []
        offset += 1
        skipWhitespace()
        if skip("}") { return members }
        while true {
            let keyPosition = position
            guard next == UInt8(ascii: "\"") else {
                throw failure(next == UInt8(ascii: "}") ? Self.strayComma : expected("a key in double quotes"))
            }
            let key = try parseString()
            skipWhitespace()
            guard skip(":") else { throw failure(expected("':' after the key")) }
            skipWhitespace()
            members.append(JSONMember(key: key, keyPosition: keyPosition, value: try parseNode()))
            skipWhitespace()
            if skip("}") { return members }
            guard skip(",") else { throw failure(expected("',' or '}' after the value")) }
            skipWhitespace()
        }
    }

    private mutating func parseElements() throws(JSONSyntaxError) -> [JSONNode] {
        var elements: [JSONNode] = []
        offset += 1
        skipWhitespace()
        if skip("]") { return elements }
        while true {
            if next == UInt8(ascii: "]") { throw failure(Self.strayComma) }
            elements.append(try parseNode())
            skipWhitespace()
            if skip("]") { return elements }
            guard skip(",") else { throw failure(expected("',' or ']' after the value")) }
            skipWhitespace()
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let letters = Array(word.description.utf8)
        guard bytes[offset...].starts(with: letters) else { throw failure(expected("a value")) }
        offset += letters.count
        return value
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
            case UInt8(ascii: "\n"):
                offset += 1
                line += 1
                lineStart = offset
            default: return
            }
        }
    }

    /// What was expected, with the two habits from other formats that lead here.
    private func expected(_ what: String) -> String {
        switch next {
        case nil: "expected \(what), but the file ends"
        case UInt8(ascii: "/"), UInt8(ascii: "#"): "expected \(what); JSON has no comments"
        case UInt8(ascii: "'"): "expected \(what); JSON strings stand in double quotes"
        default: "expected \(what)"
        }
    }

    private static let strayComma = "expected another entry after the comma; JSON has none after the last entry"
}
