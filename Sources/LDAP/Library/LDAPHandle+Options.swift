import CLDAP
import Glibc

/// libldap fills every new handle from `ldap.conf`, `~/.ldaprc`, `./ldaprc` and `LDAP…` variables of the environment:
/// `LDAPTLS_REQCERT=never` would switch the verification off behind our back. So every option that matters is set here,
/// on the handle, to what the configuration says or to the protocol's default.
extension LDAPHandle {
    func setProtocolOptions() {
        set(LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3)
        // Referrals lead to servers that nobody named; see LDAPSearchRequest.ReferralPolicy.
        set(LDAP_OPT_REFERRALS, enabled: false)
        set(LDAP_OPT_DEREF, LDAP_DEREF_NEVER)
        set(LDAP_OPT_SIZELIMIT, LDAP_NO_LIMIT)
        set(LDAP_OPT_TIMELIMIT, LDAP_NO_LIMIT)
        set(LDAP_OPT_RESTART, enabled: true)
        // None: with a limit, libldap 2.5 spins through the TLS handshake at full speed and forgets the limit. See
        // HandshakeWatchdog.
        set(LDAP_OPT_NETWORK_TIMEOUT, timeval(tv_sec: -1, tv_usec: 0))
    }

    /// Prepares a TLS context of this handle's own.
    ///
    /// - Returns: nil, or libldap's words when the settings cannot be used.
    func setTLSOptions(_ settings: TLSSettings) -> String? {
        set(LDAP_OPT_X_TLS_REQUIRE_CERT, settings.verify ? LDAP_OPT_X_TLS_DEMAND : LDAP_OPT_X_TLS_NEVER)
        // Samba's own certificates have a common name only; a subjectAltName counts first where there is one.
        set(LDAP_OPT_X_TLS_REQUIRE_SAN, LDAP_OPT_X_TLS_ALLOW)
        set(LDAP_OPT_X_TLS_CACERTFILE, settings.caFile ?? TLSSettings.systemCAFile)
        for unused in [
            LDAP_OPT_X_TLS_CACERTDIR, LDAP_OPT_X_TLS_CERTFILE, LDAP_OPT_X_TLS_KEYFILE, LDAP_OPT_X_TLS_CRLFILE,
            LDAP_OPT_X_TLS_ECNAME,
        ] {
            set(unused, nil)
        }
        switch settings.minimumVersion {
        case .tls1_2: set(LDAP_OPT_X_TLS_PROTOCOL_MIN, 3 << 8 + 3)
        case .tls1_3: set(LDAP_OPT_X_TLS_PROTOCOL_MIN, 3 << 8 + 4)
        }
        // libldap over GnuTLS ignores the minimum; there the versions are part of the cipher suite string.
        let usesGnuTLS = text(LDAP_OPT_X_TLS_PACKAGE) == "GnuTLS"
        set(LDAP_OPT_X_TLS_CIPHER_SUITE, usesGnuTLS ? settings.minimumVersion.gnuTLSPriority : nil)
        var isServer: Int32 = 0
        guard ldap_set_option(pointer, LDAP_OPT_X_TLS_NEWCTX, &isServer) == LDAP_OPT_SUCCESS else {
            return lastFailure().words
        }
        return nil
    }

    /// The version in use; nil before the handshake, and for versions too old to have a name here.
    var tlsVersion: TLSSettings.Version? {
        // GnuTLS says "TLS1.3", OpenSSL "TLSv1.3".
        guard let name = text(LDAP_OPT_X_TLS_VERSION), name.hasPrefix("TLS") else { return nil }
        return TLSSettings.Version(rawValue: String(name.dropFirst(3).drop { $0 == "v" }))
    }
}

extension TLSSettings.Version {
    /// GnuTLS's "priority string" for this version and newer ones.
    fileprivate var gnuTLSPriority: String {
        switch self {
        case .tls1_2: "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
        case .tls1_3: "NORMAL:-VERS-ALL:+VERS-TLS1.3"
        }
    }
}
