public import Directory

/// The places an HMAC key can come from. The first that holds anything counts, also when what it holds is unusable.
public struct HMACKeySources: Sendable {
    public static let environmentVariable = "AD_USER_SYNC_HMAC"

    /// The value of `--hmac`: first.
    public let option: String?
    /// The path given with `--hmac-file`: second.
    public let optionFile: String?
    /// The environment of the process, of which ``environmentVariable`` comes third.
    public let environment: [String: String]
    /// The key `hmac` or `hmac_file` of the configuration: last.
    public let configured: ConfiguredSecret?

    public init(option: String?, optionFile: String?, environment: [String: String], configured: ConfiguredSecret?) {
        self.option = option
        self.optionFile = optionFile
        self.environment = environment
        self.configured = configured
    }

    /// The key in hexadecimal digits, an even number and at least 32 of them; nil when no place has one.
    ///
    /// - Parameter readFile: Returns the bytes of a file; the description of what it throws is shown.
    public func resolve(readFile: (String) throws -> [UInt8]) throws(SecretError) -> Secret? {
        if let option {
            let origin = SecretOrigin.option("--hmac")
            return try checked(SecretReader.secret(option, from: origin), origin)
        }
        if let optionFile {
            let key = try SecretReader.secret(inFile: optionFile, namedBy: "--hmac-file", readFile: readFile)
            return try checked(key, .file(optionFile, namedBy: "--hmac-file"))
        }
        if let value = environment[Self.environmentVariable] {
            let origin = SecretOrigin.environment(Self.environmentVariable)
            return try checked(SecretReader.secret(value, from: origin), origin)
        }
        switch configured {
        case .file(let path):
            let key = try SecretReader.secret(inFile: path, namedBy: SharedKeys.hmacFile.name, readFile: readFile)
            return try checked(key, .file(path, namedBy: SharedKeys.hmacFile.name))
        case .inline(let key): return try checked(key, .configuration(SharedKeys.hmac.name))
        case nil: return nil
        }
    }

    private func checked(_ key: Secret, _ origin: SecretOrigin) throws(SecretError) -> Secret {
        guard HMACKeyText.isValid(key) else { throw SecretError(origin: origin, reason: .notHexadecimal) }
        return key
    }
}
