public import DistinguishedNames
public import LDAP

/// Which accounts of the source domain are exported.
public struct UserSelection: Hashable, Sendable {
    /// The containers all exported users are below; absolute. At least one, and none below another.
    public let paths: [DistinguishedName]
    /// What a user must fulfil besides; nil for nothing.
    public let filter: LDAPFilter?
    /// A user is of one of these object classes.
    public let objectClasses: [String]
    /// A user whom one of these describes is left out; the first one counts.
    public let exclusions: [UserExclusion]
}

extension UserSelection {
    init?(reading reader: inout ObjectReader) {
        let paths = reader.read(Self.pathKey)
        filter = reader.read(Self.filterKey)
        objectClasses = reader.read(Self.objectClassesKey)
        exclusions = reader.read(Self.exclusionsKey).withoutRepetition
        guard let paths else { return nil }
        self.paths = paths
        checkExclusions(&reader)
    }

    private func checkExclusions(_ reader: inout ObjectReader) {
        for case .path(let excluded) in exclusions {
            if let path = paths.first(where: { $0 == excluded || $0.isDescendant(of: excluded) }) {
                reader.contradiction(
                    at: Self.exclusionsKey.name, "\"\(excluded)\" leaves nobody of user_path \"\(path)\"")
            } else if !paths.contains(where: excluded.isDescendant) {
                reader.contradiction(at: Self.exclusionsKey.name, "\"\(excluded)\" does not lie below user_path")
            }
        }
    }

    private static let pathKey = RequiredKey(
        "user_path", .disjointNames,
        "The container all users to export are below, or several of which none lies below another.",
        example: #"["OU=People,DC=source,DC=test", "OU=Contractors,DC=source,DC=test"]"#
    )
    private static let filterKey = Key<LDAPFilter?>(
        "user_filter", .nullable(.filter), default: nil, shownAs: "none, everybody",
        "An LDAP filter (RFC 4515) that users must match to be exported. Who does not match is missing at the target.",
        example: #""(|(department=Operations)(employeeType=contractor))""#
    )
    private static let objectClassesKey = Key(
        "user_object_classes", .objectClasses, default: ["user"], shownAs: #"["user"], all accounts of people"#,
        """
        A user must be of one of these object classes or of one derived from it, such as inetOrgPerson. Computers and \
        contacts are none, whatever stands here.
        """,
        example: #"["inetOrgPerson"]"#
    )
    private static let exclusionsKey = Key<[UserExclusion]>(
        "exclude", .oneOrMore("object or a list of them", of: .object(UserExclusion.self)), default: [],
        shownAs: "[], nobody",
        """
        Rules that leave users out; each has one of the keys below. Whom they exclude is missing at the target. The report \
        counts them.
        """,
        example: #"[{"account": "svc-*"}, {"filter": "(employeeType=robot)"}]"#
    )
}
