import LDAP

extension ValueFormat<[LDAPURI]> {
    /// One URI or a list that is not empty.
    static let servers = ValueFormat.oneOrMore("URI or list of URIs", of: .serverURI)
        .refined { servers, node, location, findings in
            if !servers.isEmpty { return servers }
            findings.reject(node, at: location, expected: "at least one \(ValueFormat<LDAPURI>.expectation)")
            return nil
        }
}

extension ValueFormat<LDAPURI> {
    fileprivate static let expectation = "URI such as ldaps://dc1.example.test or ldap://dc1.example.test:389"

    fileprivate static let serverURI = ValueFormat<String>.text.refined("URI") { text, node, location, findings in
        if let uri = try? LDAPURI(text) { return uri }
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
