import JSONShapes
import StrictJSON
import Testing

@Suite("A schema of") struct JSONSchemaTests {
    @Test(
        "a value",
        arguments: [
            (JSONShape.boolean, #"{"type":"boolean"}"#),
            (.null, #"{"type":"null"}"#),
            (.anything, "{}"),
            (.integer(0...100), #"{"maximum":100,"minimum":0,"type":"integer"}"#),
            (.integer(0 ... .max), #"{"minimum":0,"type":"integer"}"#),
            (.integer(.min ... .max), #"{"type":"integer"}"#),
            (.number(1...2.5), #"{"maximum":2.5,"minimum":1,"type":"number"}"#),
            (.text(), #"{"minLength":1,"type":"string"}"#),
            (.text(minimumLength: 0, pattern: "^P"), #"{"pattern":"^P","type":"string"}"#),
            (.choice(["a", "b"]), #"{"enum":["a","b"]}"#),
            (
                .choice(["Up", "a.1"], ignoresCase: true),
                #"{"anyOf":[{"enum":["Up","a.1"]},{"minLength":1,"pattern":"^(?:[Uu][Pp]|[Aa]\\.1)$","type":"string"}]}"#
            ),
            (.list(.boolean), #"{"items":{"type":"boolean"},"type":"array"}"#),
            (.list(.boolean, minimumCount: 1), #"{"items":{"type":"boolean"},"minItems":1,"type":"array"}"#),
            (JSONShape.boolean.orNull, #"{"anyOf":[{"type":"boolean"},{"type":"null"}]}"#),
            (.map(of: .boolean), #"{"additionalProperties":{"type":"boolean"},"type":"object"}"#),
            (.object([]), #"{"additionalProperties":false,"type":"object"}"#),
        ])
    func values(shape: JSONShape, schema: String) throws {
        let text = try JSONSchema(title: "T", "S", root: .map(of: shape)).text()
        #expect(try member("additionalProperties", of: text) == schema)
    }

    @Test("a key tells whether it is needed, what holds without it, and an example")
    func keys() throws {
        let fields = [
            JSONField("a", kind: "", isRequired: true, "A.", example: "1", shape: .anything),
            JSONField("b", kind: "", defaultText: "[true]", "B.", example: #"{"c": null}"#, shape: .anything),
            JSONField("c", kind: "", defaultText: "whatever is there", "C.", example: "none", shape: .anything),
        ]
        let text = try JSONSchema(title: "T", "S", root: .object(fields)).text()
        #expect(try property("a", of: text) == #"{"description":"A.","examples":[1]}"#)
        #expect(try property("b", of: text) == #"{"default":[true],"description":"B.","examples":[{"c":null}]}"#)
        #expect(try property("c", of: text) == #"{"description":"C. Default: whatever is there."}"#)
        #expect(try member("required", of: text) == #"["a"]"#)
        #expect(try member("additionalProperties", of: text) == "false")
        #expect(try member("$schema", of: text) == #""http://json-schema.org/draft-07/schema#""#)
    }

    private func property(_ name: String, of schema: String) throws -> String {
        try member(name, of: member("properties", of: schema))
    }

    /// The value of a key, in as few characters as possible.
    private func member(_ name: String, of object: String) throws -> String {
        let root = try JSONReader.read(UTF8Text(object), limits: JSONLimits(depth: 16))
        guard case .object(let members) = root.value else { return "" }
        return try #require(members[name]).value.text
    }
}

@Suite("A reference") struct MarkdownReferenceTests {
    @Test("shows the keys of objects by the way to them, each with the words to write")
    func reference() {
        let inner = JSONField(
            "file", kind: "path", defaultText: "none", "Which file.", example: #""a.pem""#, shape: .text())
        let outer = JSONField(
            "tls", kind: "object", isRequired: true, "How.", example: "{}", shape: JSONShape.object([inner]).orNull)
        #expect(
            MarkdownReference([outer]).text == """
                ### `tls`

                Object; **required**.

                How.

                ```
                "tls": {}
                ```

                ### `tls.file`

                Path; default: none.

                Which file.

                ```
                "tls": { "file": "a.pem" }
                ```

                """)
    }
}

extension JSONNode {
    /// Without the spaces between.
    fileprivate var text: String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let digits): digits
        case .string(let text): text.jsonLiteral
        case .array(let nodes): "[\(nodes.map(\.text).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\($0.key.jsonLiteral):\($0.value.text)" }.joined(separator: ","))}"
        }
    }
}
