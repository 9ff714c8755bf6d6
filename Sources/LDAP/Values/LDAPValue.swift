import DistinguishedNames

/// One value of an attribute: octets, whatever they mean (RFC 4511 section 4.1.7).
///
/// Values are equal when their octets are. Swift's own `String` equality would take a name in NFC and the same name in
/// NFD for one, and a directory keeps them as two.
public struct LDAPValue: Sendable {
    private enum Storage {
        case text(String)
        case octets([UInt8])
    }

    private let storage: Storage

    /// The UTF-8 form of the text.
    public init(_ text: String) {
        storage = .text(text)
    }

    public init(_ octets: [UInt8]) {
        storage = .octets(octets)
    }

    /// Text where the octets are UTF-8: most values are, and they are short, so a `String` holds them without memory
    /// of its own.
    init(copying octets: UnsafeBufferPointer<UInt8>) {
        if let text = String(validating: octets, as: UTF8.self) {
            storage = .text(text)
        } else {
            storage = .octets(Array(octets))
        }
    }

    /// The value as text; nil where it is not UTF-8.
    public var string: String? {
        switch storage {
        case .text(let text): text
        case .octets(let octets): String(validating: octets, as: UTF8.self)
        }
    }

    /// The octets, which every value has.
    public var bytes: [UInt8] {
        switch storage {
        case .text(let text): Array(text.utf8)
        case .octets(let octets): octets
        }
    }

    /// The number of octets.
    public var count: Int {
        switch storage {
        case .text(let text): text.utf8.count
        case .octets(let octets): octets.count
        }
    }

    /// Calls `body` with the octets, without a copy.
    func withOctets<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch storage {
        case .text(var text): text.withUTF8(body)
        case .octets(let octets): octets.withUnsafeBufferPointer(body)
        }
    }
}

extension LDAPValue: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        if case .text(let left) = left.storage, case .text(let right) = right.storage {
            return left.isIdenticalText(to: right)
        }
        return left.withOctets { left in right.withOctets { right in left.elementsEqual(right) } }
    }

    public func hash(into hasher: inout Hasher) {
        withOctets { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension LDAPValue: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}

extension LDAPValue: CustomStringConvertible {
    /// The size only: a value may be a password, and descriptions end up in logs.
    public var description: String { "\(count) octets" }
}
