/// Whose Kerberos ticket signs in, and where it comes from (RFC 4120).
public enum KerberosIdentity: Hashable, Sendable {
    /// A fresh ticket for each connection, by the keys in this file.
    ///
    /// - Parameters:
    ///   - path: The file, as `ktpass` or `samba-tool domain exportkeytab` writes it.
    ///   - principal: `name@REALM`.
    case keytab(path: String, principal: String)
    /// A ticket that somebody else gets and renews, such as `kinit`, `k5start` or a login.
    ///
    /// - Parameters:
    ///   - name: `FILE:/run/sync/ticket`, a bare path, `KEYRING:…`, `KCM:…`; nil for the default one, which the
    ///     environment variable KRB5CCNAME or krb5.conf names.
    ///   - principal: Whose ticket it must be; nil for whoever's it is.
    case cache(name: String?, principal: String?)
}

extension KerberosIdentity: CustomStringConvertible {
    /// Who signs in, as far as it is known beforehand.
    public var description: String {
        switch self {
        case .keytab(_, let principal), .cache(_, let principal?): principal
        case .cache(let name?, nil): "whoever has the ticket in \(name)"
        case .cache(nil, nil): "whoever has the ticket in the default cache"
        }
    }
}
