import DistinguishedNames

/// The name of an LDAP attribute; compared without case (RFC 4512 §2.5).
public struct AttributeName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As it was written.
    public let description: String
    private let key: String

    public init(_ name: String) {
        description = name
        key = name.lowercased()
    }

    public init(stringLiteral name: String) { self.init(name) }

    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension AttributeName {
    // Made once: a literal is folded anew wherever it stands.
    public static let accountName: AttributeName = "sAMAccountName"
    public static let userPrincipalName: AttributeName = "userPrincipalName"
}

extension AttributeName: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.key < right.key }
}

/// One value of an attribute. Equality is that of the octets: a text in NFC is another value than in NFD.
public enum AttributeValue: Hashable, Sendable {
    case text(String)
    /// A value that is no text, such as a photo.
    case binary([UInt8])

    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// For people: the text, or how many octets there are.
    public var shown: String {
        switch self {
        case .text(let text): text
        case .binary(let octets): "(\(octets.count) bytes)"
        }
    }

    /// The octets as LDAP carries them.
    public var octets: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .binary(let octets): octets
        }
    }

    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left.isIdenticalText(to: right)
        case (.binary(let left), .binary(let right)): left == right
        case (.text, .binary), (.binary, .text): left.octets == right.octets
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .text(let text): text.hashText(into: &hasher)
        case .binary(let octets):
            hasher.combine(octets.count)
            octets.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }
}

/// All values of one attribute. Their order means nothing in a directory, so it does not count in comparison.
public enum AttributeValues: Sendable {
    /// The object lacks the attribute.
    case none
    /// The usual case, kept without an array of its own: there are a dozen for each of a hundred thousand users.
    case one(AttributeValue)
    case many([AttributeValue])

    public init(_ values: [AttributeValue]) {
        switch values.count {
        case 0: self = .none
        case 1: self = .one(values[0])
        default: self = .many(values)
        }
    }

    public var all: [AttributeValue] {
        switch self {
        case .none: []
        case .one(let value): [value]
        case .many(let values): values
        }
    }

    public var isEmpty: Bool {
        if case .none = self { true } else { false }
    }
}

extension AttributeValues: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.none, .none): true
        case (.one(let left), .one(let right)): left == right
        case (.many(let left), .many(let right)): left.count == right.count && Set(left) == Set(right)
        default: false
        }
    }
}
