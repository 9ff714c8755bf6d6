extension String {
    /// Whether both strings are the same bytes in UTF-8, unlike `==`, which takes NFC and NFD forms for equal.
    public func isIdenticalText(to other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
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
