import Directory

/// What an HMAC key must look like, wherever it comes from.
enum HMACKeyText {
    /// Below this a key is no stronger than a password.
    private static let minimumBytes = 16

    /// The same as a regular expression.
    static let pattern = "^(?:[0-9A-Fa-f]{2}){\(minimumBytes),}$"

    static let expectation = "an even number of hexadecimal digits, at least \(minimumBytes * 2)"

    static func isValid(_ key: Secret) -> Bool {
        let digits = key.reveal().utf8
        return digits.count >= minimumBytes * 2 && digits.count.isMultiple(of: 2)
            && digits.allSatisfy { $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }
    }
}
