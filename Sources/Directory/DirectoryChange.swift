public import DistinguishedNames

/// Which user a change is for. Both names of it, because a rename needs the DN and everything else survives one by GUID.
public struct UserReference: Sendable, Hashable {
    /// Nil for a user that the same run creates.
    public let guid: GUID?
    public let name: DistinguishedName

    public init(guid: GUID?, name: DistinguishedName) {
        self.guid = guid
        self.name = name
    }
}

/// A user to be created: always disabled, never with a password.
public struct NewUser: Sendable, Equatable {
    public let name: DistinguishedName
    public let accountName: String
    public let userPrincipalName: String
    public let expiry: AccountExpiry
    public let attributes: [AttributeReplacement]

    public init(
        name: DistinguishedName, accountName: String, userPrincipalName: String, expiry: AccountExpiry,
        attributes: [AttributeReplacement]
    ) {
        self.name = name
        self.accountName = accountName
        self.userPrincipalName = userPrincipalName
        self.expiry = expiry
        self.attributes = attributes
    }
}

/// The whole new value of one attribute; `.none` removes it.
public struct AttributeReplacement: Sendable, Equatable {
    public let name: AttributeName
    public let old: AttributeValues
    public let new: AttributeValues

    public init(name: AttributeName, old: AttributeValues, new: AttributeValues) {
        self.name = name
        self.old = old
        self.new = new
    }
}

/// A new expiry; the old one is what was read, and nothing that the change depends on.
public struct ExpiryReplacement: Sendable, Equatable {
    public let old: AccountExpiry
    public let new: AccountExpiry

    public init(old: AccountExpiry, new: AccountExpiry) {
        self.old = old
        self.new = new
    }
}

/// New values for some attributes of a user, and for its expiry; what is not mentioned stays.
public struct UserUpdate: Sendable, Equatable {
    public let replacements: [AttributeReplacement]
    /// Nil leaves it as it is.
    public let expiry: ExpiryReplacement?

    public init(replacements: [AttributeReplacement], expiry: ExpiryReplacement? = nil) {
        self.replacements = replacements
        self.expiry = expiry
    }

    public var isEmpty: Bool { replacements.isEmpty && expiry == nil }
}

/// How an account is opened.
public struct Enabling: Sendable, Hashable {
    /// Nil keeps the password that is set.
    public let password: Secret?
    public let mustChangePassword: Bool
    public let cannotChangePassword: Bool

    public init(password: Secret?, mustChangePassword: Bool, cannotChangePassword: Bool) {
        self.password = password
        self.mustChangePassword = mustChangePassword
        self.cannotChangePassword = cannotChangePassword
    }
}

/// One thing to be made true in the directory; it happens as a whole or fails as a whole.
public enum DirectoryChange: Sendable, Equatable {
    case create(NewUser)
    case update(UserReference, UserUpdate)
    case rename(UserReference, to: RelativeDistinguishedName)
    /// Into another container, under a new name.
    case move(UserReference, to: DistinguishedName)
    /// `accountControl` is what the account is believed to hold; when it does not any more, the change fails.
    case disable(UserReference, accountControl: UInt32)
    /// `accountControl` nil: of a user created in this run, whose value is known.
    case enable(UserReference, accountControl: UInt32?, Enabling)
    case join(UserReference, group: DirectoryGroupReference)
    case leave(UserReference, group: DirectoryGroupReference)
}

extension DirectoryChange {
    /// The existing account it is for; nil for a creation.
    public var user: UserReference? {
        switch self {
        case .create: nil
        case .update(let user, _), .rename(let user, _), .move(let user, _), .disable(let user, _),
            .enable(let user, _, _), .join(let user, _), .leave(let user, _):
            user
        }
    }
}

extension DirectoryChange {
    /// The group that somebody joins by it.
    public var joinedGroup: DirectoryGroupReference? {
        if case .join(_, let group) = self { group } else { nil }
    }
}

public struct DirectoryGroupReference: Sendable, Hashable {
    public let guid: GUID
    public let name: DistinguishedName

    public init(guid: GUID, name: DistinguishedName) {
        self.guid = guid
        self.name = name
    }
}
