import DistinguishedNames
public import LDAPFilters

extension LDAPFilter {
    /// Reads the string form of RFC 4515; see ``LDAPFilters/FilterTree``.
    ///
    /// The text never reaches a server: what was understood is encoded anew.
    ///
    /// - Throws: ``LDAPFilters/FilterSyntaxError`` with the place, also for what Active Directory does not evaluate.
    public init(parsing text: String) throws(FilterSyntaxError) {
        self = try LDAPFilter(FilterTree(parsing: text))
    }

    private init(_ tree: FilterTree) throws(FilterSyntaxError) {
        switch tree {
        case .and(let trees): self = .and(try Self.filters(trees))
        case .or(let trees): self = .or(try Self.filters(trees))
        case .not(let tree): self = .not(try LDAPFilter(tree))
        case .comparison(let comparison):
            let name = LDAPAttributeName(trusted: comparison.attribute.text)
            switch comparison.test {
            case .present: self = .present(name)
            case .equal(let value): self = .equal(name, LDAPValue(value))
            case .greaterOrEqual(let value): self = .greaterOrEqual(name, LDAPValue(value))
            case .lessOrEqual(let value): self = .lessOrEqual(name, LDAPValue(value))
            case .substrings(let initial, let any, let final):
                self = .substrings(
                    name, initial: initial.map(LDAPValue.init), any: any.map(LDAPValue.init),
                    final: final.map(LDAPValue.init))
            case .approximate:
                throw FilterSyntaxError(position: comparison.attribute.end, reason: .approximate)
            }
        case .extensible(let match): self = try Self.extensible(match)
        }
    }

    private static func filters(_ trees: [FilterTree]) throws(FilterSyntaxError) -> [LDAPFilter] {
        try trees.map { (tree) throws(FilterSyntaxError) in try LDAPFilter(tree) }
    }

    /// `attribute:rule:=value`. What RFC 4515 allows besides, no attribute, no rule, or `:dn`, AD does not evaluate
    /// ([MS-ADTS] 3.1.1.3.1.3.1).
    private static func extensible(_ match: ExtensibleMatch) throws(FilterSyntaxError) -> LDAPFilter {
        guard let attribute = match.attribute, !match.includesName,
            let rule = MatchingRule.known.first(where: { $0.identifier == match.rule?.text })
        else { throw FilterSyntaxError(position: match.position, reason: .unknownRule) }
        if rule == .inChain {
            guard let text = match.value.text, let name = try? DistinguishedName(parsing: text), name.leaf != nil
            else { throw FilterSyntaxError(position: match.value.position, reason: .invalidName) }
        } else if match.value.text.flatMap({ Int64($0) }) == nil {
            throw FilterSyntaxError(position: match.value.position, reason: .invalidNumber)
        }
        return .extensible(LDAPAttributeName(trusted: attribute.text), rule: rule, LDAPValue(match.value))
    }
}

extension LDAPValue {
    fileprivate init(_ value: FilterValue) {
        self = value.octets.withUnsafeBufferPointer { LDAPValue(copying: $0) }
    }
}

extension FilterSyntaxError.Reason {
    public static let unknownRule = Self(
        "the matching rules of Active Directory are 1.2.840.113556.1.4.803 (all bits), .804 (one of the bits) and .1941 "
            + "(in chain): (attribute:rule:=value)")
    public static let invalidNumber = Self("this matching rule compares with a whole number, in decimal digits")
    public static let invalidName = Self("this matching rule compares with a distinguished name")
}
