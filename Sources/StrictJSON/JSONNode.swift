/// A JSON value and where it stands.
public struct JSONNode: Sendable {
    public let value: JSONValue
    /// Of its first byte, counted from 0; see ``UTF8Text/position(at:)``.
    public let offset: Int

    public init(_ value: JSONValue, at offset: Int) {
        self.value = value
        self.offset = offset
    }
}

/// A JSON value (RFC 8259 §3) as it was written: numbers keep their text, members their order.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number's text, grammatically correct (RFC 8259 §6). Nothing here computes with it.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// A key occurs twice only where the reader was told to keep repeated keys.
    case object([JSONMember])

    /// What sort of value it is, in the words of a message.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// One member of a JSON object.
public struct JSONMember: Sendable {
    public let key: String
    /// Of the opening quote of the key, counted in bytes from 0.
    public let keyOffset: Int
    public let value: JSONNode
}

extension [JSONMember] {
    /// The first member with this very key, byte by byte; nil when there is none.
    public subscript(_ key: String) -> JSONMember? {
        first { $0.key.utf8.elementsEqual(key.utf8) }
    }
}
