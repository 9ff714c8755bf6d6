/// Where a secret was taken from.
public enum SecretOrigin: Hashable, Sendable, CustomStringConvertible {
    /// An option of the command line: `--hmac`.
    case option(String)
    /// A file, named by an option or key.
    case file(String, namedBy: String)
    case environment(String)
    /// A key of the configuration file.
    case configuration(String)

    public var description: String {
        switch self {
        case .option(let name): name
        case .file(let path, let name): "\(name) (\(path))"
        case .environment(let name): "environment variable \(name)"
        case .configuration(let key): "configuration key \(key)"
        }
    }
}

/// Why there is no usable secret. Safe to print: it never holds the secret.
///
/// A command ends with status 78 (`EX_CONFIG`) on it.
public struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case empty
        case notUTF8
        case notHexadecimal
        /// The file could not be read, in the words of the system.
        case unreadable(String)
    }

    public let origin: SecretOrigin
    public let reason: Reason

    public init(origin: SecretOrigin, reason: Reason) {
        self.origin = origin
        self.reason = reason
    }

    public var description: String {
        switch reason {
        case .empty: "\(origin): the secret is empty"
        case .notUTF8: "\(origin): the secret is not UTF-8"
        case .notHexadecimal: "\(origin): expected \(HMACKeyText.expectation) (the value given is not shown)"
        case .unreadable(let why): "\(origin): \(why)"
        }
    }
}
