public import Directory

/// Which attributes of an account here are made of what in its record. What it does not speak of arrives as the file has
/// it.
public struct AttributeMap: Sendable, Hashable {
    public enum Rule: Sendable, Hashable {
        /// All values of an attribute of the file, which itself is not written under its own name any more.
        case renamed(from: AttributeName)
        /// The same text for everybody.
        case constant(String)
        case template(Template)
        /// The file's attribute of this name is not written.
        case dropped
    }

    /// By target attribute, in the order of the configuration; each attribute once.
    public let rules: [(target: AttributeName, rule: Rule)]

    public init(rules: [(target: AttributeName, rule: Rule)]) { self.rules = rules }

    public static let empty = AttributeMap(rules: [])

    /// The attributes that the map writes.
    public var targets: [AttributeName] {
        rules.filter { $0.rule != .dropped }.map(\.target)
    }

    public static func == (left: AttributeMap, right: AttributeMap) -> Bool {
        left.rules.elementsEqual(right.rules) { $0.target == $1.target && $0.rule == $1.rule }
    }

    public func hash(into hasher: inout Hasher) {
        for (target, rule) in rules {
            hasher.combine(target)
            hasher.combine(rule)
        }
    }
}

extension AttributeMap.Rule {
    /// What of the file it is made of.
    var sources: [AttributeName] {
        switch self {
        case .renamed(let source): [source]
        case .template(let template): template.sources
        case .constant, .dropped: []
        }
    }
}
