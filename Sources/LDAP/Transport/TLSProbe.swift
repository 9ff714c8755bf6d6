import COpenSSL
import Glibc

/// Finds out, with OpenSSL, why libldap could not do its TLS handshake.
enum TLSProbe {
    /// Why the CA file cannot be used; nil when it can.
    static func fault(inCAFile path: String) -> String? {
        guard access(path, R_OK) == 0 else { return String(cString: strerror(errno)) }
        var result = tls_probe_result()
        guard tls_probe_check_ca_file(path, &result) == 0 else { return nil }
        return "it holds no readable PEM certificate"
    }

    /// Does the handshake again on a connection of its own.
    ///
    /// - Parameter libraryWords: what libldap said, for the case that nothing is found.
    static func failure(
        of endpoint: LDAPURI,
        _ configuration: LDAPConfiguration,
        libraryWords: String
    ) -> LDAPConnectFailure {
        do throws(LDAPConnectFailure) {
            let handshake = try handshake(with: endpoint, configuration)
            return .tls(TLSFailure(.unexplained(libraryWords), certificate: handshake.certificate))
        } catch {
            guard case .tls(let failure) = error, failure.reason == .handshake("") else { return error }
            return .tls(TLSFailure(.handshake(libraryWords), certificate: failure.certificate))
        }
    }

    /// What a handshake that succeeds has come to.
    struct Handshake {
        /// `TLSv1.3`.
        let version: String
        /// Nil when the server showed none.
        let certificate: TLSFailure.Certificate?
    }

    /// One handshake and nothing more; with StartTLS before it on an `ldap://` endpoint.
    ///
    /// - Throws: what is wrong; ``TLSFailure/Reason/handshake(_:)`` with no words where OpenSSL has none either.
    static func handshake(
        with endpoint: LDAPURI, _ configuration: LDAPConfiguration
    ) throws(LDAPConnectFailure) -> Handshake {
        let limit = configuration.timeouts.connect
        let deadline = ContinuousClock.now + limit
        let socket = try Socket.connect(to: endpoint, within: limit)
        var result = tls_probe_result()
        let settings = configuration.tls
        tls_probe(
            socket.descriptor,
            endpoint.host,
            settings.verify ? settings.caFile ?? TLSSettings.systemCAFile : nil,
            settings.minimumVersion == .tls13 ? TLS1_3_VERSION : TLS1_2_VERSION,
            endpoint.scheme == .ldap ? 1 : 0,
            ContinuousClock.now.milliseconds(until: deadline),
            &result
        )
        let certificate = Self.certificate(in: &result)
        let reason: TLSFailure.Reason
        switch tls_probe_outcome(rawValue: UInt32(result.outcome)) {
        case TLS_PROBE_NO_FAULT: return Handshake(version: text(&result.version), certificate: certificate)
        case TLS_PROBE_TIMED_OUT: throw .timedOut
        case TLS_PROBE_CERTIFICATE:
            reason = Self.reason(verifyError: Int32(result.verify_error), text(&result.detail))
        case TLS_PROBE_HOST_NAME:
            reason = .hostNameMismatch(host: endpoint.host, certificateNames: text(&result.names))
        case TLS_PROBE_PROTOCOL: reason = .protocolTooOld(minimum: settings.minimumVersion)
        case TLS_PROBE_NOT_TLS: reason = .notTLS
        case TLS_PROBE_CLOSED: reason = .closedDuringHandshake
        case TLS_PROBE_START_TLS: reason = .startTLSRefused("")
        default: reason = .handshake(text(&result.detail))
        }
        // Who does not ask for the certificate to be checked is told nothing against it.
        if !settings.verify, let certificate, reason.isAboutTheCertificate {
            return Handshake(version: text(&result.version), certificate: certificate)
        }
        throw .tls(TLSFailure(reason, certificate: certificate))
    }

    private static func reason(verifyError: Int32, _ detail: String) -> TLSFailure.Reason {
        switch verifyError {
        case X509_V_ERR_CERT_HAS_EXPIRED: .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_CERT_UNTRUSTED, X509_V_ERR_CERT_SIGNATURE_FAILURE:
            .unknownIssuer
        default: .certificate(detail)
        }
    }

    private static func certificate(in result: inout tls_probe_result) -> TLSFailure.Certificate? {
        let subject = text(&result.subject)
        let issuer = text(&result.issuer)
        guard !subject.isEmpty || !issuer.isEmpty else { return nil }
        return TLSFailure.Certificate(
            subject: subject,
            issuer: issuer,
            notBefore: text(&result.not_before),
            notAfter: text(&result.not_after)
        )
    }

    /// The text in a fixed C array.
    private static func text<CharacterArray>(_ array: inout CharacterArray) -> String {
        withUnsafeBytes(of: &array) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
