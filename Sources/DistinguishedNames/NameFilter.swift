/// Tells of most names, without folding them, that they are none of a few.
///
/// For who has a million names and looks for a hundred: a ``NameKey`` of each would take most of the time.
public struct NameFilter: Sendable {
    /// A set of bits for some hash of each key (Bloom 1970, with one hash).
    private var bits: [UInt64]
    private let isEmpty: Bool

    public init(_ keys: some Collection<NameKey>) {
        // Sixty-four bits to the key: one name in sixty-four is taken for one that may be among them.
        var size = 1
        while size < keys.count { size *= 2 }
        bits = [UInt64](repeating: 0, count: size)
        isEmpty = keys.isEmpty
        for key in keys {
            // What is folded is not changed by folding. A key that is not ASCII can only be that of a name that is not.
            guard let hash = Self.hash(key.description) else { continue }
            bits[place(hash)] |= 1 << (hash & 63)
        }
    }

    /// False only where the key of `name` is none of the keys.
    public func mayContain(_ name: String) -> Bool {
        guard !isEmpty else { return false }
        guard let hash = Self.hash(name) else { return true }
        return bits[place(hash)] & 1 << (hash & 63) != 0
    }

    private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 32) & (bits.count - 1) }

    /// The same for names with the same key; nil for one that is not ASCII. FNV-1a, and the last step of MurmurHash3.
    private static func hash(_ name: String) -> UInt64? {
        let hash = name.utf8.withContiguousStorageIfAvailable { bytes -> UInt64? in
            // Where the spaces are does not count, since not all of them do.
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes where byte != UInt8(ascii: " ") {
                guard byte < 0x80 else { return nil }
                let isUppercase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                hash = (hash ^ UInt64(isUppercase ? byte + 0x20 : byte)) &* 0x0000_0100_0000_01B3
            }
            // Names that differ in their last letters alone differ little up to here.
            hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
            return hash ^ hash >> 33
        }
        return hash ?? nil
    }
}
