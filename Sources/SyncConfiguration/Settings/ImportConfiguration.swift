public import Directory
public import DistinguishedNames
public import SourceRecords

/// What `import` is told by its configuration file. Relative paths are relative to the working folder.
public struct ImportConfiguration: Hashable, Sendable {
    /// Whether users may or must change the password they were given.
    public enum PasswordChange: Hashable, Sendable {
        case allowed
        case forbidden
        case requiredAtFirstLogon
    }

    /// What can need an approval on top of what always does.
    public enum OptionalApproval: String, CaseIterable, Sendable {
        case disable
        case leave
    }

    /// What an expiry at the source means here.
    public enum SourceExpiry: String, CaseIterable, Sendable {
        /// An account expires no later than at the source.
        case honour
        case ignore
    }

    public let connection: ConnectionSettings
    /// The path of the user file.
    public let inputFile: String
    /// The managed container; absolute, and never a domain's root.
    public let managedUserPath: DistinguishedName
    /// The base of the groups in ``groupMap`` and ``restrictedGroups``; absolute.
    public let groupPath: DistinguishedName
    public let groupMap: GroupMap
    /// Mapped groups that nobody joins without approval, relative to ``groupPath``.
    public let restrictedGroups: [DistinguishedName]
    /// What stands before every managed `cn`; empty for nothing.
    public let commonNamePrefix: String
    /// More than a day.
    public let expirationTime: CalendarDuration
    public let passwordChange: PasswordChange
    /// The path of the resolutions file.
    public let resolutionsFile: String
    /// The configured HMAC key in hexadecimal digits. See ``HMACKeySources`` for what has precedence.
    public let hmacKey: ConfiguredSecret?
    public let log: LogSettings
    public let notices: NoticeSettings
    public let approvalPage: ApprovalPageSettings
    public let passwords: PasswordSettings
    /// Where anchors are stamped; nil when anchors are switched off.
    public let anchorAttribute: AttributeName?
    public let requiredApprovals: Set<OptionalApproval>
    public let sourceExpiry: SourceExpiry
    public let deactivationLimit: ChangeLimit
    public let leaveLimit: ChangeLimit
    public let stateFolder: String
    /// How long journals are kept; 0 for ever.
    public let historyDays: Int
    /// Added to the allow-list of attributes. What never may be on it is the user file's rule, not checked here.
    public let allowedAttributes: [AttributeName]
    public let deactivatedUsersKeepGroups: Bool
    public let lifeCycle: LifeCycleSettings
    /// Whether `--watch` imports files that nobody has signed.
    public let allowsUnsigned: Bool
    /// What becomes of the records. Which attributes may be written is the user file's rule, not checked here.
    public let mapping: RecordMapping
    /// What the author of the file should know, in the order of the catalogue.
    public var warnings: [ConfigurationWarning]
}

extension ImportConfiguration {
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
