import Glibc

/// The keys of one object, as they are read, and whether one stands twice.
///
/// The objects of a list mostly have the keys of the one before, in the same order. While an object does, its keys are
/// known without being read, and none of them can stand twice: only the first that differs makes it look them up.
struct ObjectKeys {
    private struct Key {
        let text: String
        /// Where it was read last, quotes included.
        let literal: Range<Int>
    }

    /// Of this object the first ``count``; behind them, what the object before had and this one may have yet.
    private var keys: [Key] = []
    private(set) var count = 0
    /// Nil as long as this object has the keys of the one before.
    private var seen: Set<ExactKey>?

    /// Of how many keys there is any knowledge: what an object of a list will probably have.
    var expectedCount: Int { keys.count }

    /// Begins another object.
    mutating func begin() {
        count = 0
        seen = nil
    }

    /// Ends the object: the next one is held against what it had.
    mutating func end() { keys.removeLast(keys.count - count) }

    /// The next key, where it is written as in the object before, and how many bytes it has there.
    mutating func expected(in bytes: [UInt8], at position: Int) -> (text: String, byteCount: Int)? {
        guard seen == nil, count < keys.count else { return nil }
        let key = keys[count]
        guard position + key.literal.count <= bytes.count else { return nil }
        let isSame = bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            return memcmp(start + position, start + key.literal.lowerBound, key.literal.count) == 0
        }
        guard isSame else { return nil }
        count += 1
        return (key.text, key.literal.count)
    }

    /// Takes a key that is another than the one that was expected.
    ///
    /// - Returns: whether the object does not have it yet.
    mutating func insert(_ text: String, at literal: Range<Int>) -> Bool {
        if seen == nil {
            end()
            // Enough for a record of a user file, so that it does not grow key by key.
            var known = Set<ExactKey>(minimumCapacity: 24)
            for key in keys { known.insert(ExactKey(text: key.text)) }
            seen = known
        }
        keys.append(Key(text: text, literal: literal))
        count += 1
        return seen?.insert(ExactKey(text: text)).inserted ?? true
    }
}

/// Keys are the same only byte by byte: `String` takes NFC and NFD for equal, and two groups may differ in nothing else.
private struct ExactKey: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
