/// How values are written in a filter's string form.
public enum FilterEscaping {
    /// Escapes what RFC 4515 section 3 demands, and control characters too, so that the text stays on one line of a log.
    public static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*", "(", ")", "\\": result += escaped(UInt8(scalar.value))
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += escaped(UInt8(scalar.value))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Octets that are no UTF-8 are escaped throughout.
    public static func escaped(_ octets: [UInt8]) -> String {
        String(validating: octets, as: UTF8.self).map(escaped) ?? octets.reduce(into: "") { $0 += escaped($1) }
    }

    private static func escaped(_ octet: UInt8) -> String {
        let digits = String(octet, radix: 16)
        return digits.count == 1 ? "\\0\(digits)" : "\\\(digits)"
    }
}
