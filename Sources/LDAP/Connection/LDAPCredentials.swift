/// Who asks, and the proof of it (RFC 4511 section 4.2).
public enum LDAPCredentials: Sendable {
    /// Name and password (RFC 4513 section 5.1.3). Active Directory takes a user principal name, `DOMAIN\user` or a
    /// distinguished name.
    case simple(user: String, password: LDAPPassword)
    /// A Kerberos ticket, by the SASL mechanism GSSAPI (RFC 4752). No password is known here.
    case gssapi(KerberosIdentity)
}
