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
    /// - Throws: ``LDAP/LocationFailure`` when the servers of the domain are not to be found.
    func ldapConfiguration(logger: Logger) async throws -> LDAPConfiguration {
        var startTLS = tls.startTLS
        let endpoints: [LDAPURI]
        switch servers {
        case .listed(let servers): endpoints = servers
        case .domain(let domain):
            endpoints = try await ServerLocator().servers(of: domain)
            // The DNS names ports without TLS. Kerberos encrypts by itself; a password has to be encrypted before.
            if case .simple = bind { startTLS = true }
            logger.debug("the DNS names for \(domain): \(endpoints.map(\.description).joined(separator: " "))")
        }
        return LDAPConfiguration(
            endpoints: endpoints,
            startTLS: startTLS,
            tls: LDAP.TLSSettings(
                caFile: tls.caFile, verify: tls.verifiesCertificate, minimumVersion: tls.minimumVersion),
            window: window, logger: logger)
    }

    /// - Throws: what a command ends with when no server can be used, or the sign-in is refused.
    func openDirectory(
        _ patience: FailoverDirectory.Patience, _ environment: CommandEnvironment, logger: Logger
    ) async throws -> FailoverDirectory {
        let rotation = ServerRotation(
            try await ldapConfiguration(logger: logger), try credentials(environment), connections: connections)
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

    func credentials(_ environment: CommandEnvironment) throws -> LDAPCredentials {
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
