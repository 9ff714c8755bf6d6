/// A JSON value (RFC 8259 §3) as it was written: numbers keep their text, members their order.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number's text, grammatically correct (RFC 8259 §6). Nothing here computes with it.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// No key occurs twice.
    case object([JSONMember])

    /// What it is, in the words of a message.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// One member of a JSON object.
struct JSONMember: Sendable {
    let key: String
    let value: JSONValue
}

extension [JSONMember] {
    /// The value of `key`; nil when there is none.
    subscript(_ key: String) -> JSONValue? {
        first { $0.key == key }?.value
    }
}
