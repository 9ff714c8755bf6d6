/// Reads JSON (RFC 8259) strictly, one value after the other.
///
/// Why not Foundation's decoder: what is read here is hostile until proven otherwise, or was written by hand, and that
/// decoder (measured on Swift 6.3) keeps silent about a repeated key and takes the first value where Python takes the
/// last, takes trailing commas, a byte order mark and UTF-16, and never looks at what nobody asks for. A check
/// beforehand for all that has to know keys, strings, escapes and nesting: it is a parser, and two parsers that disagree
/// about one file are a hole. This one also keeps the order of the keys, says where every value and every fault stands,
/// without quoting what may be a secret, never holds more of a text as a tree than it is asked for, and reads four times
/// as fast, so that a hundred thousand users take a second.
public struct JSONReader {
    /// What to do about a key that stands twice in one object: JSON readers differ in which one they take.
    public enum RepeatedKeys: Sendable {
        /// A fault.
        case refused
        /// Both are handed out, for a reader that reports them beside all other faults.
        case kept
    }

    /// Of the next byte to be read.
    public internal(set) var position = 0
    let bytes: [UInt8]
    let limits: JSONLimits
    private let repeatedKeys: RepeatedKeys
    private var depth = 0
    /// Read so far of the tree that is being read.
    private var valueCount = 0
    /// By depth: of the object that was read there last.
    private var knownKeys: [ObjectKeys] = []

    public init(_ text: UTF8Text, limits: JSONLimits, repeatedKeys: RepeatedKeys = .refused) {
        bytes = text.bytes
        self.limits = limits
        self.repeatedKeys = repeatedKeys
    }

    /// Reads a value and nothing else: only white space may stand around it.
    public static func read(
        _ text: UTF8Text, limits: JSONLimits, repeatedKeys: RepeatedKeys = .refused
    ) throws(JSONSyntaxError) -> JSONNode {
        var reader = JSONReader(text, limits: limits, repeatedKeys: repeatedKeys)
        guard reader.peek() != nil else { throw reader.failure(.empty) }
        let node = try reader.node()
        try reader.end()
        return node
    }

    /// Reads a value with everything in it.
    public mutating func node() throws(JSONSyntaxError) -> JSONNode {
        valueCount = 0
        return try branch()
    }

    private mutating func branch() throws(JSONSyntaxError) -> JSONNode {
        let next = peek()
        let offset = position
        valueCount += 1
        guard valueCount <= limits.valuesPerTree else {
            throw failure(.limit("a value and those in it are more than \(limits.valuesPerTree)"))
        }
        return JSONNode(try value(beginningWith: next), at: offset)
    }

    private mutating func value(beginningWith byte: UInt8?) throws(JSONSyntaxError) -> JSONValue {
        switch byte {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            var members: [JSONMember] = []
            if depth < knownKeys.count { members.reserveCapacity(knownKeys[depth].expectedCount) }
            try eachMember { reader, key, offset throws(JSONSyntaxError) in
                members.append(JSONMember(key: key, keyOffset: offset, value: try reader.branch()))
            }
            return .object(members)
        case UInt8(ascii: "["):
            var nodes: [JSONNode] = []
            try array { reader throws(JSONSyntaxError) in
                guard nodes.count < reader.limits.valuesPerArray else {
                    throw reader.failure(.limit("an array has more than \(reader.limits.valuesPerArray) values"))
                }
                nodes.append(try reader.branch())
            }
            return .array(nodes)
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?:
            return .number(try number())
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        default:
            throw unexpected(expecting: .value)
        }
    }

    /// Reads a value, strictly, and keeps nothing of it.
    public mutating func skip() throws(JSONSyntaxError) {
        switch peek() {
        case UInt8(ascii: "{"): try object { reader, _ throws(JSONSyntaxError) in try reader.skip() }
        case UInt8(ascii: "["): try array { reader throws(JSONSyntaxError) in try reader.skip() }
        case let byte: _ = try value(beginningWith: byte)
        }
    }

    /// Reads an object; `member` gets each key and must read exactly its value.
    public mutating func object(
        _ member: (inout JSONReader, _ key: String) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        try eachMember { reader, key, _ throws(JSONSyntaxError) in try member(&reader, key) }
    }

    private mutating func eachMember(
        _ member: (inout JSONReader, _ key: String, _ keyOffset: Int) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        try open("{", expecting: .object)
        var keys = takeKnownKeys()
        if peek() != UInt8(ascii: "}") {
            repeat {
                guard peek() == UInt8(ascii: "\"") else { throw unexpected(expecting: .key) }
                let start = position
                let key = try key(&keys)
                guard keys.count <= limits.keysPerObject else {
                    let sentence = "an object has more than \(limits.keysPerObject) keys"
                    throw JSONSyntaxError(offset: start, problem: .limit(sentence))
                }
                guard peek() == UInt8(ascii: ":") else { throw unexpected(expecting: .colon) }
                position += 1
                try member(&self, key, start)
            } while try takeComma(orBefore: "}", expecting: .commaOrBrace)
        }
        close()
        keys.end()
        knownKeys[depth] = keys
    }

    /// Those of the object before at this depth, which is open. They are given back when it is closed.
    private mutating func takeKnownKeys() -> ObjectKeys {
        while knownKeys.count < depth { knownKeys.append(ObjectKeys()) }
        var keys = ObjectKeys()
        swap(&keys, &knownKeys[depth - 1])
        keys.begin()
        return keys
    }

    /// Reads a key, whose opening quote is next.
    private mutating func key(_ keys: inout ObjectKeys) throws(JSONSyntaxError) -> String {
        let start = position
        if let known = keys.expected(in: bytes, at: start) {
            position += known.byteCount
            return known.text
        }
        let key = try string()
        guard keys.insert(key, at: start..<position) || repeatedKeys == .kept else {
            throw JSONSyntaxError(offset: start, problem: .repeatedKey(key))
        }
        return key
    }

    /// Reads an array; `element` must read exactly one value each time.
    public mutating func array(
        _ element: (inout JSONReader) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        try open("[", expecting: .array)
        if peek() != UInt8(ascii: "]") {
            repeat { try element(&self) } while try takeComma(orBefore: "]", expecting: .commaOrBracket)
        }
        close()
    }

    /// Makes sure that nothing but white space is left.
    public mutating func end() throws(JSONSyntaxError) {
        guard peek() == nil else { throw unexpected(expecting: .end) }
    }

    /// The next byte that is no white space (RFC 8259 §2), not taken yet; nil at the end.
    public mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// A fault at the next byte.
    public func failure(_ problem: JSONSyntaxError.Problem) -> JSONSyntaxError {
        JSONSyntaxError(offset: position, problem: problem)
    }

    func unexpected(expecting expected: JSONSyntaxError.Expectation) -> JSONSyntaxError {
        guard position < bytes.count else { return failure(.ended(expected)) }
        return failure(.unexpected(expected, JSONSyntaxError.Habit(bytes[position])))
    }

    private mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
        guard word.withUTF8Buffer({ bytes[position...].starts(with: $0) }) else { throw unexpected(expecting: .value) }
        position += word.utf8CodeUnitCount
    }

    /// Takes a comma, after which another entry must follow. False when the closing bracket is next.
    private mutating func takeComma(
        orBefore closing: Unicode.Scalar, expecting expected: JSONSyntaxError.Expectation
    ) throws(JSONSyntaxError) -> Bool {
        let byte = peek()
        if byte == UInt8(ascii: ",") {
            position += 1
            guard peek() != UInt8(ascii: closing) else { throw failure(.strayComma) }
            return true
        }
        guard byte == UInt8(ascii: closing) else { throw unexpected(expecting: expected) }
        return false
    }

    private mutating func open(
        _ bracket: Unicode.Scalar, expecting expected: JSONSyntaxError.Expectation
    ) throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: bracket) else { throw unexpected(expecting: expected) }
        guard depth < limits.depth else { throw failure(.limit("more than \(limits.depth) levels are nested")) }
        depth += 1
        position += 1
    }

    /// Takes the closing bracket, which the caller has seen.
    private mutating func close() {
        depth -= 1
        position += 1
    }
}
