public import Directory
public import DistinguishedNames

/// What `export` is told by its configuration file. Relative paths are relative to the working folder.
public struct ExportConfiguration: Hashable, Sendable {
    public let connection: ConnectionSettings
    /// Who is exported.
    public let users: UserSelection
    /// The base of ``searchGroups``; absolute.
    public let groupPath: DistinguishedName
    /// The groups whose members the user file names, relative to ``groupPath``. With a ``groupFilterFile`` they are that
    /// file's, and none before ``searching(_:)``.
    public private(set) var searchGroups: [DistinguishedName]
    /// The path of the file that lists ``searchGroups``; nil where the configuration does.
    public let groupFilterFile: String?
    /// Whether members of groups in the groups count.
    public let countsNestedGroups: Bool
    /// Whether those whose primary group it is count.
    public let countsPrimaryGroup: Bool
    /// Exported beside what every record has; each once.
    public let attributes: [AttributeName]
    /// The path of the user file; nil for standard output.
    public let exportFile: String?
    /// The configured HMAC key. See ``HMACKeySources`` for what has precedence.
    public let hmacKey: ConfiguredSecret?
    /// Whether each record carries its `objectGUID`, and the file its source domain.
    public let writesAnchors: Bool
    /// A file that shrank by more against the last one is announced.
    public let deactivationLimit: ChangeLimit
    public let stateFolder: String
    public let log: LogSettings
    public let notices: NoticeSettings
    /// What the author of the file should know, in the order of the catalogue.
    public var warnings: [ConfigurationWarning]
}

extension ExportConfiguration {
    /// Reads the contents of a configuration file.
    ///
    /// - Parameters:
    ///   - contents: UTF-8, with or without a byte order mark.
    ///   - file: The path, for messages and for what lies beside the file.
    ///   - permissions: The mode bits of the file; nil when unknown. Group and others should not read secrets in it.
    /// - Throws: ``ConfigurationError`` with every problem there is.
    public init(contents: [UInt8], file: String, permissions: UInt32?) throws(ConfigurationError) {
        self = try .parse(contents, from: ConfigurationSource(file: file, permissions: permissions))
    }
}

extension ExportConfiguration {
    /// The configuration with the groups that its ``groupFilterFile`` lists.
    public func searching(_ filter: GroupFilter) -> ExportConfiguration {
        var configuration = self
        configuration.searchGroups = filter.groups
        return configuration
    }
}

extension ExportConfiguration: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let connection = ConnectionSettings(reading: &reader)
        let users = UserSelection(reading: &reader)
        let groupPath = reader.read(Self.groupPathKey)
        let searchGroupsKey = Self.searchGroupsKey(groupPath: groupPath)
        searchGroups = reader.read(searchGroupsKey).withoutRepetition
        groupFilterFile = reader.read(Self.groupFilterFileKey)
        if groupFilterFile != nil, reader.contains(searchGroupsKey.name) {
            reader.contradiction(
                at: Self.groupFilterFileKey.name, "the groups stand in search_groups already; leave one of both out")
        }
        countsNestedGroups = reader.read(Self.nestedGroupsKey)
        countsPrimaryGroup = reader.read(Self.primaryGroupKey)
        attributes = reader.read(Self.attributesKey).withoutRepetition
        exportFile = reader.read(Self.exportFileKey)
        hmacKey = SharedKeys.readHMACKey(&reader)
        writesAnchors = reader.read(Self.anchorKey)
        if attributes.contains(.manager), !writesAnchors {
            reader.contradiction(
                at: Self.attributesKey.name,
                "manager is written as the manager's anchor, and anchor is false; leave one of both out")
        }
        deactivationLimit = reader.read(Self.deactivationLimitKey)
        stateFolder = SharedKeys.readStateFolder(&reader)
        log = LogSettings(reading: &reader)
        notices = NoticeSettings(reading: &reader)
        _ = reader.read(SharedKeys.schema)
        warnings = reader.findings.warnings
        guard let connection, let users, let groupPath else { return nil }
        self.connection = connection
        self.users = users
        self.groupPath = groupPath
    }

    private static let groupPathKey = RequiredKey(
        "group_path", .absoluteName,
        "The container that search_groups are relative to.",
        example: #""OU=Groups,DC=source,DC=test""#
    )
    private static func searchGroupsKey(groupPath: DistinguishedName?) -> Key<[DistinguishedName]> {
        Key(
            "search_groups",
            .list("list of relative distinguished names", of: .relativeName(to: groupPath, baseKey: groupPathKey.name)),
            default: [], shownAs: "[], no memberships",
            """
            The groups whose members the user file names. Of each user below user_path it tells the memberships \
            in these groups, and in no others. Relative to group_path.
            """,
            example: #"["CN=Operators", "CN=Viewers,OU=Plant"]"#
        )
    }
    private static let groupFilterFileKey = Key<String?>(
        "group_filter_file", .nullable(.path), default: nil, shownAs: "none",
        """
        A text file with the groups, in place of search_groups: one in each line, relative to group_path; what follows \
        a "#" is a remark.
        """,
        example: #""group_filter.txt""#
    )
    private static let nestedGroupsKey = Key(
        "nested_groups", .boolean, default: false, shownAs: "false",
        """
        Whether members of a group that is itself a member of one of search_groups, directly or through others, count as \
        its members.
        """,
        example: "true"
    )
    private static let primaryGroupKey = Key(
        "primary_group", .boolean, default: false, shownAs: "false",
        """
        Whether users whose primary group it is (often Domain Users) count as members of one of search_groups. The directory \
        does not list them as members.
        """,
        example: "true"
    )
    private static let attributesKey = Key(
        "attributes", .list("list of attribute names", of: .attribute), default: [], shownAs: "[]",
        "What is exported beside sAMAccountName, cn, disabled, accountExpires and memberOf.",
        example: #"["givenName", "sn", "displayName", "mail"]"#
    )
    private static let exportFileKey = Key<String?>(
        "export_file", .nullable(.path), default: nil, shownAs: "standard output",
        "The user file to write. It is replaced as a whole or not at all.",
        example: #""users.json""#
    )
    private static let anchorKey = Key(
        "anchor", .boolean, default: true, shownAs: "true",
        """
        Writes the objectGUID of each user and the GUID of the domain, by which the other side recognises a renamed \
        user. False is for readers that stumble over it.
        """,
        example: "true"
    )
    private static let deactivationLimitKey = Key(
        "deactivation_limit", .object(ChangeLimit.self), default: .standard,
        shownAs: #"{"percent": 20, "count": 10}"#,
        """
        When there are fewer active users than in the last export, by more than both numbers allow, or a unit or a group \
        of search_groups lost more of its own, the file is written and the export says so and ends with status 3.
        """,
        example: #"{"percent": 10, "count": 5}"#
    )
}
