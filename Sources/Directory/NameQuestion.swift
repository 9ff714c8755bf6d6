public import DistinguishedNames

/// Names somebody is to get: are they free in the domain?
public struct NameQuestion: Sendable, Hashable {
    public let accountName: String
    public let userPrincipalName: String?
    /// The name the object would stand under.
    public let name: DistinguishedName

    public init(accountName: String, userPrincipalName: String?, name: DistinguishedName) {
        self.accountName = accountName
        self.userPrincipalName = userPrincipalName
        self.name = name
    }
}

/// An object that holds a name somebody is to get.
public struct NameHolder: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case user
        case group
        case computer
        case other = "object"
    }

    public let guid: GUID
    public let name: DistinguishedName
    public let kind: Kind
    /// Nil for objects without one, such as contacts.
    public let accountName: String?
    public let userPrincipalName: String?
    public let accountControl: UInt32
    public let stamp: AnchorStamp
    public let protection: AccountProtection?
    /// What makes the account more than a person's: a service principal name, delegation flags, memberships.
    public let entanglements: [Entanglement]

    public enum Entanglement: Sendable, Hashable {
        case servicePrincipalName(String)
        case trustedForDelegation
        case member(of: DistinguishedName)
    }

    public init(
        guid: GUID, name: DistinguishedName, kind: Kind, accountName: String?, userPrincipalName: String?,
        accountControl: UInt32, stamp: AnchorStamp, protection: AccountProtection?, entanglements: [Entanglement]
    ) {
        self.guid = guid
        self.name = name
        self.kind = kind
        self.accountName = accountName
        self.userPrincipalName = userPrincipalName
        self.accountControl = accountControl
        self.stamp = stamp
        self.protection = protection
        self.entanglements = entanglements
    }
}
