/// Bytes that are known to be valid UTF-8: nothing else gets to the JSON reader.
struct UTF8Text: Sendable {
    let bytes: [UInt8]

    /// Nil when `bytes` are not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
    init?(validating bytes: [UInt8]) {
        guard (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
        self.bytes = bytes
    }

    /// Decodes Windows-1252, and turns CRLF into LF.
    ///
    /// - Throws: ``Windows1252.UndefinedByte``.
    init(windows1252 bytes: some Collection<UInt8>) throws(Windows1252.UndefinedByte) {
        self.bytes = LineEnds.withLineFeeds(try Windows1252.decode(bytes))
    }
}
