/// What Active Directory compares when it decides whether two names are the same.
///
/// Case is folded code point by code point and outer and repeated spaces do not count
/// ([MS-ADTS] 3.1.1.2.2.4; RFC 4518 §2.6.1). Nothing else is folded: `ß` is not `ss`, and a name in NFC is not the same
/// name in NFD, because the directory keeps them as two objects. Swift's own `String` equality is canonical equivalence
/// and would take those two people for one, so names are never compared as `String`.
public struct NameKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let folded: String

    public init(_ name: some StringProtocol) {
        folded = NameKey.fold(name)
    }

    /// The folded form; for display in debug output only.
    public var description: String { folded }

    public var isEmpty: Bool { folded.isEmpty }

    public func hasPrefix(_ prefix: NameKey) -> Bool {
        folded.utf8.starts(with: prefix.folded.utf8)
    }

    /// Whether the other name stands somewhere in this one.
    public func contains(_ part: NameKey) -> Bool {
        let text = Array(folded.utf8)
        let wanted = Array(part.folded.utf8)
        guard let first = wanted.first else { return true }
        return text.indices.contains { text[$0] == first && text[$0...].starts(with: wanted) }
    }

    public static func == (left: NameKey, right: NameKey) -> Bool {
        left.folded.isIdenticalText(to: right.folded)
    }

    public static func < (left: NameKey, right: NameKey) -> Bool {
        left.folded.precedesBytewise(right.folded)
    }

    public func hash(into hasher: inout Hasher) {
        folded.hashText(into: &hasher)
    }

    private static func fold(_ name: some StringProtocol) -> String {
        // A large directory asks for hundreds of thousands of keys, and most names are ASCII.
        if case .some(.some(let folded)) = name.utf8.withContiguousStorageIfAvailable(foldASCII) { return folded }
        var result: [UInt8] = []
        result.reserveCapacity(name.utf8.count)
        var pendingSpace = false
        for scalar in name.unicodeScalars {
            if scalar == " " {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace {
                result.append(UInt8(ascii: " "))
                pendingSpace = false
            }
            let folded = scalar.simpleLowercase
            if folded.isASCII {
                result.append(UInt8(ascii: folded))
            } else {
                result.append(contentsOf: UTF8.encode(folded) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Nil for a name that is not ASCII.
    private static func foldASCII(_ name: UnsafeBufferPointer<UInt8>) -> String? {
        guard name.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: name.count) { result in
            var count = 0
            for (index, byte) in name.enumerated() {
                if byte == UInt8(ascii: " ") {
                    // Neither the first ones nor the last ones count, and of several in a row one.
                    guard count > 0, index + 1 < name.count, name[index + 1] != byte else { continue }
                }
                result[count] = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
                count += 1
            }
            return count
        }
    }
}

extension Unicode.Scalar {
    /// The lowercase code point where there is exactly one. `İ`, whose lowercase is two code points, stays itself: AD
    /// folds with a table from code point to code point.
    public var simpleLowercase: Unicode.Scalar {
        if isASCII {
            return ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) + 32) : self
        }
        let mapping = properties.lowercaseMapping.unicodeScalars
        guard mapping.count == 1, let only = mapping.first else { return self }
        return only
    }
}
