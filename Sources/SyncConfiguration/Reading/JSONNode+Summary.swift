import StrictJSON

extension JSONNode {
    /// The value for a message: short, on one line.
    var summary: String {
        switch value {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .number(let text): text.shortened
        case .string(let text): text.shortened.jsonLiteral
        case .array, .object: value.kind
        }
    }
}

extension String {
    fileprivate var shortened: String {
        count > 80 ? prefix(79) + "…" : self
    }
}
