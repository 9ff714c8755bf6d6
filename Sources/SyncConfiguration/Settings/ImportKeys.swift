import Directory
import DistinguishedNames
import SourceRecords

/// The keys that only the configuration of `import` has.
enum ImportKeys {
    static let inputFile = RequiredKey(
        "input_file", .path,
        "The user file to read.",
        example: #""users.json""#
    )
    static let managedUserPath = RequiredKey(
        "managed_user_path", .container,
        """
        The container that belongs to this tool alone. All users are created in it, and a user in it who is missing \
        from the user file is deactivated. It must exist, and no other account may live there.
        """,
        example: #""OU=Managed,DC=target,DC=test""#
    )
    static let groupPath = RequiredKey(
        "group_path", .absoluteName,
        "The container that the groups in group_map and restricted_groups are relative to.",
        example: #""OU=Groups,DC=target,DC=test""#
    )
    static func groupMap(groupPath: DistinguishedName?) -> Key<GroupMap> {
        Key(
            "group_map", .groupMap(groupPath: groupPath, baseKey: Self.groupPath.name),
            default: .empty, shownAs: "{}",
            """
            Which groups a managed user is in: to each group of the source, as search_groups of the export has it, one \
            group here or a list. The key "*" is for every managed user. Relative to group_path.
            """,
            example: #"{"CN=Operators": ["CN=p-Operators", "CN=p-Viewers"], "*": "CN=p-Managed"}"#
        )
    }
    static func restrictedGroups(groupPath: DistinguishedName?) -> Key<[DistinguishedName]> {
        Key(
            "restricted_groups",
            .list(
                "list of relative distinguished names",
                of: .relativeName(to: groupPath, baseKey: Self.groupPath.name)
            ),
            default: [], shownAs: "[]",
            "Groups of group_map that nobody joins without an approval. Relative to group_path.",
            example: #"["CN=p-Operators"]"#
        )
    }
    static let commonNamePrefix = Key<String?>(
        "prefix_common_names", .nullable(.commonNamePrefix), default: nil, shownAs: "none",
        "What stands before the cn of every managed user, so that nobody is mistaken for a local colleague.",
        example: #""EXT ""#
    )
    static let expirationTime = Key(
        "expiration_time", .expirationTime, default: CalendarDuration(months: 1, seconds: secondsOfDay),
        shownAs: #""P1M1D""#,
        """
        How long after an export its users stay valid, as an ISO 8601 duration of more than a day. Months and years are \
        those of the calendar. When the exports stop, the access runs out.
        """,
        example: #""P2W""#
    )
    static let usersCanNotChangePassword = Key(
        "users_can_not_change_password", .boolean, default: false, shownAs: "false",
        "Keeps managed users from changing the password they are given.",
        example: "true"
    )
    static let usersMustChangePassword = Key(
        "users_must_change_password", .boolean, default: false, shownAs: "false",
        "Makes managed users change the password they are given at the first logon.",
        example: "true"
    )
    static let resolutionsFile = Key(
        "resolutions_file", .path, default: "resolutions.json", shownAs: #""resolutions.json""#,
        "Where pending actions are put and the answers to them are read.",
        example: #""resolutions.json""#
    )
    static let anchorAttribute = Key<AttributeName?>(
        "anchor_attribute", .nullable(.anchorAttribute), default: "adminDescription", shownAs: #""adminDescription""#,
        """
        The attribute stamped with the origin of a managed user, by which a renamed user is recognised. It must hold \
        nothing else. null switches anchors off.
        """,
        example: #""adminDescription""#
    )
    static let requireApproval = Key(
        "require_approval", .list(#"list of "disable" and "leave""#, of: .choice),
        default: [ImportConfiguration.OptionalApproval](), shownAs: "[]",
        """
        What needs an approval beside enabling, joining a restricted group and name conflicts: disabling an account, \
        leaving a group.
        """,
        example: #"["disable", "leave"]"#
    )
    static let sourceExpiry = Key(
        "source_expiry", .choice, default: ImportConfiguration.SourceExpiry.honour, shownAs: #""honour""#,
        "Whether an account that expires at the source expires here too, no later.",
        example: #""ignore""#
    )
    static let deactivationLimit = Key(
        "deactivation_limit", .object(ChangeLimit.self), default: .standard,
        shownAs: #"{"percent": 20, "count": 10}"#,
        """
        When one import would deactivate more managed users than both numbers allow, it deactivates nobody and asks \
        first.
        """,
        example: #"{"percent": 10, "count": 5}"#
    )
    static let leaveLimit = Key(
        "leave_limit", .object(ChangeLimit.self), default: .standard,
        shownAs: #"{"percent": 20, "count": 10}"#,
        """
        When one import would end more memberships than both numbers allow, of those that the people of the user file have \
        in the groups somebody would leave, together or in one of them, nobody leaves and it asks first.
        """,
        example: #"{"percent": 10, "count": 5}"#
    )
    static let deactivatedUsersKeepGroups = Key(
        "deactivated_users_keep_groups", .boolean, default: true, shownAs: "true",
        "Leaves deactivated users in their groups.",
        example: "false"
    )
    static let allowUnsigned = Key(
        "allow_unsigned", .boolean, default: false, shownAs: "false",
        """
        Whether --watch imports files although there is no key: whoever can write the file then decides who gets an account, \
        and nobody looks at it first.
        """,
        example: "true"
    )
    static let attributeMap = Key(
        "attribute_map", .attributeMap, default: .empty, shownAs: "everything arrives as it is in the file",
        """
        What attributes here are made of: to each the name of an attribute of the file, {"constant": "…"}, {"template": \
        "{givenName}.{sn|lower}"}, or null to leave it out. Functions of templates: lower, upper, ascii, token, \
        truncate:20, default:text. sAMAccountName, cn and userPrincipalName may be made, too. See docs/mapping.md.
        """,
        example: #"{"employeeNumber": "employeeID", "company": {"constant": "Plant"}}"#
    )
    static let principalNameSuffix = Key<String?>(
        "upn_suffix", .nullable(.principalNameSuffix), default: nil,
        shownAs: "that of the file; without one, the DNS name of the domain",
        """
        What stands behind the @ in every userPrincipalName: in place of what the file has there, and of the domain's DNS \
        name for accounts whose record has none. It should be a suffix of the forest.
        """,
        example: #""plant.example""#
    )
    static let unitMap = Key<[UnitMap.Rule]>(
        "ou_map", .list("list of rules", of: .object(UnitMap.Rule.self)), default: [],
        shownAs: "new accounts directly in managed_user_path, all others where they are",
        """
        Rules that say where below managed_user_path accounts stand; each has an ou and, unless it is true of everybody, a \
        filter. The first that is true of a record counts: the account is created there, or moved there. Where none is, a new \
        account is created in managed_user_path and any other stays where it is.
        """,
        example: #"[{"filter": "(department=Operations)", "ou": "OU=Operations"}]"#
    )
    static let historyDays = Key(
        "history_days", .integer(0...36_500, unit: "days"), default: 365, shownAs: "365",
        """
        How long the journals of past runs are kept; the newest always is. 0 keeps them for ever. What is removed can be \
        neither looked at nor taken back.
        """,
        example: "730"
    )
    static let allowedAttributes = Key(
        "allowed_attributes", .list("list of attribute names", of: .attribute), default: [], shownAs: "[]",
        "Attributes a user file may set beside the ordinary ones of people. What gives power or identity never may.",
        example: #"["employeeNumber"]"#
    )
}
