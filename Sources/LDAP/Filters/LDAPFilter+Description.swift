import LDAPFilters

/// The string form of RFC 4515, which is also what libldap encodes from.
extension LDAPFilter: CustomStringConvertible {
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
        case .equal(let name, let value): text += "\(name)=\(Self.escape(value))"
        case .present(let name): text += "\(name)=*"
        case .greaterOrEqual(let name, let value): text += "\(name)>=\(Self.escape(value))"
        case .lessOrEqual(let name, let value): text += "\(name)<=\(Self.escape(value))"
        case .substrings(let name, let initial, let any, let final):
            text += "\(name)=\(initial.map(Self.escape) ?? "")*"
            // An empty part would print as "**", which is no filter.
            for part in any where part.count > 0 { text += Self.escape(part) + "*" }
            text += final.map(Self.escape) ?? ""
        case .extensible(let name, let rule, let value):
            text += "\(name):\(rule.identifier):=\(Self.escape(value))"
        }
        text += ")"
    }

    private static func append(_ filters: [LDAPFilter], after sign: Character, to text: inout String) {
        text.append(sign)
        for filter in filters { filter.append(to: &text) }
    }

    private static func escape(_ value: LDAPValue) -> String {
        value.string.map(FilterEscaping.escaped) ?? FilterEscaping.escaped(value.bytes)
    }
}
