import LDAP

/// How the directory is reached: the same keys in both configurations.
public struct ConnectionSettings: Hashable, Sendable {
    public let servers: ServerSettings
    public let bind: BindSettings
    public let tls: TLSSettings
    /// How many connections a large reading may use at once.
    public let connections: Int
    /// How many writes may be under way on a connection.
    public let window: Int
}

extension ConnectionSettings: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let servers = reader.read(Self.serverKey)
        let bind = reader.read(Self.bindKey)
        tls = reader.read(Self.tlsKey)
        connections = reader.read(Self.connectionsKey)
        window = reader.read(Self.windowKey)
        guard let servers else { return nil }
        guard let bind else { return nil }
        Self.checkEncryption(of: servers, bind, tls, &reader)
        self.servers = servers
        self.bind = bind
    }

    private static func checkEncryption(
        of servers: ServerSettings, _ bind: BindSettings, _ tls: TLSSettings, _ reader: inout ObjectReader
    ) {
        guard case .listed(let servers) = servers else { return }
        if case .simple = bind, !tls.startTLS, let plain = servers.first(where: { $0.scheme == .ldap }) {
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
        """
        The domain controllers, tried in this order; only scheme, host and port count. Or the DNS name of the domain, such \
        as "example.test": then they are those of its SRV records _ldap._tcp, and what they are told is encrypted by \
        StartTLS, or by Kerberos with the method "gssapi".
        """,
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
    private static let connectionsKey = Key(
        "connections", .integer(1...16, unit: "connections"), default: 2, shownAs: "2",
        """
        How many connections to the server read disjoint parts of the directory at the same time, one for each thousand \
        users at most. A server works on each with a processor of its own.
        """,
        example: "4"
    )
    private static let windowKey = Key(
        "window", .integer(1...1000, unit: "requests"), default: 32, shownAs: "32",
        """
        How many changes are sent before the answer to the first must be there. It matters where the way to the server is \
        long.
        """,
        example: "128"
    )
}
