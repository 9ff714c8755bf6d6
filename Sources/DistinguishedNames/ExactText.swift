extension String {
    /// Whether both strings are the same bytes in UTF-8, unlike `==`, which takes NFC and NFD forms for equal.
    public func isIdenticalText(to other: String) -> Bool {
        // The usual case, a native string, is compared word by word: this runs for every attribute of every user.
        let isIdentical = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                UnsafeRawBufferPointer(left).isIdentical(to: UnsafeRawBufferPointer(right))
            }
        }
        if case .some(.some(let isIdentical)) = isIdentical { return isIdentical }
        return utf8.elementsEqual(other.utf8)
    }

    /// Byte order of the UTF-8 forms: a total order that, unlike `<`, tells NFC from NFD and never depends on locale.
    public func precedesBytewise(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Feeds the UTF-8 bytes and their count to `hasher`: the partner of `isIdenticalText(to:)`.
    public func hashText(into hasher: inout Hasher) {
        var copy = self
        copy.withUTF8 { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isIdentical(to other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var offset = 0
        while offset + 8 <= count {
            let isSame =
                loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard isSame else { return false }
            offset += 8
        }
        while offset < count {
            guard self[offset] == other[offset] else { return false }
            offset += 1
        }
        return true
    }
}

/// A text that equals another only byte by byte. `String` takes NFC and NFD forms for equal; a directory keeps them apart.
public struct ExactText: Hashable, Sendable {
    private let text: String

    public init(_ text: String) { self.text = text }

    public static func == (left: Self, right: Self) -> Bool { left.text.isIdenticalText(to: right.text) }

    public func hash(into hasher: inout Hasher) { text.hashText(into: &hasher) }
}
