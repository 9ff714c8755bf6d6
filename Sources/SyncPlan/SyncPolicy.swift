public import Directory
public import DistinguishedNames

/// What the import configuration says about the wanted state. The planner sees nothing else of the configuration.
public struct SyncPolicy: Sendable, Equatable {
    /// Target groups by source group, both relative to their `group_path`.
    public var groupMap: [DistinguishedName: [DistinguishedName]]
    /// Target groups that every managed user belongs to: the key `*`.
    public var groupsForEveryone: [DistinguishedName]
    public var restrictedGroups: Set<DistinguishedName>
    /// Put before every `cn`; empty for none.
    public var commonNamePrefix: String
    public var expirationTime: CalendarDuration
    public var sourceExpiry: SourceExpiry
    /// Nil switches anchors off: people are then known by their names only.
    public var anchorAttribute: AttributeName?
    public var usersCannotChangePassword: Bool
    public var usersMustChangePassword: Bool
    public var approvalsOnTop: Set<OptionalApproval>
    public var deactivationLimit: ChangeLimit
    public var leaveLimit: ChangeLimit
    public var deactivatedUsersKeepGroups: Bool
    /// The operator's word that a file without anchors may manage users that carry one.
    public var acceptsUnanchoredFile: Bool
    /// What the import is for.
    public var lifeCycle: LifeCycle

    public enum SourceExpiry: String, Sendable, CaseIterable {
        /// An account that expires at the source expires no later here.
        case honour
        case ignore
    }

    public enum OptionalApproval: String, Sendable, CaseIterable {
        case disable
        case leave
    }

    public init(
        groupMap: [DistinguishedName: [DistinguishedName]] = [:], groupsForEveryone: [DistinguishedName] = [],
        restrictedGroups: Set<DistinguishedName> = [], commonNamePrefix: String = "",
        expirationTime: CalendarDuration = CalendarDuration(months: 1, seconds: 86_400),
        sourceExpiry: SourceExpiry = .honour, anchorAttribute: AttributeName? = "adminDescription",
        usersCannotChangePassword: Bool = false, usersMustChangePassword: Bool = false,
        approvalsOnTop: Set<OptionalApproval> = [], deactivationLimit: ChangeLimit = ChangeLimit(),
        leaveLimit: ChangeLimit = ChangeLimit(), deactivatedUsersKeepGroups: Bool = true,
        acceptsUnanchoredFile: Bool = false, lifeCycle: LifeCycle = .whole
    ) {
        self.groupMap = groupMap
        self.groupsForEveryone = groupsForEveryone
        self.restrictedGroups = restrictedGroups
        self.commonNamePrefix = commonNamePrefix
        self.expirationTime = expirationTime
        self.sourceExpiry = sourceExpiry
        self.anchorAttribute = anchorAttribute
        self.usersCannotChangePassword = usersCannotChangePassword
        self.usersMustChangePassword = usersMustChangePassword
        self.approvalsOnTop = approvalsOnTop
        self.deactivationLimit = deactivationLimit
        self.leaveLimit = leaveLimit
        self.deactivatedUsersKeepGroups = deactivatedUsersKeepGroups
        self.acceptsUnanchoredFile = acceptsUnanchoredFile
        self.lifeCycle = lifeCycle
    }

    /// Every target group on the right side of `group_map`, each once, in a fixed order. One that is only restricted is
    /// not ours: nobody is taken out of it.
    public var mappedGroups: [DistinguishedName] {
        Set(groupMap.values.joined()).union(groupsForEveryone).sorted()
    }
}

/// How much one run may take away by itself. Both numbers must be exceeded to trip the brake.
public struct ChangeLimit: Sendable, Equatable {
    /// Of what there is.
    public let percent: Int
    public let count: Int

    public init(percent: Int = 20, count: Int = 10) {
        self.percent = percent
        self.count = count
    }

    public func isExceeded(by changes: Int, of all: Int) -> Bool {
        changes > count && changes * 100 > percent * all
    }
}
