import Directory
public import LDAP
import StrictJSON

/// How the tool authenticates to the directory.
public enum BindSettings: Hashable, Sendable {
    /// A simple bind (RFC 4513 §5.1.3), which never happens over an unencrypted connection.
    ///
    /// - Parameters:
    ///   - user: A user principal name, `DOMAIN\user` or a distinguished name. Active Directory takes no bare name.
    ///   - password: The configured password; nil when only the environment has it.
    case simple(user: String, password: ConfiguredSecret?)
    /// Kerberos (RFC 4752), without a password.
    case gssapi(KerberosIdentity)
}

extension BindSettings: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let method = reader.read(Self.methodKey)
        let user = reader.read(Self.userKey)
        let file = reader.read(Self.passwordFileKey)
        let inline = reader.read(Self.passwordKey)
        let principal = reader.read(Self.principalKey)
        let keytab = reader.read(Self.keytabKey)
        let cache = reader.read(Self.credentialCacheKey)
        switch method {
        case .simple:
            for (name, isGiven) in [
                (Self.principalKey.name, principal != nil), (Self.keytabKey.name, keytab != nil),
                (Self.credentialCacheKey.name, cache != nil),
            ] where isGiven {
                reader.contradiction(
                    at: name, #"is of Kerberos, and the method is "simple": set "method": "gssapi", or take it out"#)
            }
            if file != nil, inline != nil {
                reader.contradiction(
                    at: Self.passwordKey.name,
                    "give either password_file or password, not both: one of them would silently not count"
                )
            }
            guard let user else {
                reader.require(Self.userKey)
                return nil
            }
            self = .simple(user: user, password: file.map(ConfiguredSecret.file) ?? inline.map(ConfiguredSecret.inline))
        case .gssapi:
            for (name, isGiven) in [
                (Self.userKey.name, user != nil), (Self.passwordFileKey.name, file != nil),
                (Self.passwordKey.name, inline != nil),
            ] where isGiven {
                reader.contradiction(
                    at: name,
                    #"is of the method "simple"; Kerberos goes by principal and keytab, without a password: take it out"#
                )
            }
            if keytab != nil, cache != nil {
                reader.contradiction(
                    at: Self.credentialCacheKey.name,
                    "give either keytab or credential_cache, not both: one of them would silently not count")
            }
            if let keytab {
                guard let principal else {
                    reader.require(Self.principalKey)
                    return nil
                }
                self = .gssapi(.keytab(path: keytab, principal: principal))
            } else {
                self = .gssapi(.cache(name: cache, principal: principal))
            }
        }
    }

    private enum Method: String, CaseIterable { case simple, gssapi }

    private static let methodKey = Key(
        "method", .choice, default: Method.simple, shownAs: #""simple""#,
        """
        How to authenticate: with a user and a password, or "gssapi" for Kerberos, which knows no password and signs and \
        encrypts by itself what crosses an ldap:// connection.
        """,
        example: #""gssapi""#
    )
    private static let userKey = Key<String?>(
        "user", .nullable(.bindUser), default: nil, shownAs: #"none; the method "simple" needs one"#,
        """
        The account to bind as: a user principal name, DOMAIN\\user (in JSON with two backslashes) or a distinguished \
        name.
        """,
        example: #""svc-sync@example.test""#
    )
    private static let principalKey = Key<String?>(
        "principal", .nullable(.principal), default: nil, shownAs: "whoever's ticket it is; a keytab needs one",
        """
        The account for "gssapi", with the realm, which is the domain's DNS name in capitals.
        """,
        example: #""svc-sync@EXAMPLE.TEST""#
    )
    private static let keytabKey = Key<String?>(
        "keytab", .nullable(.path), default: nil, shownAs: "none",
        """
        File with the account's keys, from which "gssapi" gets a fresh ticket for each connection. As secret as a password.
        """,
        example: #""secrets/svc-sync.keytab""#
    )
    private static let credentialCacheKey = Key<String?>(
        "credential_cache", .nullable(.text), default: nil,
        shownAs: "the default one: KRB5CCNAME, or as krb5.conf says",
        """
        Ticket cache for "gssapi" without a keytab: a path, or with its kind, such as KEYRING:… or KCM:…. Somebody else \
        has to renew what is in it.
        """,
        example: #""/run/ad-user-sync/ticket""#
    )
    private static let passwordFileKey = Key<String?>(
        "password_file", .nullable(.path), default: nil, shownAs: "none",
        """
        File that holds the password and nothing else; one line end after it does not count. The environment variable \
        AD_USER_SYNC_BIND_PASSWORD has precedence.
        """,
        example: #""secrets/bind-password""#
    )
    private static let passwordKey = Key<Secret?>(
        "password", .nullable(.secret), default: nil, shownAs: "none",
        """
        The password itself, where a file of its own is not possible. The configuration file must then be readable by \
        its owner only.
        """,
        example: #""correct horse battery staple""#
    )
}

extension ValueFormat<String> {
    fileprivate static let bindUser = ValueFormat.text.refined("account") { user, node, location, findings in
        // A bare account name is refused by the server with the same words as a wrong password.
        if user.contains(where: { "@\\=".contains($0) }) { return user }
        findings.reject(node, at: location, expected: #"user@domain, "DOMAIN\\user" or a distinguished name"#)
        return nil
    }
    fileprivate static let principal = ValueFormat.text.refined("Kerberos principal") {
        name, node, location, findings in
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        // The realm of an Active Directory domain is always its DNS name in capitals ([MS-KILE] 3.3.5.1).
        if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), parts[1] == parts[1].uppercased() { return name }
        findings.reject(
            node, at: location, expected: "name@REALM, the realm being the domain's DNS name in capitals")
        return nil
    }
}
