/// A search filter as it stands in a text (RFC 4515): understood, and held against no schema, no server and no file yet.
///
/// Whoever evaluates it, or has it evaluated, builds his own type from it and refuses what he does not do, at the places
/// that the tree tells. Equality includes the places.
public indirect enum FilterTree: Hashable, Sendable {
    /// At least one.
    case and([FilterTree])
    /// At least one.
    case or([FilterTree])
    case not(FilterTree)
    case comparison(FilterComparison)
    case extensible(ExtensibleMatch)
}

/// `attribute=value` and its like.
public struct FilterComparison: Hashable, Sendable {
    public enum Test: Hashable, Sendable {
        case present
        case equal(FilterValue)
        case approximate(FilterValue)
        case greaterOrEqual(FilterValue)
        case lessOrEqual(FilterValue)
        /// What stands between asterisks, in this order; nothing of it is empty, and at least one is there.
        case substrings(initial: FilterValue?, any: [FilterValue], final: FilterValue?)
    }

    /// An attribute description (RFC 4512 section 2.5).
    public let attribute: FilterWord
    public let test: Test

    init(_ attribute: FilterWord, _ test: Test) {
        self.attribute = attribute
        self.test = test
    }
}

/// `attribute:dn:rule:=value` (RFC 4511 section 4.5.1.7.7). An attribute or a rule is there, or both.
public struct ExtensibleMatch: Hashable, Sendable {
    public let attribute: FilterWord?
    /// `:dn`: the parts of the distinguished name count as attributes, too.
    public let includesName: Bool
    /// A matching rule, by name or object identifier.
    public let rule: FilterWord?
    /// Of what stands behind the first colon: `dn`, the rule, or the `=`.
    public let position: Int
    public let value: FilterValue
}

/// A word of the text.
public struct FilterWord: Hashable, Sendable {
    public let text: String
    /// Of its first character; see ``FilterSyntaxError/position``.
    public let position: Int

    /// Of the character behind it. Words are ASCII.
    public var end: Int { position + text.utf8.count }
}

/// An assertion value, its escapes resolved. Never empty.
public struct FilterValue: Hashable, Sendable {
    public let octets: [UInt8]
    /// Of its first character; see ``FilterSyntaxError/position``.
    public let position: Int

    /// Nil where the octets are no UTF-8.
    public var text: String? { String(validating: octets, as: UTF8.self) }
}
