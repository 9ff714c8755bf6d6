public import Logging

/// Everything a connection needs to know beforehand. Nothing is taken from the environment or from `ldap.conf`: what
/// stands here is what happens.
public struct LDAPConfiguration: Sendable {
    /// The servers, tried in this order until one accepts.
    public var endpoints: [LDAPURI]
    /// Whether a connection to an `ldap://` endpoint is raised to TLS before anything else is sent (RFC 4511 section
    /// 4.14). An endpoint that refuses is not used.
    public var startTLS: Bool
    public var tls: TLSSettings
    public var timeouts: Timeouts
    /// Entries asked for at a time, 1 to 1000; Active Directory answers no more than 1000 (MaxPageSize).
    public let pageSize: Int32
    /// Writes that may wait for their answers at the same time.
    public var window: Int
    /// The largest request that is sent, in octets. Active Directory and Samba close the connection on one above
    /// 256,000 or so without an answer.
    public var maximumRequestBytes: Int
    public var logger: Logger

    /// Values of `pageSize` and `window` outside their range are brought to the nearest end of it.
    public init(
        endpoints: [LDAPURI],
        startTLS: Bool = false,
        tls: TLSSettings = TLSSettings(),
        timeouts: Timeouts = Timeouts(),
        pageSize: Int = 1000,
        window: Int = 32,
        maximumRequestBytes: Int = 200_000,
        logger: Logger = Logger(label: "ldap")
    ) {
        self.endpoints = endpoints
        self.startTLS = startTLS
        self.tls = tls
        self.timeouts = timeouts
        self.pageSize = Int32(min(max(pageSize, 1), 1000))
        self.window = max(window, 1)
        self.maximumRequestBytes = maximumRequestBytes
        self.logger = logger
    }

    /// How long to wait.
    public struct Timeouts: Hashable, Sendable {
        /// For the TCP connection and the TLS handshake of one endpoint together.
        public var connect: Duration
        /// For an answer, counted from the last sign of life: the request itself or any message from the server.
        public var operation: Duration
        /// How long a connection may lie unused before it is given up. Active Directory closes one after 900 seconds
        /// (MaxConnIdleTime), and a firewall may forget one without telling.
        public var idle: Duration

        public init(
            connect: Duration = .seconds(10),
            operation: Duration = .seconds(120),
            idle: Duration = .seconds(600)
        ) {
            self.connect = connect
            self.operation = operation
            self.idle = idle
        }
    }
}

/// Whom to trust as a server, and how much encryption to ask for.
public struct TLSSettings: Hashable, Sendable {
    public enum Version: String, CaseIterable, Hashable, Sendable, Comparable {
        case tls12 = "1.2"
        case tls13 = "1.3"

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// PEM certificates of the authorities to trust; nil for the system's.
    public var caFile: String?
    /// Whether the certificate and its host name are checked. Without it, anybody between may read along.
    public var verify: Bool
    public var minimumVersion: Version

    public init(caFile: String? = nil, verify: Bool = true, minimumVersion: Version = .tls12) {
        self.caFile = caFile
        self.verify = verify
        self.minimumVersion = minimumVersion
    }

    /// Why ``caFile`` cannot be used, in a sentence; nil when it can, or there is none.
    public var faultOfCAFile: String? {
        guard let caFile, let fault = TLSProbe.fault(inCAFile: caFile) else { return nil }
        return LDAPConnectError.unusableCAFile(path: caFile, reason: fault).description
    }
}
