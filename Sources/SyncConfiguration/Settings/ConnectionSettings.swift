public import LDAP

/// How the directory is reached: the same keys in both configurations.
public struct ConnectionSettings: Hashable, Sendable {
    /// At least one; to be tried in this order.
    public let servers: [LDAPURI]
    public let bind: BindSettings
    public let tls: TLSSettings
}

extension ConnectionSettings: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let servers = reader.read(Self.serverKey)
        let bind = reader.read(Self.bindKey)
        tls = reader.read(Self.tlsKey)
        guard let servers else { return nil }
        Self.checkEncryption(of: servers, tls, &reader)
        guard let bind else { return nil }
        self.servers = servers
        self.bind = bind
    }

    private static func checkEncryption(of servers: [LDAPURI], _ tls: TLSSettings, _ reader: inout ObjectReader) {
        if !tls.startTLS, let plain = servers.first(where: { $0.scheme == .ldap }) {
            let reason = "the password of a simple bind would cross an unencrypted connection to \(plain)"
            reader.contradiction(at: serverKey.name, "\(reason); use ldaps:// or set tls.start_tls to true")
        }
        if tls.startTLS, servers.allSatisfy({ $0.scheme == .ldaps }) {
            let message = "has no effect: every server has an ldaps:// URI, which is TLS from the first byte"
            reader.warn(tlsKey.name, TLSSettings.startTLSKey.name, message: message)
        }
    }

    private static let serverKey = RequiredKey(
        "server", .servers,
        "The domain controllers, tried in this order. Only scheme, host and port count.",
        example: #"["ldaps://dc1.example.test", "ldaps://dc2.example.test:636"]"#
    )
    private static let bindKey = RequiredKey(
        "bind", .object(BindSettings.self),
        "How to authenticate to the server.",
        example: #"{"method": "simple", "user": "svc-sync@example.test", "password_file": "secrets/bind-password"}"#
    )
    private static let tlsKey = Key(
        "tls", .object(TLSSettings.self), default: .standard, shownAs: "as below",
        "How the connection is encrypted and the server verified.",
        example: #"{"ca_file": "secrets/source-ca.pem"}"#
    )
}
