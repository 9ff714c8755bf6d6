import CLDAP

/// Binding with a SASL mechanism (RFC 4513 section 5.2), which Cyrus SASL does for libldap.
extension LDAPHandle {
    /// The weakest encryption that counts as one, in the bits of its key: AES, and not the RC4 or DES of old domains.
    /// Windows wants as much before it takes a password ([MS-ADTS] 3.1.1.3.1.5.1).
    static let minimumStrength: UInt = 128

    /// `ldap.conf` and `LDAPSASL_…` variables set these as well; so all are set here.
    ///
    /// Without TLS, everything after the bind is signed and encrypted by the mechanism. Inside TLS, Active Directory
    /// refuses to encrypt a second time; there the ticket is tied to the server's certificate instead (RFC 5929 section
    /// 4), so that nobody can pass it on.
    func setSASLOptions() {
        let strength = isEncrypted ? "minssf=0,maxssf=0" : "minssf=\(Self.minimumStrength),maxssf=256"
        set(LDAP_OPT_X_SASL_SECPROPS, "noanonymous,noplain,\(strength),maxbufsize=65536")
        set(
            LDAP_OPT_X_SASL_CBINDING,
            isEncrypted ? LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT : LDAP_OPT_X_SASL_CBINDING_NONE)
        // The host is the one that was configured, not the one that a reverse lookup of its address makes of it.
        set(LDAP_OPT_X_SASL_NOCANON, enabled: true)
    }

    /// How much the mechanism encrypts, in bits; 0 for not at all.
    var saslStrength: UInt {
        var strength: ber_len_t = 0
        return ldap_get_option(pointer, LDAP_OPT_X_SASL_SSF, &strength) == LDAP_OPT_SUCCESS ? strength : 0
    }

    enum SASLOutcome {
        /// The server's last word, or libldap's or SASL's own failure, which has a negative code.
        case finished(code: LDAPResultCode, words: String)
        case lost(String)
        case timedOut
    }

    /// Binds, and blocks until it is done.
    ///
    /// - Parameter countRequest: called for each request that was sent.
    func bindSASL(
        mechanism: String, until deadline: ContinuousClock.Instant, countRequest: () -> Void
    ) -> SASLOutcome {
        var state: UnsafePointer<CChar>?
        var identifier: Int32 = 0
        var status = cldap_sasl_bind_step(pointer, mechanism, nil, &state, &identifier)
        while status == LDAP_SASL_BIND_IN_PROGRESS {
            countRequest()
            switch waitForAnswer(to: identifier, within: deadline - .now) {
            case .message(let message):
                status = cldap_sasl_bind_step(pointer, mechanism, message.pointer, &state, &identifier)
            case .nothing: return .timedOut
            case .failed(let words): return .lost(words)
            }
        }
        let code = LDAPResultCode(rawValue: status)
        return .finished(code: code, words: code == .success ? "" : lastFailure().words)
    }
}
