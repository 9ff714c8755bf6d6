public import DistinguishedNames
public import LDAP

/// A rule that leaves users out of an export.
public enum UserExclusion: Hashable, Sendable {
    /// By `sAMAccountName`.
    case account(AccountPattern)
    /// By what the server finds.
    case filter(LDAPFilter)
    /// Everybody below, and who has exactly this name.
    case path(DistinguishedName)
}

extension UserExclusion: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let rules = [
            reader.read(Self.accountKey).map(UserExclusion.account),
            reader.read(Self.filterKey).map(UserExclusion.filter),
            reader.read(Self.pathKey).map(UserExclusion.path),
        ].compactMap(\.self)
        let given = Self.names.filter { reader.contains($0) }
        guard given.count == 1 else {
            // Several at once could mean "all of them" or "any"; a filter says which.
            reader.contradiction("a rule has one of the keys account, filter and path")
            return nil
        }
        guard let rule = rules.first else { return nil }
        self = rule
    }

    private static let names = [accountKey.name, filterKey.name, pathKey.name]

    private static let accountKey = Key<AccountPattern?>(
        "account", .optional(.accountPattern), default: nil, shownAs: "none",
        """
        A pattern for sAMAccountName, without regard to case: "*" is anything, "?" one character, "[a-c]" one of these, \
        "[!a-c]" another one.
        """,
        example: #""svc-*""#
    )
    private static let filterKey = Key<LDAPFilter?>(
        "filter", .optional(.filter), default: nil, shownAs: "none",
        "An LDAP filter (RFC 4515), evaluated by the server.",
        example: #""(employeeType=robot)""#
    )
    private static let pathKey = Key<DistinguishedName?>(
        "path", .optional(.absoluteName), default: nil, shownAs: "none",
        "A container below user_path, or one user.",
        example: #""OU=Robots,OU=People,DC=source,DC=test""#
    )
}
