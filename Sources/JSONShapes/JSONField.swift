/// One key of a JSON document, as its documentation shows it.
public struct JSONField: Hashable, Sendable {
    /// The key; in a flat list the way to it: `server`, `tls.ca_file`.
    public let name: String
    /// The kind of value in words: "list of distinguished names".
    public let kind: String
    /// Whether the object it belongs to cannot do without it.
    public let isRequired: Bool
    /// What holds when the key is absent, as JSON or in words; nil where there is nothing to say.
    public let defaultText: String?
    /// What the key means, in sentences.
    public let summary: String
    /// A value that is accepted, as JSON.
    public let example: String
    public let shape: JSONShape

    public init(
        _ name: String, kind: String, isRequired: Bool = false, defaultText: String? = nil, _ summary: String,
        example: String, shape: JSONShape
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.defaultText = defaultText
        self.summary = summary
        self.example = example
        self.shape = shape
    }
}

extension JSONField {
    /// This key, then those of the object that its value is, called by the way to them.
    public var flattened: [JSONField] { [self] + shape.fields.flatMap(\.flattened).map { $0.nested(in: name) } }

    /// This key as a member of the object under `key`.
    private func nested(in key: String) -> JSONField {
        JSONField(
            "\(key).\(name)", kind: kind, isRequired: isRequired, defaultText: defaultText, summary, example: example,
            shape: shape)
    }
}
