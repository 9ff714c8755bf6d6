/// Where a directory server listens: `ldaps://dc1.source.test` or `ldap://dc1.source.test:389`.
public struct ServerURI: Hashable, Sendable, CustomStringConvertible {
    public enum Scheme: String, Sendable {
        /// TLS from the first byte; port 636 unless another is given.
        case ldaps
        /// Plain TCP, to be raised by StartTLS before a password is sent; port 389 unless another is given.
        case ldap
    }

    public let scheme: Scheme
    /// A DNS name or an address, with brackets around an IPv6 address.
    public let host: String
    /// Nil for the scheme's own port.
    public let port: UInt16?

    public var description: String {
        "\(scheme.rawValue)://\(host)" + (port.map { ":\($0)" } ?? "")
    }

    /// Nil for anything but a scheme, a host and perhaps a port.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let scheme = Scheme(rawValue: text[..<colon].lowercased()) else {
            return nil
        }
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix("//") else { return nil }
        var authority = rest.dropFirst(2)
        if authority.hasSuffix("/") { authority.removeLast() }

        let isBracketed = authority.hasPrefix("[")
        let hostEnd =
            isBracketed
            ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        let host = authority[..<(hostEnd ?? authority.endIndex)]
        guard isBracketed ? Self.isIPv6Address(host) : Self.isHostName(host) else { return nil }
        let suffix = authority[host.endIndex...]
        if suffix.isEmpty {
            port = nil
        } else {
            guard suffix.hasPrefix(":"), let number = UInt16(suffix.dropFirst()), number > 0 else { return nil }
            port = number
        }
        self.scheme = scheme
        self.host = String(host)
    }

    private static func isHostName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Only the characters: whether it is an address shows when it is used.
    private static func isIPv6Address(_ text: Substring) -> Bool {
        text.hasSuffix("]") && text.contains(":")
            && text.dropFirst().dropLast().allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
    }
}

extension ValueFormat<[ServerURI]> {
    /// One URI or a list that is not empty.
    static let servers = ValueFormat.oneOrMore("URI or list of URIs", of: .serverURI)
        .refined { servers, node, location, findings in
            if !servers.isEmpty { return servers }
            findings.reject(node, at: location, expected: "at least one \(ValueFormat<ServerURI>.expectation)")
            return nil
        }
}

extension ValueFormat<ServerURI> {
    fileprivate static let expectation = "URI such as ldaps://dc1.example.test or ldap://dc1.example.test:389"

    fileprivate static let serverURI = ValueFormat<String>.text.refined("URI") { text, node, location, findings in
        if let uri = ServerURI(text) { return uri }
        if text.contains("@") {
            // user:password@host is a habit from other tools.
            findings.rejectSecret(node, at: location, expected: "a \(expectation), without a user or password")
        } else if !text.contains("/"), !text.contains(":") {
            let hint = "the domain controllers of a DNS domain are not looked up in this version"
            findings.reject(node, at: location, expected: "a \(expectation); \(hint)")
        } else {
            findings.reject(node, at: location, expected: "a \(expectation)")
        }
        return nil
    }
}
