/// The syntax of attribute descriptions (RFC 4512 section 2.5): `member`, `1.2.840.113556.1.4.8`, `userCertificate;binary`.
public enum AttributeDescription {
    /// Whether the text is one. Then nothing in it has a meaning in a filter.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let type = parts.first, isObjectIdentifier(type) else { return false }
        return parts.dropFirst().allSatisfy { !$0.isEmpty && $0.allSatisfy(isKeyCharacter) }
    }

    /// An `oid`: a short name, or numbers with dots. Matching rules are called so, too (RFC 4512 section 1.4).
    static func isObjectIdentifier(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first else { return false }
        if isLetter(first) { return text.allSatisfy(isKeyCharacter) }
        let arcs = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return arcs.count > 1 && arcs.allSatisfy { arc in !arc.isEmpty && arc.allSatisfy(isDigit) }
    }

    /// AD's range option has a `=` as well; such names are made by the LDAP client itself.
    private static func isKeyCharacter(_ octet: UInt8) -> Bool {
        isLetter(octet) || isDigit(octet) || octet == UInt8(ascii: "-")
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20)
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }
}
