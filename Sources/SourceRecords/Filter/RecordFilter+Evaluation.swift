public import Directory
import DistinguishedNames

extension RecordFilter {
    public func matches(_ record: SourceUser) -> Bool { root.matches(record) }
}

extension RecordFilter.Node {
    fileprivate func matches(_ record: SourceUser) -> Bool {
        switch self {
        case .all(let nodes): nodes.allSatisfy { $0.matches(record) }
        case .any(let nodes): nodes.contains { $0.matches(record) }
        // Active Directory's two values, not the three of RFC 4511 §4.5.1.7: who lacks the attribute is not equal to it.
        case .not(let node): !node.matches(record)
        case .item(let item): item.matches(record)
        }
    }
}

extension RecordFilter.Item {
    fileprivate func matches(_ record: SourceUser) -> Bool {
        let values = record.texts(of: attribute)
        switch test {
        case .isPresent: return !values.isEmpty
        case .equals(let wanted):
            return attribute == .memberOf
                ? record.groups.contains { $0.isCalled(wanted) }
                : values.contains { NameKey($0) == NameKey(wanted) }
        case .isAtLeast(let bound): return values.contains { isOrdered(bound, $0) }
        case .isAtMost(let bound): return values.contains { isOrdered($0, bound) }
        case .matches(let pieces):
            let pieces = pieces.map(\.folded)
            let names = attribute == .memberOf ? record.groups.compactMap(\.leaf?.value) : []
            return (values + names).contains { $0.folded.matches(pieces) }
        }
    }

    /// Whether `left` is not above `right`: as times where that is what the attribute holds, as numbers where both are,
    /// else as text.
    private func isOrdered(_ left: String, _ right: String) -> Bool {
        if attribute == .accountExpires {
            guard let left = Timestamp(iso8601: left), let right = Timestamp(iso8601: right) else { return false }
            return left <= right
        }
        if let left = Int64(left), let right = Int64(right) { return left <= right }
        return !(NameKey(right) < NameKey(left))
    }
}

extension DistinguishedName {
    /// By its name relative to the source's `group_path`, or by its common name alone.
    func isCalled(_ text: String) -> Bool {
        if let leaf, NameKey(leaf.value) == NameKey(text) { return true }
        return (try? DistinguishedName(parsing: text)) == self
    }
}

extension String {
    /// Without case, as ``DistinguishedNames/NameKey`` folds it, but with every space: the pieces of a text begin and end
    /// anywhere.
    fileprivate var folded: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            result.append(contentsOf: UTF8.encode(scalar.simpleLowercase) ?? UTF8.encodedReplacementCharacter)
        }
        return result
    }
}

extension [UInt8] {
    /// Whether this is the pieces in their order, the first at the beginning, the last at the end, anything in between.
    fileprivate func matches(_ pieces: [[UInt8]]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, starts(with: first) else { return false }
        var rest = self[first.count...]
        for piece in pieces.dropFirst().dropLast() {
            guard let found = rest.place(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}

extension ArraySlice<UInt8> {
    /// An empty piece is found at once.
    fileprivate func place(of piece: [UInt8]) -> Range<Int>? {
        guard piece.count <= count else { return nil }
        return (startIndex...(endIndex - piece.count)).first { self[$0...].starts(with: piece) }
            .map { $0..<$0 + piece.count }
    }
}
