/// Active Directory puts a Win32 error and details into its diagnostics ([MS-ADTS] 3.1.1.3.1.9):
///
///     80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data 52e, v1db1
///     00002071: samldb: Account name (sAMAccountName) 'jdoe' already in use!
///
/// The numbers may be branched on; the prose may not, it differs between servers and versions.
extension LDAPError {
    /// The Win32 error: the leading eight hexadecimal digits of the diagnostic; nil where there are none.
    public var extendedCode: UInt32? {
        let digits = serverDiagnostic.utf8.prefix { $0.isHexadecimalDigit }
        guard digits.count == 8, serverDiagnostic.utf8.dropFirst(8).first == UInt8(ascii: ":") else { return nil }
        return UInt32(Substring(digits), radix: 16)
    }

    /// The number after `data`: in answers to a bind, why the bind failed, such as 0x52E for wrong credentials; nil
    /// where there is none.
    public var diagnosticData: UInt32? {
        let marker = Array(", data ".utf8)
        let text = Array(serverDiagnostic.utf8)
        guard text.count > marker.count else { return nil }
        for start in 0..<(text.count - marker.count) where text[start...].starts(with: marker) {
            let digits = text[(start + marker.count)...].prefix { $0.isHexadecimalDigit }
            return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte is one of 0–9, a–f, A–F in ASCII.
    var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
