import LDAP
import SyncConfiguration

/// A server as somebody names it: a URI, a host or a DNS domain.
struct InitServer: Sendable {
    /// For the key `server`.
    let written: String
    /// For the key `tls.start_tls`.
    let writesStartTLS: Bool
    let endpoints: [LDAPURI]
    /// Whether the connections are raised to TLS; of a domain's servers they always are.
    let startTLS: Bool

    /// A name that the DNS has directory servers for is a domain; any other is a host, spoken to in TLS.
    ///
    /// - Throws: ``InitRefusal``.
    static func find(_ text: String) async throws -> InitServer {
        guard !text.contains("://") else {
            let uri = try uri(text)
            return InitServer(
                written: text, writesStartTLS: uri.scheme == .ldap, endpoints: [uri], startTLS: uri.scheme == .ldap)
        }
        if ServerSettings.isDomainName(text), let servers = try await servers(of: text) {
            return InitServer(written: text, writesStartTLS: false, endpoints: servers, startTLS: true)
        }
        let host = "ldaps://\(text)"
        return InitServer(written: host, writesStartTLS: false, endpoints: [try uri(host)], startTLS: false)
    }

    private static func uri(_ text: String) throws -> LDAPURI {
        do {
            return try LDAPURI(text)
        } catch {
            throw InitRefusal(.usage, error.description)
        }
    }

    /// Nil where the DNS names none, or does not answer: then it has to be a host, and a name that is none is told there.
    private static func servers(of domain: String) async throws -> [LDAPURI]? {
        do {
            return try await ServerLocator().servers(of: domain)
        } catch let failure as LocationFailure {
            guard case .foreignServers = failure else { return nil }
            throw InitRefusal(.badConfiguration, failure.description)
        }
    }

    func configuration(caFile: String?) -> LDAPConfiguration {
        LDAPConfiguration(endpoints: endpoints, startTLS: startTLS, tls: LDAP.TLSSettings(caFile: caFile))
    }
}
