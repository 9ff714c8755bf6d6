import Glibc

/// Where a directory server listens: `ldaps://dc1.source.test` or `ldap://dc1.source.test:389` (RFC 4516, of which only
/// scheme, host and port have a meaning here).
public struct LDAPURI: Hashable, Sendable, CustomStringConvertible {
    public enum Scheme: String, Sendable {
        /// TLS from the first byte.
        case ldaps
        /// Plain TCP, which StartTLS may turn into TLS.
        case ldap

        /// IANA's port: 636 or 389.
        public var defaultPort: UInt16 {
            switch self {
            case .ldaps: 636
            case .ldap: 389
            }
        }
    }

    public let scheme: Scheme
    /// A DNS name or an address; an IPv6 address without brackets.
    public let host: String
    public let port: UInt16

    /// - Throws: ``LDAPURIError`` for anything but a scheme, a host and perhaps a port.
    public init(_ text: String) throws(LDAPURIError) {
        func refuse(_ reason: LDAPURIError.Reason) -> LDAPURIError { LDAPURIError(text: text, reason: reason) }

        guard let separator = text.firstRange(of: "://") else { throw refuse(.unknownScheme) }
        guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
            throw refuse(.unknownScheme)
        }
        var authority = text[separator.upperBound...]
        if authority.hasSuffix("/") { authority.removeLast() }
        guard !authority.contains(where: { "/?#".contains($0) }) else { throw refuse(.morePartsThanHostAndPort) }

        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw refuse(.invalidHost) }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard Self.isIPv6Address(host) else { throw refuse(.invalidHost) }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            guard Self.isHostName(host) else { throw refuse(.invalidHost) }
        }
        if rest.isEmpty {
            port = scheme.defaultPort
        } else {
            guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()), number > 0 else {
                throw refuse(.invalidPort)
            }
            port = number
        }
        self.scheme = scheme
        self.host = String(host)
    }

    /// The URI with its port: `ldaps://dc1.source.test:636`.
    public var description: String {
        "\(scheme.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    /// Letters, digits, dots, hyphens and underscores: nothing that could mean something to libldap or a shell.
    private static func isHostName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    private static func isIPv6Address(_ text: Substring) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, String(text), &address) == 1
    }
}

/// Why a text names no directory server.
public struct LDAPURIError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case unknownScheme = "it must begin with ldaps:// or ldap://"
        case invalidHost = "the host is missing or is neither a DNS name nor an address"
        case invalidPort = "the port must be a number from 1 to 65535"
        case morePartsThanHostAndPort = "nothing may follow the host and the port"
    }

    public let text: String
    public let reason: Reason

    public var description: String {
        "\"\(text.withoutControlCharacters)\" is no LDAP server address: \(reason.rawValue)"
    }
}
