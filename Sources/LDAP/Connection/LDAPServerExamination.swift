/// What can be told of one server before anybody signs in: step by step, where a connection would only say that it failed.
public struct LDAPServerExamination: Sendable {
    /// How far it goes.
    public enum Outcome: Sendable {
        case unencrypted
        /// - Parameters:
        ///   - version: `TLSv1.3`.
        ///   - certificate: nil when the server showed none.
        case encrypted(version: String, certificate: TLSFailure.Certificate?)
        case failed(LDAPConnectFailure)
    }

    public let endpoint: LDAPURI
    /// In figures; empty when the name cannot be resolved.
    public let addresses: [String]
    public let outcome: Outcome

    /// Resolves the name, connects, and does the TLS handshake on a connection of its own, which is then closed. Nothing
    /// secret is sent.
    public static func examine(_ endpoint: LDAPURI, _ configuration: LDAPConfiguration) async -> LDAPServerExamination {
        // Both the resolver and OpenSSL block.
        await Task.detached {
            do throws(LDAPConnectFailure) {
                let addresses = try Socket.addresses(of: endpoint)
                return LDAPServerExamination(
                    endpoint: endpoint, addresses: addresses, outcome: outcome(endpoint, configuration))
            } catch {
                return LDAPServerExamination(endpoint: endpoint, addresses: [], outcome: .failed(error))
            }
        }.value
    }

    private static func outcome(_ endpoint: LDAPURI, _ configuration: LDAPConfiguration) -> Outcome {
        do throws(LDAPConnectFailure) {
            guard endpoint.scheme == .ldaps || configuration.startTLS else {
                _ = try Socket.connect(to: endpoint, within: configuration.timeouts.connect)
                return .unencrypted
            }
            let handshake = try TLSProbe.handshake(with: endpoint, configuration)
            return .encrypted(version: handshake.version, certificate: handshake.certificate)
        } catch {
            return .failed(error)
        }
    }
}
