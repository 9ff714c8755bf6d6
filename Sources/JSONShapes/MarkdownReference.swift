/// The keys of a document as Markdown: a heading each, with kind, default, meaning and an example.
public struct MarkdownReference: Sendable {
    public let fields: [JSONField]

    public init(_ fields: [JSONField]) { self.fields = fields }

    public var text: String { fields.flatMap(\.flattened).map(\.markdown).joined(separator: "\n") }
}

extension JSONField {
    fileprivate var markdown: String {
        let presence = isRequired ? "**required**" : "default: \(defaultText.map(Self.code) ?? "none")"
        return """
            ### `\(name)`

            \(kind.first?.uppercased() ?? "")\(kind.dropFirst()); \(presence).

            \(summary)

            ```
            \(statement)
            ```

            """
    }

    /// A value as code; words as they are.
    private static func code(_ text: String) -> String { SchemaValue(parsing: text) == nil ? text : "`\(text)`" }

    /// The example as it stands in a file.
    private var statement: String {
        let steps = name.split(separator: ".")
        let opening = steps.map { "\"\($0)\": " }.joined(separator: "{ ")
        return opening + example + String(repeating: " }", count: steps.count - 1)
    }
}
