/// What of a string (RFC 8259 §7) stands for itself: everything up to a quote, a backslash or a control character.
struct PlainText {
    /// Of the byte that ends it; of the end of the text where none does.
    let end: Int
    let isASCII: Bool

    /// - Parameter start: of its first byte.
    init(in bytes: [UInt8], from start: Int) {
        (end, isASCII) = bytes.withUnsafeBytes { bytes in
            var position = start
            /// Everything that was passed, one above the other.
            var passed: UInt64 = 0
            while position + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let ends = Self.ends(in: word)
                guard ends == 0 else {
                    // The bits of the bytes before the first one that ends it.
                    passed |= word & ((ends & (~ends &+ 1)) >> 7 &- 1)
                    return (position + ends.trailingZeroBitCount / 8, passed & Self.highBits == 0)
                }
                passed |= word
                position += 8
            }
            while position < bytes.count, Self.ends(in: UInt64(bytes[position]) | Self.letters) == 0 {
                passed |= UInt64(bytes[position])
                position += 1
            }
            return (position, passed & Self.highBits == 0)
        }
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    /// Seven letters beside a byte.
    private static let letters: UInt64 = 0x6161_6161_6161_6100

    /// The high bit of each byte that is a quote, a backslash or a control, of the lowest such byte at least: what is
    /// above it may be wrong, since a difference borrows from there.
    private static func ends(in word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let differences =
            (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word
        return differences & highBits
    }
}
