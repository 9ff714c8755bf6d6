/// Why a text is no distinguished name.
public struct DistinguishedNameError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case missingEquals = "a level has no '='"
        case emptyAttribute = "a level has no attribute type before '='"
        case invalidAttribute = "an attribute type holds something else than letters, digits, hyphens and periods"
        case emptyValue = "a level has no value after '='"
        case danglingEscape = "a backslash at the end escapes nothing"
        case unterminatedQuote = "a quoted value is not closed"
        case textAfterQuote = "text follows a quoted value"
        case invalidUTF8 = "hexadecimal escapes do not form UTF-8"
        case unescapedSpecial = "a character that must be escaped stands bare"
        case multiValued = "a level with several attributes ('+') does not occur in Active Directory"
        case tooManyLevels = "it has more than 1000 levels"
        case binaryValue = "a binary value ('#…') does not occur in Active Directory names"
    }

    public let text: String
    public let reason: Reason

    public var description: String { "\"\(text)\" is no distinguished name: \(reason.rawValue)" }
}

/// Works on UTF-8 bytes: every special character is ASCII, and escapes may spell single bytes of a character.
struct DistinguishedNameParser {
    private let text: String
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(DistinguishedNameError) -> [RelativeDistinguishedName] {
        var components: [RelativeDistinguishedName] = []
        skipSpaces()
        guard position < bytes.count else { return [] }
        while true {
            guard components.count < Self.maximumLevels else { throw failure(.tooManyLevels) }
            components.append(try parseComponent())
            guard position < bytes.count else { return components }
            position += 1  // the separator, a comma
        }
    }

    /// Far more than a directory is deep, and few enough for what is hostile.
    private static let maximumLevels = 1000

    private mutating func parseComponent() throws(DistinguishedNameError) -> RelativeDistinguishedName {
        skipSpaces()
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "=") {
            if bytes[position] == UInt8(ascii: ",") { throw failure(.missingEquals) }
            position += 1
        }
        guard position < bytes.count else { throw failure(.missingEquals) }
        var end = position
        while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        guard end > start else { throw failure(.emptyAttribute) }
        guard bytes[start..<end].allSatisfy(isKeyCharacter) else { throw failure(.invalidAttribute) }
        let attribute = String(decoding: bytes[start..<end], as: UTF8.self)
        position += 1
        skipSpaces()
        let value = try parseValue()
        guard !value.isEmpty else { throw failure(.emptyValue) }
        guard let decoded = String(validating: value, as: UTF8.self) else { throw failure(.invalidUTF8) }
        return RelativeDistinguishedName(attribute: attribute, value: decoded)
    }

    private mutating func parseValue() throws(DistinguishedNameError) -> [UInt8] {
        guard position < bytes.count else { return [] }
        switch bytes[position] {
        case UInt8(ascii: "\""): return try parseQuotedValue()
        case UInt8(ascii: "#"): throw failure(.binaryValue)
        default: break
        }
        var value: [UInt8] = []
        var significantCount = 0  // trailing spaces count only when they were escaped
        while position < bytes.count, bytes[position] != UInt8(ascii: ",") {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                value.append(try parseEscape())
                significantCount = value.count
            case UInt8(ascii: "+"): throw failure(.multiValued)
            case UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                throw failure(.unescapedSpecial)
            case let byte:
                value.append(byte)
                position += 1
                if byte != UInt8(ascii: " ") { significantCount = value.count }
            }
        }
        return Array(value.prefix(significantCount))
    }

    private mutating func parseQuotedValue() throws(DistinguishedNameError) -> [UInt8] {
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                value.append(try parseEscape())
            } else {
                value.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count else { throw failure(.unterminatedQuote) }
        position += 1
        skipSpaces()
        guard position == bytes.count || bytes[position] == UInt8(ascii: ",") else { throw failure(.textAfterQuote) }
        return value
    }

    /// `\,` for the character itself or `\2C` for a byte (RFC 4514 §3).
    private mutating func parseEscape() throws(DistinguishedNameError) -> UInt8 {
        guard position + 1 < bytes.count else { throw failure(.danglingEscape) }
        if position + 2 < bytes.count, let high = hexValue(bytes[position + 1]), let low = hexValue(bytes[position + 2])
        {
            position += 3
            return high << 4 | low
        }
        defer { position += 2 }
        return bytes[position + 1]
    }

    private func hexValue(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { UInt8($0) }
    }

    /// What the two forms of an attribute type consist of, `CN` and `2.5.4.3` (RFC 4512 §1.4). Types are printed
    /// without escaping, so nothing that would need it may get in.
    private func isKeyCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    private func failure(_ reason: DistinguishedNameError.Reason) -> DistinguishedNameError {
        DistinguishedNameError(text: text, reason: reason)
    }
}
