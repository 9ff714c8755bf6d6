extension JSONParser {
    /// A string without its quotes, escapes resolved (RFC 8259 §7).
    mutating func parseString() throws(JSONSyntaxError) -> String {
        let start = position
        var content: [UInt8] = []
        offset += 1
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                content += Array(String(try parseEscape()).utf8)
            case 0..<0x20:
                throw failure("a string cannot contain a line break, tab or other control character as it is")
            default:
                content.append(byte)
                offset += 1
            }
        }
        throw JSONSyntaxError(position: start, reason: "the string is not closed")
    }

    private mutating func parseEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard offset + 1 < bytes.count else { throw failure("the string is not closed") }
        let scalar: Unicode.Scalar
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""): scalar = "\""
        case UInt8(ascii: "\\"): scalar = "\\"
        case UInt8(ascii: "/"): scalar = "/"
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try parseUnicodeEscape()
        // Windows paths, DOMAIN\user and escaped commas in names end up here.
        default: throw failure("a backslash in a string is written twice: \\\\")
        }
        offset += 2
        return scalar
    }

    private mutating func parseUnicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let high = try parseCodeUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let start = offset
        if UTF16.isLeadSurrogate(high), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u") {
            let low = try parseCodeUnit()
            let combined = 0x10000 + ((UInt32(high) & 0x3FF) << 10) + (UInt32(low) & 0x3FF)
            if UTF16.isTrailSurrogate(low), let scalar = Unicode.Scalar(combined) { return scalar }
        }
        throw JSONSyntaxError(position: position(at: start), reason: "expected the other half of a surrogate pair")
    }

    /// `\uXXXX`: one code unit of UTF-16.
    private mutating func parseCodeUnit() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes.dropFirst(offset + 2).prefix(4)
        guard next == UInt8(ascii: "\\"), digits.count == 4,
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("expected four hexadecimal digits after \\u") }
        offset += 6
        return unit
    }

    /// A number as it is written (RFC 8259 §6).
    mutating func parseNumber() throws(JSONSyntaxError) -> String {
        let start = offset
        _ = skip("-")
        let leadingZero = next == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0, !leadingZero || digits == 1 else { throw failure("a number cannot begin like this") }
        if skip("."), skipDigits() == 0 { throw failure("expected digits after the decimal point") }
        if skip("e") || skip("E") {
            if !skip("-") { _ = skip("+") }
            guard skipDigits() > 0 else { throw failure("expected digits in the exponent") }
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        return offset - start
    }
}
