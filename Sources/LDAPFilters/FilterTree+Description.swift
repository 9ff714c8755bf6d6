/// The string form of RFC 4515, without spaces around filters and with no more escapes than needed.
extension FilterTree: CustomStringConvertible {
    public var description: String {
        var text = ""
        append(to: &text)
        return text
    }

    private func append(to text: inout String) {
        text += "("
        switch self {
        case .and(let filters): Self.append(filters, after: "&", to: &text)
        case .or(let filters): Self.append(filters, after: "|", to: &text)
        case .not(let filter): Self.append([filter], after: "!", to: &text)
        case .comparison(let comparison): text += comparison.attribute.text + comparison.test.description
        case .extensible(let match): text += match.description
        }
        text += ")"
    }

    private static func append(_ filters: [FilterTree], after sign: Character, to text: inout String) {
        text.append(sign)
        for filter in filters { filter.append(to: &text) }
    }
}

extension FilterComparison.Test {
    fileprivate var description: String {
        switch self {
        case .present: "=*"
        case .equal(let value): "=\(value.escaped)"
        case .approximate(let value): "~=\(value.escaped)"
        case .greaterOrEqual(let value): ">=\(value.escaped)"
        case .lessOrEqual(let value): "<=\(value.escaped)"
        case .substrings(let initial, let any, let final):
            "=" + ([initial?.escaped ?? ""] + any.map(\.escaped) + [final?.escaped ?? ""]).joined(separator: "*")
        }
    }
}

extension ExtensibleMatch {
    fileprivate var description: String {
        let rule = rule.map { ":\($0.text)" } ?? ""
        return "\(attribute?.text ?? "")\(includesName ? ":dn" : "")\(rule):=\(value.escaped)"
    }
}

extension FilterValue {
    fileprivate var escaped: String { FilterEscaping.escaped(octets) }
}
