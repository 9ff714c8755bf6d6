extension JSONReader {
    /// Reads a string (RFC 8259 §7) whose opening quote is next.
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = position
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                try checkLength(position - start, from: start)
                let text = String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw bareControlCharacter()
            default:
                position += 1
            }
        }
        throw unexpected(expecting: "the closing quote of a string")
    }

    /// Reads a number (RFC 8259 §6) as text.
    mutating func number() throws(JSONSyntaxError) -> String {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if byte == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        try checkLength(position - start, from: start)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// The next byte, white space or not; nil at the end.
    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw unexpected(expecting: "a digit") }
    }

    /// The slow road, from the first backslash on.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[(start + 1)..<position])
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                try checkLength(position - start, from: start)
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
            case 0..<0x20:
                throw bareControlCharacter()
            default:
                text.append(byte)
                position += 1
            }
        }
        throw unexpected(expecting: "the closing quote of a string")
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let scalar: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""): scalar = "\""
        case UInt8(ascii: "\\"): scalar = "\\"
        case UInt8(ascii: "/"): scalar = "/"
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw unexpected(expecting: "an escape that JSON knows")
        }
        position += 1
        return scalar
    }

    /// Reads `uXXXX`, or a surrogate pair of them. Half a pair is no character and is refused.
    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position - 1
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if UTF16.isLeadSurrogate(first), byte == UInt8(ascii: "\\") {
            position += 1
            let second = try codeUnit()
            if UTF16.isTrailSurrogate(second) { return UTF16.decode(UTF16.EncodedScalar([first, second])) }
        }
        throw JSONSyntaxError(offset: start, problem: "an escape is half of a surrogate pair")
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        guard byte == UInt8(ascii: "u"), let pair = Hexadecimal.decode(bytes[(position + 1)...].prefix(4)),
            pair.count == 2
        else { throw unexpected(expecting: "\"u\" and four hexadecimal digits") }
        position += 5
        return UInt16(pair[0]) << 8 | UInt16(pair[1])
    }

    private func checkLength(_ count: Int, from start: Int) throws(JSONSyntaxError) {
        guard count <= limits.valueBytes else {
            throw JSONSyntaxError(offset: start, problem: "a value has more than \(limits.valueBytes) bytes")
        }
    }

    private func bareControlCharacter() -> JSONSyntaxError {
        JSONSyntaxError(offset: position, problem: "a control character stands bare in a string")
    }
}
