/// One key of a configuration file, as the documentation shows it.
public struct ConfigurationKey: Hashable, Sendable {
    /// The way to the key: `server`, `tls.ca_file`.
    public let name: String
    /// The kind of value: "list of distinguished names".
    public let valueDescription: String
    /// Whether the object it belongs to cannot do without it.
    public let isRequired: Bool
    /// What holds when the key is absent, as JSON or in words; nil for a required key.
    public let defaultText: String?
    /// What the key means, in sentences.
    public let summary: String
    /// A value that is accepted, as JSON.
    public let example: String
}

extension ConfigurationKey {
    /// This key as a member of the object under `key`.
    func nested(in key: String) -> ConfigurationKey {
        ConfigurationKey(
            name: "\(key).\(name)",
            valueDescription: valueDescription,
            isRequired: isRequired,
            defaultText: defaultText,
            summary: summary,
            example: example
        )
    }
}
