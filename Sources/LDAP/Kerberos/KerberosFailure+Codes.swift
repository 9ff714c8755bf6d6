import CKerberos
import Glibc

extension KerberosFailure {
    /// What the key distribution centre was asked for.
    enum Question {
        /// A first ticket, by the keys of this principal.
        case account(String)
        /// A ticket for a service on a host.
        ///
        /// - Parameter cache: The cache that the first ticket stands in, where it is somebody else's.
        case service(String, host: String, cache: String?)
    }

    /// Translates a code of RFC 4120 section 7.5.9 or of libkrb5.
    ///
    /// - Parameter realm: That of the account: a service's may not be known before it is found.
    init(_ code: krb5_error_code, _ words: String, asking question: Question, in realm: String) {
        switch (Int(code), question) {
        case (Int(KRB5_KDC_UNREACH), _), (Int(ECONNREFUSED), _), (Int(ETIMEDOUT), _),
            (Int(KRB5KDC_ERR_SVC_UNAVAILABLE), _):
            self.init(
                .unreachable,
                "no Kerberos server (KDC) of \(realm) answers: \(words): see that a domain controller is up and reachable "
                    + "on port 88 (UDP and TCP), and that krb5.conf or the DNS names the right one")
        case (Int(KRB5_REALM_UNKNOWN), _), (Int(KRB5_REALM_CANT_RESOLVE), _):
            self.init(
                .unreachable,
                "no Kerberos server (KDC) of \(realm) can be found: \(words): name it in krb5.conf ([realms]), or let "
                    + "dns_lookup_kdc find it; the realm is the domain's DNS name in capitals")
        case (Int(KRB5KRB_AP_ERR_SKEW), _), (Int(KRB5KRB_AP_ERR_TKT_NYV), _), (Int(KRB5_KDCREP_SKEW), _):
            self.init(
                .clock,
                "this machine's clock and that of \(realm) are too far apart for Kerberos (\(words)): set the one that is "
                    + "wrong, and run this again")
        case (Int(KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN), .account(let principal)):
            self.init(.refused, "\(realm) knows no account \(principal): correct bind.principal")
        case (Int(KRB5KDC_ERR_PREAUTH_FAILED), .account(let principal)),
            (Int(KRB5KRB_AP_ERR_BAD_INTEGRITY), .account(let principal)):
            self.init(
                .refused,
                "\(realm) does not take the keys of \(principal) (\(words)): the account's password was changed since the "
                    + "keytab was exported; export it again")
        case (Int(KRB5KDC_ERR_CLIENT_REVOKED), .account(let principal)):
            self.init(.refused, "\(realm): the account \(principal) is disabled or locked (\(words)): enable it")
        case (Int(KRB5KDC_ERR_KEY_EXP), .account(let principal)):
            self.init(
                .refused,
                "\(realm): the password of \(principal) has expired (\(words)): set it anew or let it never expire, and "
                    + "export the keytab again")
        case (Int(KRB5KDC_ERR_NAME_EXP), .account(let principal)):
            self.init(.refused, "\(realm): the account \(principal) has expired (\(words)): prolong it")
        case (Int(KRB5KDC_ERR_ETYPE_NOSUPP), .account(let principal)), (Int(KRB5_KT_NOTFOUND), .account(let principal)):
            self.init(
                .refused,
                "\(realm) and the keytab have no kind of encryption in common for \(principal) (\(words)): set "
                    + "msDS-SupportedEncryptionTypes of the account to 24 (AES), set its password, and export the keytab "
                    + "again")
        case (Int(KRB5KRB_AP_ERR_TKT_EXPIRED), .service(_, _, let cache)): self = .expired(cache ?? "memory")
        case (Int(KRB5_CC_NOTFOUND), .service(_, _, let cache)):
            self.init(
                .unusable,
                "there is no ticket-granting ticket in \(cache ?? "memory") (\(words)): get one with `kinit`")
        case (Int(KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN), .service(let service, let host, _)):
            let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
            self.init(
                .unknownServer,
                "\(realm) knows no server \(service) (\(words)): "
                    + (isAddress
                        ? "Kerberos goes by names: put the domain controller's host name in place of the address \(host)"
                        : "correct the host name in `server`; the domain controller has a servicePrincipalName "
                            + "ldap/<host name> by its own full name only"))
        case (_, .account(let principal)):
            self.init(.refused, "\(realm) gives \(principal) no Kerberos ticket: \(words)")
        case (_, .service(let service, _, _)):
            self.init(.refused, "\(realm) gives no Kerberos ticket for \(service): \(words)")
        }
    }
    /// - Parameter cache: The name of the ticket cache.
    static func expired(_ cache: String) -> KerberosFailure {
        KerberosFailure(
            .unusable,
            "the Kerberos ticket in \(cache) has expired, or does so within two minutes: renew it with `kinit`, or give "
                + "bind.keytab, by which this tool gets its own")
    }
}
