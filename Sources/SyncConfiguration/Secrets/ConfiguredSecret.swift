public import Directory
import LDAP

/// Where a configuration has a secret.
public enum ConfiguredSecret: Hashable, Sendable {
    /// The path of a file that holds nothing else.
    case file(String)
    /// The secret itself, in the configuration file.
    case inline(Secret)
}

/// A file that holds a secret, and the key that names it.
public struct SecretFile: Hashable, Sendable {
    /// `bind.password_file`, say.
    public let key: String
    public let path: String

    init(_ key: String, _ path: String) {
        self.key = key
        self.path = path
    }

    /// What the author of the configuration should know of the file's mode bits; nil when nobody but its owner and its group
    /// can read it. A group may be meant: that of a service.
    public func warning(permissions: UInt32) -> ConfigurationWarning? {
        guard permissions & 0o007 != 0 else { return nil }
        let mode = String(permissions & 0o777, radix: 8)
        return ConfigurationWarning(
            severity: .warning, key: key,
            message: "everybody on this machine may read the secret in \(path) (mode \(mode)); chmod 600 \(path)")
    }
}

extension ConfiguredSecret {
    fileprivate func file(namedBy key: String) -> SecretFile? {
        if case .file(let path) = self { SecretFile(key, path) } else { nil }
    }
}

extension BindSettings {
    fileprivate var secretFile: SecretFile? {
        switch self {
        case .simple(_, let password): password?.file(namedBy: "bind.password_file")
        case .gssapi(.keytab(let path, principal: _)): SecretFile("bind.keytab", path)
        case .gssapi: nil
        }
    }
}

extension SecretFile {
    fileprivate static func files(_ bind: BindSettings, _ hmacKey: ConfiguredSecret?) -> [SecretFile] {
        [bind.secretFile, hmacKey?.file(namedBy: SharedKeys.hmacFile.name)].compactMap(\.self)
    }
}

extension ExportConfiguration {
    public var secretFiles: [SecretFile] { SecretFile.files(connection.bind, hmacKey) }
}

extension ImportConfiguration {
    public var secretFiles: [SecretFile] { SecretFile.files(connection.bind, hmacKey) }
}
