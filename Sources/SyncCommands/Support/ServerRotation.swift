import ActiveDirectory
import LDAP
import SyncConfiguration
import Synchronization

/// Opens connections to the configured servers: in their order, save that the one used last comes last the next time.
final class ServerRotation: Sendable {
    private let configuration: LDAPConfiguration
    private let credentials: LDAPCredentials
    private let lastUsed = Mutex<LDAPURI?>(nil)

    init(_ configuration: LDAPConfiguration, _ credentials: LDAPCredentials) {
        self.configuration = configuration
        self.credentials = credentials
    }

    func open() async throws -> ActiveDirectoryDomain {
        var configuration = configuration
        if let last = lastUsed.withLock({ $0 }), let index = configuration.endpoints.firstIndex(of: last) {
            configuration.endpoints.append(configuration.endpoints.remove(at: index))
        }
        let domain = try await ActiveDirectoryDomain.open(configuration, as: credentials)
        lastUsed.withLock { $0 = domain.endpoint }
        return domain
    }
}
