import StrictJSON

/// A JSON value on its way into a schema.
enum SchemaValue: Encodable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([SchemaValue])
    case object([String: SchemaValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}

extension SchemaValue {
    /// Nil for what is no JSON, such as a default in words.
    init?(parsing json: String) {
        guard let node = try? JSONReader.read(UTF8Text(json), limits: JSONLimits(depth: 8)) else { return nil }
        self.init(node)
    }

    private init(_ node: JSONNode) {
        self =
            switch node.value {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .number(let text): Int(text).map(SchemaValue.integer) ?? .number(Double(text) ?? 0)
            case .string(let text): .string(text)
            case .array(let nodes): .array(nodes.map { SchemaValue($0) })
            case .object(let members):
                .object(Dictionary(members.map { ($0.key, SchemaValue($0.value)) }) { first, _ in first })
            }
    }
}

extension SchemaValue {
    /// The schema of values of the shape.
    static func schema(of shape: JSONShape) -> SchemaValue { .object(members(of: shape)) }

    /// The keywords of that schema.
    static func members(of shape: JSONShape) -> [String: SchemaValue] {
        switch shape {
        case .anything: return [:]
        case .null: return ["type": .string("null")]
        case .boolean: return ["type": .string("boolean")]
        case .integer(let range):
            var members: [String: SchemaValue] = ["type": .string("integer")]
            if range.lowerBound != .min { members["minimum"] = .integer(range.lowerBound) }
            if range.upperBound != .max { members["maximum"] = .integer(range.upperBound) }
            return members
        case .number(let range):
            return [
                "type": .string("number"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ]
        case .text(let minimumLength, let pattern):
            var members: [String: SchemaValue] = ["type": .string("string")]
            if minimumLength > 0 { members["minLength"] = .integer(minimumLength) }
            if let pattern { members["pattern"] = .string(pattern) }
            return members
        case .choice(let words, let ignoresCase):
            let choice: [String: SchemaValue] = ["enum": .array(words.map(SchemaValue.string))]
            // The listed words are what an editor offers; the pattern takes them as the reader does.
            return ignoresCase
                ? ["anyOf": .array([.object(choice), schema(of: .text(pattern: pattern(words)))])] : choice
        case .list(let element, let minimumCount):
            var members: [String: SchemaValue] = ["type": .string("array"), "items": schema(of: element)]
            if minimumCount > 0 { members["minItems"] = .integer(minimumCount) }
            return members
        case .object(let fields, let others): return members(of: fields, others: others)
        case .anyOf(let shapes): return ["anyOf": .array(shapes.map(schema))]
        }
    }

    private static func members(of fields: [JSONField], others: JSONShape?) -> [String: SchemaValue] {
        var members: [String: SchemaValue] = [
            "type": .string("object"), "additionalProperties": others.map(schema) ?? .bool(false),
        ]
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { members["required"] = .array(required.map(SchemaValue.string)) }
        if !fields.isEmpty {
            members["properties"] = .object(
                Dictionary(uniqueKeysWithValues: fields.map { ($0.name, schema(of: $0)) }))
        }
        return members
    }

    private static func schema(of field: JSONField) -> SchemaValue {
        var members = members(of: field.shape)
        var sentences = [field.summary]
        if let defaultText = field.defaultText {
            if let value = SchemaValue(parsing: defaultText) {
                members["default"] = value
            } else {
                sentences.append("Default: \(defaultText).")
            }
        }
        members["description"] = .string(sentences.joined(separator: " "))
        if let example = SchemaValue(parsing: field.example) { members["examples"] = .array([example]) }
        return .object(members)
    }

    /// One of the words, in any case: regular expressions of a schema have no flag for that.
    private static func pattern(_ words: [String]) -> String {
        let choices = words.map { word in
            word.map { character in
                if character.isLetter { return "[\(character.uppercased())\(character.lowercased())]" }
                return character.isNumber ? String(character) : "\\\(character)"
            }.joined()
        }
        return "^(?:\(choices.joined(separator: "|")))$"
    }
}
