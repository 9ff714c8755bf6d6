import COpenSSL

/// An HMAC-SHA256 of a message that comes in pieces.
struct MessageAuthenticator: ~Copyable {
    private let context: OpaquePointer

    /// - Throws: ``CryptographyError`` when OpenSSL's configuration offers no HMAC or no SHA-256.
    init(key: HMACKey) throws(CryptographyError) {
        guard let context = Self.context(key) else { throw Self.failure }
        self.context = context
    }

    private static func context(_ key: HMACKey) -> OpaquePointer? {
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        // The context holds a reference of its own.
        defer { EVP_MAC_free(algorithm) }
        let context = EVP_MAC_CTX_new(algorithm)
        var digest = Array("SHA256".utf8CString)
        let isReady = digest.withUnsafeMutableBufferPointer { digest in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return context != nil && EVP_MAC_init(context, key.bytes, key.bytes.count, parameters) == 1
        }
        if isReady { return context }
        EVP_MAC_CTX_free(context)
        return nil
    }

    deinit { EVP_MAC_CTX_free(context) }

    borrowing func update(with piece: [UInt8]) throws(CryptographyError) {
        guard EVP_MAC_update(context, piece, piece.count) == 1 else { throw Self.failure }
    }

    /// The code of all pieces. Nothing can be added to them afterwards.
    consuming func finish() throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: MessageAuthentication.byteCount)
        var length = 0
        guard EVP_MAC_final(context, &code, &length, code.count) == 1, length == code.count else { throw Self.failure }
        return code
    }

    private static let failure = CryptographyError(algorithm: "HMAC-SHA256")
}
