import COpenSSL

/// HMAC-SHA256 (RFC 2104, FIPS 180-4), its comparison and the plain digest, by OpenSSL.
public enum MessageAuthentication {
    /// The length of a code and of a digest: 32 bytes.
    public static let byteCount = 32

    /// The message authentication code of `message`.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL's configuration offers no HMAC or no SHA-256.
    public static func hmacSHA256(
        key: HMACKey, message: some Collection<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        try output(algorithm: "HMAC-SHA256", of: message) { message, code in
            var length = 0
            let result = EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, key.bytes, key.bytes.count,
                message.baseAddress, message.count, code.baseAddress, code.count, &length)
            return result != nil && length == byteCount
        }
    }

    /// The SHA-256 digest of `message`.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL's configuration offers no SHA-256.
    public static func sha256(_ message: some Collection<UInt8>) throws(CryptographyError) -> [UInt8] {
        try output(algorithm: "SHA256", of: message) { message, digest in
            var length = 0
            let result = EVP_Q_digest(
                nil, "SHA256", nil, message.baseAddress, message.count, digest.baseAddress, &length)
            return result == 1 && length == byteCount
        }
    }

    /// Whether both are the same bytes, in a time that tells nothing of where they differ.
    public static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    private static func output(
        algorithm: String,
        of message: some Collection<UInt8>,
        by compute: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) -> Bool
    ) throws(CryptographyError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: byteCount)
        let succeeded = result.withUnsafeMutableBufferPointer { result in
            // Arrays and slices lend their storage, so that a large file is not copied here.
            message.withContiguousStorageIfAvailable { compute($0, result) }
                ?? Array(message).withUnsafeBufferPointer { compute($0, result) }
        }
        guard succeeded else { throw CryptographyError(algorithm: algorithm) }
        return result
    }
}

/// OpenSSL could not compute something that every sound installation can.
public struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    public let algorithm: String

    public var description: String {
        "OpenSSL offers no \(algorithm); look at the providers in its configuration (openssl list -providers)"
    }
}
