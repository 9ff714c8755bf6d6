import ActiveDirectory
import Directory
import DistinguishedNames
import LDAP
import Logging
import SyncConfiguration
import SyncRun

extension DirectoryReader {
    /// The container a configuration names; its absence is told as the fault of that key.
    func container(_ name: DistinguishedName, key: String) async throws -> Container {
        do {
            return try await container(name)
        } catch let failure as DirectoryFailure where failure.kind == .missing {
            throw CommandFailure(.badConfiguration, "\(key): \(failure.message); nothing was written")
        }
    }
}

extension ConnectionSettings {
    func ldapConfiguration(logger: Logger) -> LDAPConfiguration {
        LDAPConfiguration(
            endpoints: servers,
            startTLS: tls.startTLS,
            tls: LDAP.TLSSettings(
                caFile: tls.caFile, verify: tls.verifiesCertificate, minimumVersion: tls.minimumVersion),
            window: window, logger: logger)
    }

    /// - Throws: what a command ends with when no server can be used, or the sign-in is refused.
    func openDirectory(
        _ patience: FailoverDirectory.Patience, _ environment: CommandEnvironment, logger: Logger
    ) async throws -> FailoverDirectory {
        let rotation = ServerRotation(
            ldapConfiguration(logger: logger), try credentials(environment), connections: connections)
        return try await FailoverDirectory(patience: patience, logger: logger) {
            let domain = try await rotation.open($0)
            do {
                try DirectoryClock.check(environment.now(), against: try await domain.domain(), logger)
            } catch {
                await domain.close()
                throw error
            }
            return domain
        }
    }

    private func credentials(_ environment: CommandEnvironment) throws -> LDAPCredentials {
        switch bind {
        case .simple(let user, let configured):
            let sources = BindPasswordSources(environment: environment.variables, configured: configured)
            guard let password = try sources.resolve(readFile: FileReading.bytes) else {
                throw CommandFailure(
                    .badConfiguration,
                    "bind: there is no password: set bind.password_file, or the environment variable "
                        + BindPasswordSources.environmentVariable)
            }
            return .simple(user: user, password: LDAPPassword(password.reveal()))
        case .gssapi(let identity): return .gssapi(identity)
        }
    }
}
