extension String {
    /// The text as a JSON string on one line, quotes included.
    public var jsonLiteral: String {
        var literal: [UInt8] = []
        literal.appendJSONLiteral(self)
        return String(decoding: literal, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends the text as a JSON string (RFC 8259 §7), quotes included. Everything but ASCII controls stands as it is.
    public mutating func appendJSONLiteral(_ text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\r"): append(contentsOf: #"\r"#.utf8)
            case UInt8(ascii: "\t"): append(contentsOf: #"\t"#.utf8)
            case 0..<0x20, 0x7F:
                append(contentsOf: (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
                append(contentsOf: String(byte, radix: 16).utf8)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
