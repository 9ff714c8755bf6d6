import Glibc

extension TLSSettings {
    /// The system's own list of authorities: Debian's place, then Red Hat's, then the one OpenSSL suggests.
    static let systemCAFile: String? = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ].first { access($0, R_OK) == 0 }
}
