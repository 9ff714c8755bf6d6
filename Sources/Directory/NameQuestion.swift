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
    public enum Kind: Sendable, Equatable {
        /// A person's account, read like any other, so that a take-over knows what it changes.
        case user(DirectoryUser, [Entanglement])
        case group
        case computer
        /// A contact, an organizational unit, …
        case other
    }

    /// What makes an account more than one person's key to the mapped groups.
    public enum Entanglement: Sendable, Hashable {
        case servicePrincipalName(String)
        case trustedForDelegation
        /// A primary group other than Domain Users: the last part of its identifier.
        case primaryGroup(UInt32)
        /// A membership outside the groups that were asked for.
        case member(of: DistinguishedName)
    }

    public let guid: GUID
    public let name: DistinguishedName
    public let kind: Kind
    /// Nil for objects without one, such as contacts.
    public let accountName: String?
    public let userPrincipalName: String?

    public init(
        guid: GUID, name: DistinguishedName, kind: Kind, accountName: String?, userPrincipalName: String?
    ) {
        self.guid = guid
        self.name = name
        self.kind = kind
        self.accountName = accountName
        self.userPrincipalName = userPrincipalName
    }
}
