import StrictJSON

func read(
    _ text: String, limits: JSONLimits = JSONLimits(depth: 16), repeatedKeys: JSONReader.RepeatedKeys = .refused
) throws(JSONSyntaxError) -> JSONNode {
    try JSONReader.read(UTF8Text(text), limits: limits, repeatedKeys: repeatedKeys)
}

/// Nil when the text can be read.
func fault(_ text: String, limits: JSONLimits = JSONLimits(depth: 16)) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
        _ = try read(text, limits: limits)
        return nil
    } catch {
        return error
    }
}

extension JSONNode {
    /// As JSON again, on one line.
    var text: String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): text
        case .string(let text): text.jsonLiteral
        case .array(let nodes): "[\(nodes.map(\.text).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\($0.key.jsonLiteral): \($0.value.text)" }.joined(separator: ", "))}"
        }
    }
}
