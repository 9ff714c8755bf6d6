import Configuration
import Directory
import LDAP
import Logging

extension ConnectionSettings {
    func ldapConfiguration(logger: Logger) throws -> LDAPConfiguration {
        LDAPConfiguration(
            endpoints: try servers.map { try LDAPURI($0.description) },
            startTLS: tls.startTLS,
            tls: LDAP.TLSSettings(
                caFile: tls.caFile, verify: tls.verifiesCertificate,
                minimumVersion: tls.minimumVersion == .tls13 ? .tls1_3 : .tls1_2),
            logger: logger)
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
        }
    }
}
