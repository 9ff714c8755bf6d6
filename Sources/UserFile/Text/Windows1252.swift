import StrictJSON

/// The code page of Western European Windows, which Python's text mode writes there unless told otherwise.
enum Windows1252 {
    /// One of the five bytes that the code page leaves undefined; no text written in it holds one.
    struct UndefinedByte: Error {
        let byte: UInt8
        /// Counted in bytes from 0.
        let offset: Int
    }

    /// The text as UTF-8.
    static func decode(_ bytes: some Collection<UInt8>) throws(UndefinedByte) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16)
        for (offset, byte) in bytes.enumerated() {
            guard byte >= 0x80 else {
                result.append(byte)
                continue
            }
            guard let scalar = scalar(for: byte) else { throw UndefinedByte(byte: byte, offset: offset) }
            result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return result
    }

    /// From 0xA0 on it is Latin-1; below stand the characters that Latin-1 has controls for.
    private static func scalar(for byte: UInt8) -> Unicode.Scalar? {
        byte >= 0xA0 ? Unicode.Scalar(byte) : from0x80[Int(byte) - 0x80]
    }

    /// 0x80 to 0x9F; nil for 0x81, 0x8D, 0x8F, 0x90 and 0x9D.
    private static let from0x80: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}

extension UTF8Text {
    /// Decodes Windows-1252, and turns CRLF into LF.
    ///
    /// - Throws: ``Windows1252/UndefinedByte``.
    init(windows1252 bytes: some Collection<UInt8>) throws(Windows1252.UndefinedByte) {
        self.init(String(decoding: LineEnds.withLineFeeds(try Windows1252.decode(bytes)), as: UTF8.self))
    }
}
