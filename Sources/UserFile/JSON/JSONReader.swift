/// Reads JSON (RFC 8259) strictly, one value after the other.
///
/// Why not Foundation's decoder: the file is hostile until proven otherwise, and that decoder (measured on Swift 6.3)
/// keeps silent about a repeated key and takes the first value where Python takes the last, takes trailing commas, a
/// byte order mark and UTF-16, and never looks at what nobody asks for. A check beforehand for all that has to know
/// keys, strings, escapes and nesting: it is a parser, and two parsers that disagree about one file are a hole. This
/// one also keeps the order of the keys, says where a fault is, never holds more than one record as a tree, and reads
/// four times as fast, so that a hundred thousand users take a second.
struct JSONReader {
    let limits: UserFileLimits
    let bytes: [UInt8]
    /// Of the next byte to be read.
    var position = 0
    private var depth = 0

    init(_ text: UTF8Text, limits: UserFileLimits) {
        bytes = text.bytes
        self.limits = limits
    }

    /// Reads a value with everything in it.
    mutating func value() throws(JSONSyntaxError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            var members: [JSONMember] = []
            try object { reader, key throws(JSONSyntaxError) in
                members.append(JSONMember(key: key, value: try reader.value()))
            }
            return .object(members)
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            try array { reader throws(JSONSyntaxError) in
                guard values.count < reader.limits.valuesPerArray else { throw reader.tooManyValues() }
                values.append(try reader.value())
            }
            return .array(values)
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?:
            return .number(try number())
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        default:
            throw unexpected(expecting: "a value")
        }
    }

    /// Reads a value, strictly, and keeps nothing of it.
    mutating func skip() throws(JSONSyntaxError) {
        switch peek() {
        case UInt8(ascii: "{"): try object { reader, _ throws(JSONSyntaxError) in try reader.skip() }
        case UInt8(ascii: "["): try array { reader throws(JSONSyntaxError) in try reader.skip() }
        default: _ = try value()
        }
    }

    /// Reads an object; `member` gets each key and must read exactly its value.
    mutating func object(
        _ member: (inout JSONReader, String) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        try open("{")
        var keys = Set<ExactText>(minimumCapacity: 24)  // enough for a record, so that it does not grow key by key
        if peek() != UInt8(ascii: "}") {
            repeat {
                guard peek() == UInt8(ascii: "\"") else { throw unexpected(expecting: "a key in double quotes") }
                let start = position
                let key = try string()
                guard keys.insert(ExactText(key)).inserted else {
                    throw JSONSyntaxError(offset: start, problem: "the key \(Excerpt(key)) stands twice in one object")
                }
                guard keys.count <= limits.keysPerObject else {
                    throw JSONSyntaxError(
                        offset: start, problem: "an object has more than \(limits.keysPerObject) keys")
                }
                try expect(":")
                try member(&self, key)
            } while try takeComma(orBefore: "}")
        }
        close()
    }

    /// Reads an array; `element` must read exactly one value each time.
    mutating func array(_ element: (inout JSONReader) throws(JSONSyntaxError) -> Void) throws(JSONSyntaxError) {
        try open("[")
        if peek() != UInt8(ascii: "]") {
            repeat { try element(&self) } while try takeComma(orBefore: "]")
        }
        close()
    }

    /// Makes sure that nothing but white space is left.
    mutating func end() throws(JSONSyntaxError) {
        guard peek() == nil else { throw unexpected(expecting: "the end of the file") }
    }

    /// The next byte that is no white space (RFC 8259 §2), not taken yet; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    func unexpected(expecting expected: String) -> JSONSyntaxError {
        let problem =
            position < bytes.count
            ? "\(expected) was expected, not \(Excerpt(String(decoding: bytes[position...].prefix(12), as: UTF8.self)))"
            : "the file ends where \(expected) was expected; it may have been cut off"
        return JSONSyntaxError(offset: position, problem: problem)
    }

    private func tooManyValues() -> JSONSyntaxError {
        JSONSyntaxError(offset: position, problem: "an array has more than \(limits.valuesPerArray) values")
    }

    private mutating func expect(_ token: StaticString) throws(JSONSyntaxError) {
        _ = peek()
        let matches = token.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw unexpected(expecting: "\"\(token)\"") }
        position += token.utf8CodeUnitCount
    }

    private mutating func takeComma(orBefore closing: Unicode.Scalar) throws(JSONSyntaxError) -> Bool {
        let byte = peek()
        if byte == UInt8(ascii: ",") {
            position += 1
            return true
        }
        guard byte == UInt8(ascii: closing) else { throw unexpected(expecting: "\",\" or \"\(closing)\"") }
        return false
    }

    private mutating func open(_ bracket: Unicode.Scalar) throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: bracket) else { throw unexpected(expecting: "\"\(bracket)\"") }
        guard depth < limits.depth else {
            throw JSONSyntaxError(offset: position, problem: "more than \(limits.depth) levels are nested")
        }
        depth += 1
        position += 1
    }

    /// Takes the closing bracket, which the caller has seen.
    private mutating func close() {
        depth -= 1
        position += 1
    }
}
