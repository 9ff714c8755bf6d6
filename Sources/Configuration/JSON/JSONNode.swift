/// Where something stands in a text file; both count from 1, the column in characters.
public struct SourcePosition: Hashable, Comparable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A JSON value that remembers where it stood, so that a problem can name the line.
struct JSONNode: Sendable {
    let value: JSONValue
    let position: SourcePosition
}

enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number as it was written: whether it fits an integer is the reader's question.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// The members in the order of the file; a key may occur twice.
    case object([JSONMember])
}

struct JSONMember: Sendable {
    let key: String
    let keyPosition: SourcePosition
    let value: JSONNode
}

extension JSONNode {
    /// The value for a message: short, on one line.
    var summary: String {
        switch value {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .number(let text): text.shortened
        case .string(let text): text.shortened.jsonLiteral
        case .array, .object: kind
        }
    }

    /// What sort of value it is, without the value.
    var kind: String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension String {
    /// The text as a JSON string, quotes included.
    var jsonLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    fileprivate var shortened: String {
        count > 80 ? prefix(79) + "…" : self
    }
}
