/// One level of a distinguished name, such as `CN=Smith\, John` (RFC 4514 §2.2).
///
/// Active Directory has exactly one attribute in each level; a multi-valued level (`CN=a+SN=b`) is refused by the parser.
public struct RelativeDistinguishedName: Hashable, Sendable, CustomStringConvertible {
    /// The attribute type as it was written: `CN`, `OU`, `DC`.
    public let attribute: String
    /// The value, unescaped.
    public let value: String

    /// Takes the value as it is; escaping happens when the name is printed.
    public init(attribute: String, value: String) {
        self.attribute = attribute
        self.value = value
    }

    /// `CN=…` for a common name.
    public static func commonName(_ value: String) -> RelativeDistinguishedName {
        RelativeDistinguishedName(attribute: "CN", value: value)
    }

    /// The escaped text, RFC 4514 §2.4.
    public var description: String { "\(attribute)=\(Self.escape(value))" }

    public static func == (left: Self, right: Self) -> Bool {
        left.attribute.lowercased() == right.attribute.lowercased() && NameKey(left.value) == NameKey(right.value)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(attribute.lowercased())
        hasher.combine(NameKey(value))
    }

    static func escape(_ value: String) -> String {
        guard
            value.utf8.contains(where: needsEscape) || value.utf8.first == UInt8(ascii: " ")
                || value.utf8.last == UInt8(ascii: " ")
        else { return value }
        var result = ""
        result.reserveCapacity(value.utf8.count + 4)
        let scalars = value.unicodeScalars
        var index = scalars.startIndex
        let last = scalars.isEmpty ? scalars.startIndex : scalars.index(before: scalars.endIndex)
        while index != scalars.endIndex {
            let scalar = scalars[index]
            switch scalar {
            case "\"", "+", ",", ";", "<", ">", "\\", "=":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "#" where index == scalars.startIndex:
                result += "\\#"
            case " " where index == scalars.startIndex || index == last:
                result += "\\ "
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\" + hexPair(UInt8(scalar.value))
            default:
                result.unicodeScalars.append(scalar)
            }
            index = scalars.index(after: index)
        }
        return result
    }

    /// Wherever it stands; `#` matters at the beginning only, and is rare.
    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "\\"), 0..<0x20, 0x7F:
            true
        default: false
        }
    }

    private static func hexPair(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
