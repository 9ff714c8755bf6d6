import LDAPFilters

/// An attribute description: a name or object identifier, perhaps with options (RFC 4512 section 2.5):
/// `member`, `1.2.840.113556.1.4.8`, `userCertificate;binary`.
///
/// Names compare without case. Text of outside origin goes through ``init(_:)``, which lets nothing through that has a
/// meaning in a filter; literals are the programmer's own word.
public struct LDAPAttributeName: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The spelling as it was given.
    public let description: String

    /// Nil when the text is no attribute description.
    public init?(_ text: String) {
        guard AttributeDescription.isValid(text) else { return nil }
        description = text
    }

    public init(stringLiteral text: StaticString) {
        description = text.description
    }

    /// For names that a server sent, or that were put together from parts already checked.
    init(trusted text: String) {
        description = text
    }

    /// Every attribute that users read and write; the operational ones are left out (RFC 4511 section 4.5.1.8).
    public static let allUserAttributes: LDAPAttributeName = "*"

    /// No attribute at all, only the name of the object (RFC 4511 section 4.5.1.8).
    public static let noAttributes: LDAPAttributeName = "1.1"

    /// Whether both names are the same, ASCII letters compared without case.
    func matches(_ other: String) -> Bool {
        guard description.utf8.count == other.utf8.count else { return false }
        // Servers spell a name as the schema does, and so do we: the slow way is for what a person wrote.
        return description == other
            || zip(description.utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension LDAPAttributeName: Hashable {
    public static func == (left: Self, right: Self) -> Bool { left.matches(right.description) }

    public func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte.lowercasedASCII) }
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercasedASCII) }
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 0x20 : self }
}
