import Directory
import FoundationEssentials
import StrictJSON

/// Takes the JSON of an attribute for its values.
///
/// | JSON | value |
/// | --- | --- |
/// | `null`, `""`, `[]` | none: a directory cannot hold an empty value |
/// | a string | its text |
/// | a whole number | its digits, as LDAP writes an Integer (RFC 4517 §3.3.16) |
/// | `true`, `false` | `TRUE`, `FALSE`, as LDAP writes a Boolean (RFC 4517 §3.3.3) |
/// | `{"base64": "…"}` | the bytes that the Base64 text stands for (RFC 4648 §4, with padding) |
/// | an array of these | several values, each once |
enum AttributeField {
    static func values(_ node: JSONNode) throws(FieldProblem) -> AttributeValues {
        guard case .array(let elements) = node.value else {
            if case .null = node.value { return .none }
            return try single(node).map(AttributeValues.one) ?? .none
        }
        var values: [AttributeValue] = []
        for element in elements {
            if let value = try single(element) { values.append(value) }
        }
        // A directory holds no value twice, and refuses a write that would.
        if values.count > 1 {
            var seen: Set<AttributeValue> = []
            values.removeAll { !seen.insert($0).inserted }
        }
        return AttributeValues(values)
    }

    /// Nil for an empty value.
    private static func single(_ node: JSONNode) throws(FieldProblem) -> AttributeValue? {
        switch node.value {
        case .string(let text): return text.isEmpty ? nil : .text(text)
        case .bool(let flag): return .text(flag ? "TRUE" : "FALSE")
        case .number(let text):
            guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) else {
                throw FieldProblem("\(Excerpt(text).unquoted) is no whole number; write it as a string")
            }
            return .text(text)
        case .object(let members):
            let octets = try binary(members)
            return octets.isEmpty ? nil : .binary(octets)
        case .null, .array: throw Field.wrongType(node, expected: "a value")
        }
    }

    private static func binary(_ members: [JSONMember]) throws(FieldProblem) -> [UInt8] {
        guard members.count == 1, case .string(let text)? = members[UserFileKey.base64]?.value.value else {
            throw FieldProblem("the only object an attribute may have is {\"\(UserFileKey.base64)\": \"…\"}")
        }
        guard let data = Data(base64Encoded: text) else { throw FieldProblem("the text is no Base64") }
        return Array(data)
    }
}
