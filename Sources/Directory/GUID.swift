/// A globally unique identifier, as AD's `objectGUID` carries one.
public struct GUID: Hashable, Sendable {
    /// The first eight bytes of the textual order, most significant first.
    private let high: UInt64
    private let low: UInt64

    /// Reads the 16 bytes of an `objectGUID` value: the first three fields are little-endian ([MS-DTYP] 2.3.4.2).
    ///
    /// - Returns: nil unless there are exactly 16 bytes.
    public init?(directoryBytes bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        high = GUID.textualOrder[..<8].reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
        low = GUID.textualOrder[8...].reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
    }

    /// Reads `6f9619ff-8b86-d011-b42d-00c04fc964ff`, in any case, with or without braces.
    public init?(_ text: some StringProtocol) {
        // Letter by letter through `StringProtocol`, it would take ten times as long.
        guard
            let guid = text.utf8.withContiguousStorageIfAvailable(GUID.init(characters:))
                ?? Array(text.utf8).withUnsafeBufferPointer(GUID.init(characters:))
        else { return nil }
        self = guid
    }

    private init?(characters: UnsafeBufferPointer<UInt8>) {
        let isBraced = characters.first == UInt8(ascii: "{") && characters.last == UInt8(ascii: "}")
        let characters = characters.dropFirst(isBraced ? 1 : 0).dropLast(isBraced ? 1 : 0)
        guard characters.count == 36 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for (offset, character) in characters.enumerated() {
            switch offset {
            case 8, 13, 18, 23:
                guard character == UInt8(ascii: "-") else { return nil }
            default:
                guard let digit = GUID.value(of: character) else { return nil }
                if offset < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
            }
        }
        (self.high, self.low) = (high, low)
    }

    /// Of a hexadecimal digit in any case; nil for any other character.
    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The 16 bytes in the order the directory stores and filters use.
    public var directoryBytes: [UInt8] {
        GUID.textualOrder.map(byte)
    }

    /// One of the 16 in textual order.
    private func byte(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> (56 - 8 * (index % 8)))
    }

    /// The permutation between textual and directory order; it is its own inverse.
    private static let textualOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
}

extension GUID: CustomStringConvertible {
    /// Lowercase, with hyphens, without braces: the form the user file and the anchor attribute carry.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { text in
            var count = 0
            for index in 0..<16 {
                if [4, 6, 8, 10].contains(index) {
                    text[count] = UInt8(ascii: "-")
                    count += 1
                }
                text[count] = Self.digit(byte(index) >> 4)
                text[count + 1] = Self.digit(byte(index) & 0xF)
                count += 2
            }
            return count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension GUID: Comparable {
    public static func < (left: GUID, right: GUID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
