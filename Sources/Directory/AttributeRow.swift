import Glibc

/// Some attributes of one object: names and values side by side.
///
/// Objects read by one query share the storage of the names, and each has the octets of all its values in one piece: as
/// strings and arrays they would need three times the memory, and there are a dozen for each of a hundred thousand users,
/// twice.
public struct AttributeRow: Sendable, Equatable {
    public let names: [AttributeName]
    /// For each name the number of its values, and for each of those its length and its octets. Several values of one
    /// attribute are sorted, so that the same values are the same octets.
    private let packed: [UInt8]

    /// - Precondition: as many values as names; a caller that pairs them wrongly is a programming error.
    public init(names: [AttributeName], values: [AttributeValues]) {
        precondition(names.count == values.count)
        self.names = names
        var packer = Packer(octetCount: values.reduce(0) { $0 + Packer.octetCount(of: $1) })
        for values in values { packer.add(values) }
        packed = packer.octets
    }

    public static let empty = AttributeRow(names: [], values: [])

    public static func == (left: AttributeRow, right: AttributeRow) -> Bool {
        left.packed.isIdentical(to: right.packed) && left.names == right.names
    }

    /// Whether `other` begins with the names and values of this row; it may go on.
    public func isBeginning(of other: AttributeRow) -> Bool {
        if names.count == other.names.count { return self == other }
        return other.names.starts(with: names) && other.packed.starts(with: packed)
    }

    /// The values of `name`; nil when the row does not speak of it, `.none` when the object lacks it.
    public subscript(_ name: AttributeName) -> AttributeValues? {
        names.firstIndex(of: name).map { index in
            var unpacker = Unpacker(packed)
            for _ in 0..<index { unpacker.skip() }
            return unpacker.next()
        }
    }

    /// For each name its values, in the order of the names.
    public var values: [AttributeValues] {
        var unpacker = Unpacker(packed)
        return names.map { _ in unpacker.next() }
    }
}

extension [UInt8] {
    /// The same as `==`, which looks at one octet after the other.
    fileprivate func isIdentical(to other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                // Where there is nothing to compare there may be no address.
                guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                return memcmp(left, right, count) == 0
            }
        }
    }
}

private struct Packer {
    private(set) var octets: [UInt8] = []

    /// - Parameter octetCount: about what is to be added.
    init(octetCount: Int) { octets.reserveCapacity(octetCount) }

    /// About what the usual values need: one each, of fewer than 128 octets.
    static func octetCount(of values: AttributeValues) -> Int {
        switch values {
        case .none: 1
        case .one(.text(let text)): 2 + text.utf8.count
        case .one(.binary(let octets)): 4 + octets.count
        case .many(let values): 2 + values.count * 16
        }
    }

    mutating func add(_ values: AttributeValues) {
        switch values {
        case .none: add(0)
        case .one(let value):
            add(1)
            add(value)
        case .many(let values):
            add(values.count)
            for octets in values.map(\.octets).sorted(by: { $0.lexicographicallyPrecedes($1) }) { add(.binary(octets)) }
        }
    }

    private mutating func add(_ value: AttributeValue) {
        switch value {
        case .text(let text):
            add(text.utf8.count)
            octets.append(contentsOf: text.utf8)
        case .binary(let binary):
            add(binary.count)
            octets.append(contentsOf: binary)
        }
    }

    /// Seven bits to the octet, the lowest first; the high bit says that more follow.
    private mutating func add(_ number: Int) {
        var rest = number
        while rest > 0x7F {
            octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        octets.append(UInt8(rest))
    }
}

/// Reads what a ``Packer`` wrote, in the same order.
private struct Unpacker {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    mutating func next() -> AttributeValues {
        let count = number()
        switch count {
        case 0: return .none
        case 1: return .one(value())
        default: return .many((0..<count).map { _ in value() })
        }
    }

    mutating func skip() {
        for _ in 0..<number() {
            let count = number()
            position += count
        }
    }

    /// Octets that are UTF-8 are text, as everywhere in a directory.
    private mutating func value() -> AttributeValue {
        let count = number()
        let slice = octets[position..<position + count]
        position += count
        return String(validating: slice, as: UTF8.self).map(AttributeValue.text) ?? .binary(Array(slice))
    }

    private mutating func number() -> Int {
        var result = 0
        var shift = 0
        while true {
            let octet = octets[position]
            position += 1
            result |= Int(octet & 0x7F) << shift
            guard octet & 0x80 != 0 else { return result }
            shift += 7
        }
    }
}
