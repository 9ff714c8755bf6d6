public import AccessControl
public import Directory

/// One thing the account must be allowed, and what for.
public struct NeededRight: Hashable, Sendable {
    public enum Permission: Hashable, Sendable {
        /// Below the managed container.
        case createUsers
        /// Of users.
        case read(AttributeSchema)
        /// Of users.
        case write(AttributeSchema)
        /// Of users, without the old one (User-Force-Change-Password, [MS-ADTS] 5.1.3.2.1).
        case resetPasswords
        /// Of users: the access list.
        case readPermissions
        /// Of users: the access list.
        case changePermissions
        /// Of a mapped group.
        case writeMembers
        /// Of an account that is to leave its place: a move deletes there ([MS-ADTS] 3.1.1.5.4.1.1).
        case delete
    }

    public let permission: Permission
    /// What does not work without it, to follow "to".
    public let purpose: String

    public init(_ permission: Permission, to purpose: String) {
        self.permission = permission
        self.purpose = purpose
    }
}

extension NeededRight.Permission: CustomStringConvertible {
    public var description: String {
        switch self {
        case .createUsers: "create users"
        case .read(let attribute): "read \(attribute.name)"
        case .write(let attribute): "write \(attribute.name)"
        case .resetPasswords: "reset passwords"
        case .readPermissions: "read permissions"
        case .changePermissions: "change permissions"
        case .writeMembers: "write member"
        case .delete: "delete"
        }
    }

    /// As an access list has it.
    var right: AccessRight {
        switch self {
        case .createUsers: AccessRight(.createChild, .userClass)
        case .read(let attribute): attribute.right(.readProperty)
        case .write(let attribute): attribute.right(.writeProperty)
        case .resetPasswords: AccessRight(.controlAccess, .resetPasswordRight)
        case .readPermissions: AccessRight(.readControl)
        case .changePermissions: AccessRight(.writeDACL)
        case .writeMembers: AccessRight(.writeProperty, .memberAttribute, propertySet: .membershipPropertySet)
        case .delete: AccessRight(.delete)
        }
    }
}

extension GUID {
    /// `user`, as `schemaIDGUID` has it in every schema ([MS-ADSC]).
    public static let userClass = GUID(fixed: "bf967aba-0de6-11d0-a285-00aa003049e2")
    /// `member` ([MS-ADA2]).
    static let memberAttribute = GUID(fixed: "bf9679c0-0de6-11d0-a285-00aa003049e2")
    /// The property set Membership ([MS-ADTS] 3.1.1.2.3.3).
    static let membershipPropertySet = GUID(fixed: "bc0ac240-79a9-11d0-9020-00c04fc2d4cf")
    /// User-Force-Change-Password ([MS-ADTS] 5.1.3.2.1).
    static let resetPasswordRight = GUID(fixed: "00299570-246d-11d0-a768-00aa006e0529")
    /// DS-Replication-Get-Changes-All ([MS-ADTS] 5.1.3.2.1): the password hashes of everybody.
    static let replicationOfSecrets = GUID(fixed: "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2")

    private init(fixed text: String) {
        guard let identifier = GUID(text) else { preconditionFailure("\(text) is no GUID") }
        self = identifier
    }
}
