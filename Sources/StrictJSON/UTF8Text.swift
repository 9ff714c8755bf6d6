/// Bytes that are known to be valid UTF-8: nothing else gets to the reader.
public struct UTF8Text: Sendable {
    public let bytes: [UInt8]

    /// Nil when `bytes` are not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
    public init?(validating bytes: [UInt8]) {
        guard (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
        self.bytes = bytes
    }

    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The place of the byte at `offset` as an editor shows it. Looks at every byte before, so ask for it in a message
    /// only.
    public func position(at offset: Int) -> SourcePosition {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return SourcePosition(
            line: 1 + before.count { $0 == UInt8(ascii: "\n") },
            // Bytes that continue a character do not count.
            column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 })
    }
}

/// Where something stands in a text; both count from 1, the column in Unicode scalars.
public struct SourcePosition: Hashable, Comparable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
