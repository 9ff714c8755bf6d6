import Directory
import LDAP

extension Secret {
    /// The form `unicodePwd` takes: the password in quotes, as UTF-16, little-endian ([MS-ADTS] 3.1.1.3.1.5).
    var unicodePwd: LDAPValue {
        LDAPValue("\"\(reveal())\"".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    }
}
