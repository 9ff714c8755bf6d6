import JSONShapes
import LDAP
import StrictJSON

extension ValueFormat<ServerSettings> {
    /// One URI, a list that is not empty, or the name of a domain.
    static let servers = ValueFormat(
        "URI, list of URIs or DNS domain name", ValueFormat<LDAPURI>.serverURI.shape.orList(minimumCount: 1)
    ) { node, location, findings in
        if case .string(let text) = node.value, text.isDomainName { return .domain(text) }
        guard let servers = listedServers.read(node, location, &findings) else { return nil }
        if !servers.isEmpty { return .listed(servers) }
        findings.reject(node, at: location, expected: "at least one \(ValueFormat<LDAPURI>.expectation)")
        return nil
    }

    private static let listedServers = ValueFormat<[LDAPURI]>.oneOrMore("list of URIs", of: .serverURI)
}

extension ServerSettings {
    /// Whether the key `server` takes the text for the name of a domain, whose servers the DNS names.
    public static func isDomainName(_ text: String) -> Bool { text.isDomainName }
}

extension ValueFormat<LDAPURI> {
    fileprivate static let expectation = "URI such as ldaps://dc1.example.test or ldap://dc1.example.test:389"

    fileprivate static let serverURI = ValueFormat<String>.text.refined("URI") { text, node, location, findings in
        if let uri = try? LDAPURI(text) { return uri }
        if text.contains("@") {
            // user:password@host is a habit from other tools.
            findings.rejectSecret(node, at: location, expected: "a \(expectation), without a user or password")
        } else if text.isDomainName {
            let hint = "a DNS domain, whose domain controllers are looked up, stands alone and not in a list"
            findings.reject(node, at: location, expected: "a \(expectation); \(hint)")
        } else {
            findings.reject(node, at: location, expected: "a \(expectation)")
        }
        return nil
    }
}

extension String {
    /// Two labels at least, of letters, digits and hyphens (RFC 1123 section 2.1), the last of which is no number: that
    /// would be an address.
    fileprivate var isDomainName: Bool {
        let labels = split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, utf8.count <= 253, labels.last?.allSatisfy(\.isNumber) == false else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }
}
