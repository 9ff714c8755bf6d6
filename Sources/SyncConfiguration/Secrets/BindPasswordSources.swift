public import Directory

/// The places the password of a simple bind can come from. The first that holds anything counts.
///
/// As with the HMAC key, what is nearer to the single run has precedence over the file: the environment, then
/// `bind.password_file` or `bind.password`, of which a configuration has at most one.
public struct BindPasswordSources: Sendable {
    public static let environmentVariable = "AD_USER_SYNC_BIND_PASSWORD"

    public let environment: [String: String]
    public let configured: ConfiguredSecret?

    public init(environment: [String: String], configured: ConfiguredSecret?) {
        self.environment = environment
        self.configured = configured
    }

    /// The password, never empty: servers take a simple bind with an empty one for anonymous (RFC 4513 §5.1.2).
    ///
    /// Returns nil when no place has one.
    ///
    /// - Parameter readFile: Returns the bytes of a file; the description of what it throws is shown.
    public func resolve(readFile: (String) throws -> [UInt8]) throws(SecretError) -> Secret? {
        if let value = environment[Self.environmentVariable] {
            return try SecretReader.secret(value, from: .environment(Self.environmentVariable))
        }
        switch configured {
        case .file(let path):
            return try SecretReader.secret(inFile: path, namedBy: "bind.password_file", readFile: readFile)
        case .inline(let password): return password
        case nil: return nil
        }
    }
}
