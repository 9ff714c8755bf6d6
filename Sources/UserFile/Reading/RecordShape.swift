import Directory
import DistinguishedNames
import StrictJSON

/// What the keys of a record mean. Records with the same keys share one, and with it the storage of attribute names.
struct RecordShape {
    enum Role {
        case key(UserFileKey.Record)
        case attribute
        /// An attribute whose value is a name, so that control characters are refused in it.
        case nameAttribute
    }

    let keys: [String]
    /// One for each key.
    let roles: [Role]
    /// One for each key whose role is an attribute.
    let attributeNames: [AttributeName]
    /// What is wrong with the keys themselves: each record that has them has these faults.
    let problems: [(field: String, problem: String)]

    init(keys: [String], allowedAttributes: AttributeAllowList) {
        self.keys = keys
        roles = keys.map(Self.role)
        var names: [AttributeName] = []
        var problems: [(field: String, problem: String)] = []
        for key in UserFileKey.Record.allCases where key.isRequired && !keys.contains(key.rawValue) {
            problems.append((key.rawValue, "the key is missing"))
        }
        var known: Set<AttributeName> = []
        for (key, role) in zip(keys, roles) {
            if case .key = role { continue }
            let name = AttributeName(key)
            names.append(name)
            if let refusal = allowedAttributes.refusal(of: name) {
                problems.append((key, refusal))
            } else if !known.insert(name).inserted {
                problems.append((key, "the attribute stands twice in one record"))
            }
        }
        attributeNames = names
        self.problems = problems
    }

    func fits(_ members: [JSONMember]) -> Bool {
        keys.count == members.count && zip(keys, members).allSatisfy { $0.isIdenticalText(to: $1.key) }
    }

    private static func role(of key: String) -> Role {
        if let key = UserFileKey.Record(rawValue: key) { return .key(key) }
        return AttributeName(key) == "userPrincipalName" ? .nameAttribute : .attribute
    }
}
