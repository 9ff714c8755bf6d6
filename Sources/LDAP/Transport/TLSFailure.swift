/// What is wrong with a server's TLS, and the certificate it showed.
public struct TLSFailure: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case expired
        case notYetValid
        /// The certificate vouches for itself and is not in the CA file.
        case selfSigned
        /// The CA file does not hold the authority that issued the certificate, or one between them is missing.
        case unknownIssuer
        /// The certificate is good, but for other names.
        case hostNameMismatch(host: String, certificateNames: String)
        /// Any other fault of the certificate, in OpenSSL's words.
        case certificate(String)
        /// The server speaks no version of TLS as new as the configuration asks for.
        case protocolTooOld(minimum: TLSSettings.Version)
        /// Something answers, but not in TLS.
        case notTLS
        case closedDuringHandshake
        /// The server does not do StartTLS; its words, where there are some.
        case startTLSRefused(String)
        /// Any other failure of the handshake, in OpenSSL's words.
        case handshake(String)
        /// libldap refuses what OpenSSL accepts.
        case unexplained(String)

        var isAboutTheCertificate: Bool {
            switch self {
            case .expired, .notYetValid, .selfSigned, .unknownIssuer, .hostNameMismatch, .certificate: true
            case .protocolTooOld, .notTLS, .closedDuringHandshake, .startTLSRefused, .handshake, .unexplained: false
            }
        }
    }

    /// The certificate a server showed; texts as they stand in it.
    public struct Certificate: Hashable, Sendable {
        public let subject: String
        public let issuer: String
        /// Start and end of its validity, `YYYY-MM-DDTHH:MM:SSZ`.
        public let notBefore: String
        public let notAfter: String
    }

    public let reason: Reason
    /// Nil where the handshake did not get so far.
    public let certificate: Certificate?

    init(_ reason: Reason, certificate: Certificate? = nil) {
        self.reason = reason
        self.certificate = certificate
    }
}

extension TLSFailure: CustomStringConvertible {
    public var description: String {
        guard let certificate else { return "TLS: \(sentence)" }
        return "TLS: \(sentence) (subject \(certificate.subject), issuer \(certificate.issuer), "
            + "valid from \(certificate.notBefore) to \(certificate.notAfter))"
    }

    private var sentence: String {
        switch reason {
        case .expired: "the server's certificate has expired"
        case .notYetValid: "the server's certificate is not valid yet; is the clock right?"
        case .selfSigned: "the server's certificate is self-signed and not in the CA file"
        case .unknownIssuer: "the server's certificate was issued by an authority that is not in the CA file"
        case .hostNameMismatch(let host, let names):
            "the server's certificate is for \(names.isEmpty ? "no name at all" : names), not for \(host)"
        case .certificate(let words): "the server's certificate is not accepted: \(words)"
        case .protocolTooOld(let minimum): "the server does not speak TLS \(minimum.rawValue) or newer"
        case .notTLS: "the server does not speak TLS on this port"
        case .closedDuringHandshake:
            "the server closed the connection during the handshake; does it serve TLS on this port?"
        case .startTLSRefused(let words): "the server refuses StartTLS" + (words.isEmpty ? "" : ": \(words)")
        case .handshake(let words): "the handshake failed: \(words)"
        case .unexplained(let words): "libldap refuses the connection (\(words)), though OpenSSL finds no fault with it"
        }
    }
}
