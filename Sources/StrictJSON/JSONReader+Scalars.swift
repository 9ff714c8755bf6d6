extension JSONReader {
    /// Reads a string (RFC 8259 §7) whose opening quote is next.
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = position
        let plain = PlainText(in: bytes, from: start + 1)
        position = plain.end
        guard position < bytes.count else { throw JSONSyntaxError(offset: start, problem: .unclosedString) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            try checkLength(from: start)
            let text = text((start + 1)..<position, isASCII: plain.isASCII)
            position += 1
            return text
        case UInt8(ascii: "\\"):
            return try escapedString(from: start)
        default:
            throw failure(.controlCharacter)
        }
    }

    /// A part of valid UTF-8 between two bytes of ASCII is valid itself, and need not be looked at once more.
    private func text(_ part: Range<Int>, isASCII: Bool) -> String {
        String(copying: UTF8Span(unchecked: bytes.span.extracting(part), isKnownASCII: isASCII))
    }

    /// Reads a number (RFC 8259 §6) as text.
    mutating func number() throws(JSONSyntaxError) -> String {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        let isZero = byte == UInt8(ascii: "0")
        let integerStart = position
        try digits()
        guard !isZero || position == integerStart + 1 else {
            throw JSONSyntaxError(offset: start, problem: .leadingZero)
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
        try checkLength(from: start)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// The next byte, white space or not; nil at the end.
    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw unexpected(expecting: .digit) }
    }

    /// The slow road, from the first backslash on.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[(start + 1)..<position])
        while let byte {
            // Not at the end only: by then the memory is taken.
            try checkLength(from: start)
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard position + 1 < bytes.count else { throw JSONSyntaxError(offset: start, problem: .unclosedString) }
                text.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
            case 0..<0x20:
                throw failure(.controlCharacter)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw JSONSyntaxError(offset: start, problem: .unclosedString)
    }

    /// Reads a backslash and what follows it.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let scalar: Unicode.Scalar
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): scalar = "\""
        case UInt8(ascii: "\\"): scalar = "\\"
        case UInt8(ascii: "/"): scalar = "/"
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        // Windows paths, DOMAIN\user and escaped commas in names end up here.
        default: throw failure(.unknownEscape)
        }
        position += 2
        return scalar
    }

    /// Reads `\uXXXX`, or a surrogate pair of them. Half a pair is no character and is refused.
    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if UTF16.isLeadSurrogate(first), bytes[position...].starts(with: #"\u"#.utf8) {
            let second = try codeUnit()
            if UTF16.isTrailSurrogate(second) { return UTF16.decode(UTF16.EncodedScalar([first, second])) }
        }
        throw JSONSyntaxError(offset: start, problem: .halfSurrogatePair)
    }

    /// Reads `\uXXXX`, of which the first two are known.
    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes[position...].dropFirst(2).prefix(4)
        var unit: UInt16 = 0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { throw failure(.incompleteEscape) }
            unit = unit << 4 | UInt16(value)
        }
        guard digits.count == 4 else { throw failure(.incompleteEscape) }
        position += 6
        return unit
    }

    private func checkLength(from start: Int) throws(JSONSyntaxError) {
        guard position - start <= limits.valueBytes else {
            let sentence = "a value has more than \(limits.valueBytes) bytes"
            throw JSONSyntaxError(offset: start, problem: .limit(sentence))
        }
    }
}
