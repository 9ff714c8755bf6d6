import StrictJSON

/// A configuration file that is about to be written: keys in groups, as somebody would write them by hand.
struct ConfigurationDraft: Sendable {
    indirect enum Value: Sendable {
        case text(String)
        case flag(Bool)
        case list([String])
        case object([(String, Value)])
    }

    /// Groups of keys, with an empty line between two.
    let groups: [[(key: String, value: Value)]]

    /// `server`, `bind.user`, …: as the catalogue calls them.
    var keys: Set<String> {
        var names: Set<String> = []
        for (key, value) in groups.joined() {
            guard case .object(let members) = value else {
                names.insert(key)
                continue
            }
            names.formUnion(members.map { "\(key).\($0.0)" })
        }
        return names
    }

    /// The JSON, indented by four spaces, with a line end.
    var text: String {
        let blocks = groups.filter { !$0.isEmpty }.map { group in
            group.map { "    \($0.key.jsonLiteral): \(Self.text($0.value, indent: 4))" }.joined(separator: ",\n")
        }
        return "{\n" + blocks.joined(separator: ",\n\n") + "\n}\n"
    }

    private static func text(_ value: Value, indent: Int) -> String {
        switch value {
        case .text(let text): return text.jsonLiteral
        case .flag(let flag): return "\(flag)"
        case .list(let texts): return block("[", texts.map(\.jsonLiteral), "]", indent: indent, inlineSpace: "")
        case .object(let members):
            let lines = members.map { "\($0.0.jsonLiteral): \(text($0.1, indent: indent + 4))" }
            return block("{", lines, "}", indent: indent, inlineSpace: " ", widestInline: members.count == 1 ? 90 : 0)
        }
    }

    /// On one line where it is short, else with a line for each.
    private static func block(
        _ opening: String, _ parts: [String], _ closing: String, indent: Int, inlineSpace: String,
        widestInline: Int = 90
    ) -> String {
        let line = parts.joined(separator: ", ")
        if line.count <= widestInline || parts.isEmpty { return opening + inlineSpace + line + inlineSpace + closing }
        let margin = String(repeating: " ", count: indent)
        return opening + "\n" + parts.map { "\(margin)    \($0)" }.joined(separator: ",\n") + "\n\(margin)\(closing)"
    }
}
