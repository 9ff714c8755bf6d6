import Directory
import JSONShapes
import SourceRecords
import StrictJSON

extension ValueFormat<AttributeMap> {
    /// An object whose keys are attributes here, and whose values say what they are made of.
    static let attributeMap = ValueFormat(
        "object of attribute names, templates and constants", .map(of: ValueFormat<AttributeMap.Rule>.rule.shape)
    ) { node, location, findings in
        guard case .object(let members) = node.value else {
            findings.reject(node, at: location, expected: #"an object such as {"employeeNumber": "employeeID"}"#)
            return nil
        }
        var rules: [(target: AttributeName, rule: AttributeMap.Rule)] = []
        var known: Set<AttributeName> = []
        for member in members {
            let place = location.appending(member.key)
            let key = JSONNode(.string(member.key), at: member.keyOffset)
            guard let target = ValueFormat<AttributeName>.attribute.read(key, place, &findings) else { continue }
            guard known.insert(target).inserted else {
                findings.reject(key, at: place, expected: "each attribute once, whatever its case")
                continue
            }
            guard let rule = ValueFormat<AttributeMap.Rule>.rule.read(member.value, place, &findings) else { continue }
            if target == .accountName || target == "cn", !rule.canNamePeople {
                findings.reject(
                    member.value, at: place,
                    expected: "the name of an attribute, or a template: no two people have one \(target)")
                continue
            }
            if target == .userPrincipalName, rule != .dropped, !rule.canNamePeople {
                findings.reject(
                    member.value, at: place,
                    expected: "the name of an attribute, a template, or null: no two people have one \(target)")
                continue
            }
            if target == .manager, !rule.canBeAnchor {
                findings.reject(
                    member.value, at: place,
                    expected: "the name of an attribute, or null: managers are told by objectGUID")
                continue
            }
            rules.append((target, rule))
        }
        return AttributeMap(rules: rules)
    }
}

extension ValueFormat<AttributeMap.Rule> {
    fileprivate static let rule = ValueFormat("attribute name, template or constant", ruleShape) {
        node, location, findings in
        switch node.value {
        case .null: return .dropped
        case .string:
            return ValueFormat<AttributeName>.attribute.read(node, location, &findings)
                .flatMap { source(named: $0, node, location, &findings) }
        case .object(let members):
            guard members.count == 1, let member = members.first else { break }
            let place = location.appending(member.key)
            switch member.key {
            case "constant":
                return ValueFormat<String>.text.read(member.value, place, &findings).map(AttributeMap.Rule.constant)
            case "template": return template(member.value, place, &findings)
            default: break
            }
        default: break
        }
        findings.reject(
            node, at: location,
            expected:
                #"an attribute of the file, {"constant": "…"}, {"template": "{givenName}.{sn}"}, or null for none"#)
        return nil
    }

    private static let ruleShape = JSONShape.anyOf([
        ValueFormat<AttributeName>.attribute.shape,
        .object([
            JSONField(
                "constant", kind: "string", isRequired: true, "What everybody gets.", example: #""Plant""#,
                shape: ValueFormat<String>.text.shape)
        ]),
        .object([
            JSONField(
                "template", kind: "string", isRequired: true,
                "A text in which {attribute|function} stands for what the file has. See docs/mapping.md.",
                example: #""{givenName}.{sn|lower}""#, shape: ValueFormat<String>.text.shape)
        ]),
        .null,
    ])

    private static func source(
        named name: AttributeName, _ node: JSONNode, _ location: KeyLocation, _ findings: inout Findings
    ) -> AttributeMap.Rule? {
        let unfit: Set<AttributeName> = ["memberOf", "disabled", "accountExpires"]
        guard unfit.contains(name) else { return .renamed(from: name) }
        findings.reject(node, at: location, expected: "an attribute; \(name) has keys of its own")
        return nil
    }

    private static func template(
        _ node: JSONNode, _ location: KeyLocation, _ findings: inout Findings
    ) -> AttributeMap.Rule? {
        guard let text = ValueFormat<String>.text.read(node, location, &findings) else { return nil }
        do throws(TemplateError) {
            return .template(try Template(parsing: text))
        } catch {
            findings.reject(node, at: location, expected: "at character \(error.position): \(error.expected)")
            return nil
        }
    }
}

extension AttributeMap.Rule {
    /// Whether it gives different people different texts.
    fileprivate var canNamePeople: Bool {
        switch self {
        case .renamed: true
        case .template(let template): !template.sources.isEmpty
        case .constant, .dropped: false
        }
    }
    /// Whether it takes a text as the file has it.
    fileprivate var canBeAnchor: Bool {
        switch self {
        case .renamed, .dropped: true
        case .constant, .template: false
        }
    }
}
