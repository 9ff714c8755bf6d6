/// What a search is for (RFC 4511 section 4.5.1.7).
///
/// Values are escaped when the filter is printed, attribute names are checked when they are made: text of outside origin
/// cannot change the meaning of a filter.
///
/// Active Directory evaluates a condition on an attribute it does not know to "undefined", so that `.equal` finds
/// nothing, and `.not(.equal(…))` nothing on Windows but everything on Samba.
public indirect enum LDAPFilter: Hashable, Sendable {
    case and([LDAPFilter])
    case or([LDAPFilter])
    case not(LDAPFilter)
    case equal(LDAPAttributeName, LDAPValue)
    case present(LDAPAttributeName)
    case greaterOrEqual(LDAPAttributeName, LDAPValue)
    case lessOrEqual(LDAPAttributeName, LDAPValue)
    /// Values with these parts in this order; parts that are nil or absent may be anything. Without any part it is
    /// the same as `present`.
    case substrings(LDAPAttributeName, initial: LDAPValue?, any: [LDAPValue], final: LDAPValue?)
    /// A matching rule of the server's, such as ``MatchingRule/bitAnd``.
    case extensible(LDAPAttributeName, rule: MatchingRule, LDAPValue)

    /// Matching rules of Active Directory ([MS-ADTS] 3.1.1.3.4.4).
    public struct MatchingRule: Hashable, Sendable {
        let identifier: String

        /// All bits of the value are set.
        public static let bitAnd = MatchingRule(identifier: "1.2.840.113556.1.4.803")
        /// At least one bit of the value is set.
        public static let bitOr = MatchingRule(identifier: "1.2.840.113556.1.4.804")
        /// The link leads to the value directly or through other objects: nested membership.
        public static let inChain = MatchingRule(identifier: "1.2.840.113556.1.4.1941")

        static let known = [bitAnd, bitOr, inChain]
    }

    /// The attributes it compares, each once.
    public var attributes: Set<LDAPAttributeName> {
        switch self {
        case .and(let filters), .or(let filters): filters.reduce(into: []) { $0.formUnion($1.attributes) }
        case .not(let filter): filter.attributes
        case .equal(let name, _), .present(let name), .greaterOrEqual(let name, _), .lessOrEqual(let name, _),
            .substrings(let name, _, _, _), .extensible(let name, _, _):
            [name]
        }
    }

    /// `objectClass` present: every object.
    public static let everything = LDAPFilter.present("objectClass")
}
