import Glibc

/// Why one server could not be used.
public enum LDAPConnectFailure: Error, Hashable, Sendable {
    /// The resolver's words.
    case nameNotResolved(String)
    /// The machine is there, but nothing listens on the port.
    case refused
    /// No way to the machine, in the system's words.
    case unreachable(String)
    /// No connection, or no TLS handshake, within the time limit.
    case timedOut
    case tls(TLSFailure)
    /// This machine's own trouble, such as no file descriptors left.
    case local(String)

    init(systemError code: Int32) {
        let words = String(cString: strerror(code))
        self =
            switch code {
            case ECONNREFUSED: .refused
            case ETIMEDOUT: .timedOut
            case EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES, EPERM: .local(words)
            default: .unreachable(words)
            }
    }
}

extension LDAPConnectFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nameNotResolved(let words): "the host name cannot be resolved: \(words)"
        case .refused: "connection refused: nothing listens on this port"
        case .unreachable(let words): "unreachable: \(words)"
        case .timedOut: "no answer within the time limit"
        case .tls(let failure): failure.description
        case .local(let words): words
        }
    }
}

/// Why there is no connection.
public enum LDAPConnectError: Error, Hashable, Sendable {
    /// No server was named.
    case noEndpoints
    /// The CA file cannot be used; no connection was tried.
    case unusableCAFile(path: String, reason: String)
    /// Every server was tried, in order, and each failed.
    case allEndpointsFailed([Attempt])

    /// One server and why it could not be used.
    public struct Attempt: Hashable, Sendable, CustomStringConvertible {
        public let endpoint: LDAPURI
        public let failure: LDAPConnectFailure

        public init(endpoint: LDAPURI, failure: LDAPConnectFailure) {
            self.endpoint = endpoint
            self.failure = failure
        }

        public var description: String { "\(endpoint): \(failure)" }
    }
}

extension LDAPConnectError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noEndpoints: "no directory server was named"
        case .unusableCAFile(let path, let reason):
            "the CA file \(path.withoutControlCharacters) cannot be used: \(reason)"
        case .allEndpointsFailed(let attempts):
            "no directory server could be used: " + attempts.map(\.description).joined(separator: "; ")
        }
    }
}
