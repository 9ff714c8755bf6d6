import Directory
public import LDAPFilters

extension RecordFilter {
    /// Reads the string form of RFC 4515; see ``LDAPFilters/FilterTree``.
    ///
    /// - Throws: ``LDAPFilters/FilterSyntaxError`` with the place, also for what cannot be told from a file.
    public init(parsing text: String) throws(FilterSyntaxError) {
        self.init(root: try Node(FilterTree(parsing: text)), description: text)
    }
}

extension RecordFilter.Node {
    fileprivate init(_ tree: FilterTree) throws(FilterSyntaxError) {
        switch tree {
        case .and(let trees): self = .all(try Self.nodes(trees))
        case .or(let trees): self = .any(try Self.nodes(trees))
        case .not(let tree): self = .not(try Self(tree))
        case .comparison(let comparison): self = .item(try RecordFilter.Item(comparison))
        case .extensible(let match):
            throw FilterSyntaxError(position: match.position - 1, reason: .ruleWithoutServer)
        }
    }

    private static func nodes(_ trees: [FilterTree]) throws(FilterSyntaxError) -> [Self] {
        try trees.map { (tree) throws(FilterSyntaxError) in try Self(tree) }
    }
}

extension RecordFilter.Item {
    fileprivate init(_ comparison: FilterComparison) throws(FilterSyntaxError) {
        let test: RecordFilter.Test =
            switch comparison.test {
            case .present: .isPresent
            case .equal(let value): .equals(try Self.text(value))
            case .greaterOrEqual(let value): .isAtLeast(try Self.text(value))
            case .lessOrEqual(let value): .isAtMost(try Self.text(value))
            case .substrings(let initial, let any, let final):
                .matches(
                    try [initial].map(Self.piece) + any.map(Self.text) + [final].map(Self.piece))
            case .approximate:
                throw FilterSyntaxError(position: comparison.attribute.end, reason: .approximate)
            }
        self.init(
            attribute: AttributeName(comparison.attribute.text), position: comparison.attribute.position, test: test)
    }

    private static func piece(_ value: FilterValue?) throws(FilterSyntaxError) -> String {
        guard let value else { return "" }
        return try text(value)
    }

    private static func text(_ value: FilterValue) throws(FilterSyntaxError) -> String {
        guard let text = value.text else { throw FilterSyntaxError(position: value.position, reason: .noText) }
        return text
    }
}

extension FilterSyntaxError.Reason {
    public static let ruleWithoutServer = Self(
        "matching rules (':=') are a server's; over a file, compare with '=', '>=' or '<='")
    public static let noText = Self("the escaped octets of the value are no UTF-8")
}
