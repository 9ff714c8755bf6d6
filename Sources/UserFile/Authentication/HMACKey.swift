public import Directory

/// The key of the user file's HMAC. Whatever prints it, prints dots.
public struct HMACKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shorter ones are refused: 128 bits are the least that no guessing reaches. RFC 2104 §3 advises 32 bytes.
    public static let minimumByteCount = 16

    let bytes: [UInt8]

    /// Decodes the secret as configured: an even number of hexadecimal digits, in either case, at least 32.
    ///
    /// - Throws: ``HMACKeyError``: a configuration error whose text never holds any part of the secret.
    public init(hex secret: Secret) throws(HMACKeyError) {
        let digits = Array(secret.reveal().utf8)
        if let offset = digits.firstIndex(where: { Hexadecimal.value(of: $0) == nil }) {
            throw .notHexadecimal(position: offset + 1)
        }
        guard let bytes = Hexadecimal.decode(digits) else { throw .oddDigitCount(digits.count) }
        guard bytes.count >= Self.minimumByteCount else { throw .tooShort(byteCount: bytes.count) }
        self.bytes = bytes
    }

    public var description: String { "••••••••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no ``HMACKey``.
public enum HMACKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// - Parameter position: of the first character at fault, in bytes, counted from 1.
    case notHexadecimal(position: Int)
    case oddDigitCount(Int)
    case tooShort(byteCount: Int)

    public var description: String {
        switch self {
        case .notHexadecimal(let position):
            "the HMAC key is to consist of hexadecimal digits, but character \(position) is none"
        case .oddDigitCount(let count):
            "the HMAC key has \(count) hexadecimal digits; it needs an even number, two for each byte"
        case .tooShort(let count):
            "the HMAC key has \(count) bytes; it needs at least \(HMACKey.minimumByteCount) "
                + "(\(HMACKey.minimumByteCount * 2) hexadecimal digits), for example from: openssl rand -hex 32"
        }
    }
}
