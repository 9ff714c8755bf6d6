import FoundationEssentials
import StrictJSON

/// A JSON Schema of one kind of document, of draft 7: the newest one that common editors complete from.
///
/// Source: <https://json-schema.org/draft-07/json-schema-validation>
public struct JSONSchema: Sendable {
    public let title: String
    public let summary: String
    public let root: JSONShape

    public init(title: String, _ summary: String, root: JSONShape) {
        self.title = title
        self.summary = summary
        self.root = root
    }

    /// The schema as JSON, with sorted keys: the same one is the same text.
    public func text() throws -> String {
        var members = SchemaValue.members(of: root)
        members["$schema"] = .string("http://json-schema.org/draft-07/schema#")
        members["title"] = .string(title)
        members["description"] = .string(summary)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(SchemaValue.object(members)), as: UTF8.self) + "\n"
    }
}
