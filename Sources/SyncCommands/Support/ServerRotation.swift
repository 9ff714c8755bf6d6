import ActiveDirectory
import Directory
import LDAP
import SyncConfiguration
import SyncRun
import Synchronization

/// Opens connections to the configured servers, one after the other until one accepts, signs in and answers.
///
/// A server that refuses the sign-in is not asked again by this run: too many refusals would lock the tool's own account.
final class ServerRotation: Sendable {
    private struct State {
        var lastUsed: LDAPURI?
        var refusals: [LDAPURI: DirectoryFailure] = [:]
    }

    private let configuration: LDAPConfiguration
    private let credentials: LDAPCredentials
    private let connections: Int
    private let state = Mutex(State())

    /// - Parameter connections: how many to one server a large reading may use at once.
    init(_ configuration: LDAPConfiguration, _ credentials: LDAPCredentials, connections: Int) {
        self.configuration = configuration
        self.credentials = credentials
        self.connections = connections
    }

    /// - Throws: ``LDAPConnectError`` when no server could be connected to; ``Directory/DirectoryFailure`` of the first one
    ///   that could and then failed; ``LDAP/KerberosFailure`` where there is no ticket for any.
    func open(_ preference: FailoverDirectory.Preference) async throws -> ActiveDirectoryDomain {
        var attempts: [LDAPConnectError.Attempt] = []
        var failure: (any Error)?
        for endpoint in order(preference) {
            var configuration = configuration
            configuration.endpoints = [endpoint]
            do {
                let domain = try await ActiveDirectoryDomain.open(
                    configuration, as: credentials, connections: connections)
                state.withLock { $0.lastUsed = endpoint }
                return domain
            } catch LDAPConnectError.allEndpointsFailed(let failed) {
                attempts += failed
            } catch let refusal as DirectoryFailure where refusal.kind == .signInRefused {
                state.withLock { $0.refusals[endpoint] = refusal }
                failure = failure ?? refusal
            } catch let other as DirectoryFailure {
                failure = failure ?? other
            } catch let other as KerberosFailure where other.kind == .unknownServer {
                // The next one may be known by its name.
                failure = failure ?? other
            }
        }
        let (isReopening, refusal) = state.withLock { ($0.lastUsed != nil, $0.refusals.values.first) }
        // Who was signed in already waits for a server that may come back, whatever another one says.
        if isReopening, !attempts.isEmpty { throw LDAPConnectError.allEndpointsFailed(attempts) }
        throw failure ?? (attempts.isEmpty ? refusal : nil) ?? LDAPConnectError.allEndpointsFailed(attempts)
    }

    private func order(_ preference: FailoverDirectory.Preference) -> [LDAPURI] {
        let (last, refused) = state.withLock { ($0.lastUsed, Set($0.refusals.keys)) }
        let usable = configuration.endpoints.filter { !refused.contains($0) }
        guard let last, usable.contains(last) else { return usable }
        let others = usable.filter { $0 != last }
        return switch preference {
        case .sameServer: [last] + others
        case .anotherServer: others + [last]
        }
    }
}
