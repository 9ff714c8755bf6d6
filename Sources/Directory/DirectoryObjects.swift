public import DistinguishedNames

/// What a run needs to know about a domain.
public struct Domain: Sendable, Equatable {
    public let name: DistinguishedName
    /// `target.test`.
    public let dnsName: String
    /// The `objectGUID` of the domain head: survives a rename of the domain.
    public let guid: GUID
    /// The domain controller that answered.
    public let server: String
    /// That controller's highest committed update sequence number ([MS-ADTS] 3.1.1.3.2.26).
    public let highestCommittedUSN: Int64
    /// That controller's clock when it was asked; nil where it does not tell.
    public let currentTime: Timestamp?
    public let passwordPolicy: PasswordPolicy
    /// What stands behind the @ of a principal name that is made here; ``dnsName`` unless somebody wants another.
    public private(set) var principalNameSuffix: String

    public init(
        name: DistinguishedName, dnsName: String, guid: GUID, server: String, highestCommittedUSN: Int64,
        currentTime: Timestamp? = nil, passwordPolicy: PasswordPolicy
    ) {
        self.name = name
        self.dnsName = dnsName
        self.guid = guid
        self.server = server
        self.highestCommittedUSN = highestCommittedUSN
        self.currentTime = currentTime
        self.passwordPolicy = passwordPolicy
        principalNameSuffix = dnsName
    }

    /// Whether principal names that are made here are not those that every account has anyway.
    public var makesOtherPrincipalNames: Bool { principalNameSuffix != dnsName }

    /// - Parameter suffix: nil for ``dnsName``.
    public func makingPrincipalNames(with suffix: String?) -> Domain {
        var copy = self
        copy.principalNameSuffix = suffix ?? dnsName
        return copy
    }
}

/// A container users live in.
public struct Container: Sendable, Equatable {
    public let name: DistinguishedName
    public let guid: GUID
    /// The account that reads may create users here, or move them here, as far as the directory tells:
    /// `allowedChildClassesEffective` ([MS-ADTS] 3.1.1.4.5).
    public let takesUsers: Bool

    public init(name: DistinguishedName, guid: GUID, takesUsers: Bool) {
        self.name = name
        self.guid = guid
        self.takesUsers = takesUsers
    }
}

/// Why an account must not be touched by a sync.
public enum AccountProtection: String, Sendable, Hashable {
    /// `adminCount` is 1: AD's AdminSDHolder guards it ([MS-ADTS] 3.1.1.6.1).
    case adminCount = "it is or was a member of a privileged group (adminCount)"
    case privilegedPrimaryGroup = "its primary group has power over the domain"
    case criticalSystemObject = "the directory marks it as a critical system object"
    case trustOrMachine = "it is a machine or trust account"
    case ownAccount = "it is the account this tool signs in with"
}

/// A user account as the directory holds it.
///
/// A class, so that a user is handed on as one reference: there are a hundred thousand of them, and a plan names each many
/// times.
public final class DirectoryUser: Sendable {
    public let guid: GUID
    public let name: DistinguishedName
    public let commonName: String
    public let accountName: String
    public let userPrincipalName: String?
    /// `userAccountControl` as it stands; kept whole so that a change can name the value it replaces.
    public let accountControl: UInt32
    public let isDisabled: Bool
    public let expiry: AccountExpiry
    /// False while `pwdLastSet` is 0: no password was ever set, or it must be changed at the next logon.
    public let hasCurrentPassword: Bool
    public let stamp: AnchorStamp
    public let protection: AccountProtection?
    /// The groups asked for that the user is a direct member of.
    public let groups: Set<GUID>
    /// The attributes asked for.
    public let attributes: AttributeRow
    /// `primaryGroupID`: the ``DirectoryGroup/relativeIdentifier`` of a group that `memberOf` does not name; nil where that
    /// may not be read.
    public let primaryGroup: UInt32?

    public init(
        guid: GUID, name: DistinguishedName, commonName: String, accountName: String, userPrincipalName: String?,
        accountControl: UInt32, isDisabled: Bool, expiry: AccountExpiry, hasCurrentPassword: Bool, stamp: AnchorStamp,
        protection: AccountProtection?, groups: Set<GUID>, attributes: AttributeRow, primaryGroup: UInt32? = nil
    ) {
        self.guid = guid
        self.name = name
        self.commonName = commonName
        self.accountName = accountName
        self.userPrincipalName = userPrincipalName
        self.accountControl = accountControl
        self.isDisabled = isDisabled
        self.expiry = expiry
        self.hasCurrentPassword = hasCurrentPassword
        self.stamp = stamp
        self.protection = protection
        self.groups = groups
        self.attributes = attributes
        self.primaryGroup = primaryGroup
    }
}

extension DirectoryUser: Equatable {
    /// Whether every field is the same; that it is one and the same object only makes the answer quicker.
    public static func == (left: DirectoryUser, right: DirectoryUser) -> Bool {
        if left === right { return true }
        return left.guid == right.guid && left.name == right.name && left.commonName == right.commonName
            && left.accountName == right.accountName && left.userPrincipalName == right.userPrincipalName
            && left.accountControl == right.accountControl && left.isDisabled == right.isDisabled
            && left.expiry == right.expiry && left.hasCurrentPassword == right.hasCurrentPassword
            && left.stamp == right.stamp && left.protection == right.protection && left.groups == right.groups
            && left.attributes == right.attributes
    }
}

/// A group named in a configuration.
public struct DirectoryGroup: Sendable, Equatable {
    public let guid: GUID
    public let name: DistinguishedName
    public let commonName: String
    /// The chain from this group up to a built-in group with power over the domain; nil when there is none.
    public let privilegedThrough: [DistinguishedName]?
    /// The last part of its security identifier, which accounts name it by as their primary group; nil for built-in groups,
    /// which are nobody's.
    public let relativeIdentifier: UInt32?

    public init(
        guid: GUID, name: DistinguishedName, commonName: String, privilegedThrough: [DistinguishedName]?,
        relativeIdentifier: UInt32? = nil
    ) {
        self.guid = guid
        self.name = name
        self.commonName = commonName
        self.privilegedThrough = privilegedThrough
        self.relativeIdentifier = relativeIdentifier
    }

    public var reference: DirectoryGroupReference { DirectoryGroupReference(guid: guid, name: name) }
}
