extension LDAPSearchRequest {
    /// About how many octets the request takes on the wire, without the cookie of a page; never less than it really
    /// takes. Grows with the filter: one that lists thousands of names has to be divided by who makes it.
    public var encodedSize: Int {
        let attributes = AttributeRange.requested(by: self).reduce(0) {
            $0 + BERSize.element($1.description.utf8.count)
        }
        return BERSize.envelope + BERSize.fixedSearchFields + BERSize.element(base.description.utf8.count)
            + filter.encodedSize + BERSize.element(attributes) + controls.reduce(0) { $0 + $1.encodedSize }
    }
}

extension LDAPFilter {
    /// RFC 4511 section 4.5.1.7.
    var encodedSize: Int {
        switch self {
        case .and(let filters), .or(let filters): BERSize.element(filters.reduce(0) { $0 + $1.encodedSize })
        case .not(let filter): BERSize.element(filter.encodedSize)
        case .present(let name): BERSize.element(name.description.utf8.count)
        case .equal(let name, let value), .greaterOrEqual(let name, let value), .lessOrEqual(let name, let value):
            BERSize.element(BERSize.element(name.description.utf8.count) + BERSize.element(value.count))
        case .substrings(let name, let initial, let any, let final):
            BERSize.element(
                BERSize.element(name.description.utf8.count)
                    + BERSize.element(
                        (any + [initial, final].compactMap(\.self)).reduce(0) { $0 + BERSize.element($1.count) }
                    )
            )
        case .extensible(let name, let rule, let value):
            BERSize.element(
                BERSize.element(name.description.utf8.count) + BERSize.element(rule.identifier.utf8.count)
                    + BERSize.element(value.count) + 3
            )
        }
    }
}
