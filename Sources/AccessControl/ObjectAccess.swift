public import Directory
public import DistinguishedNames

/// What can be seen of who may do what to one object.
public struct ObjectAccess: Sendable {
    public let name: DistinguishedName
    /// Nil when the account may not read the access list.
    public let entries: [AccessControlEntry]?
    /// Whether it inherits nothing from what it is in, as far as the access list may be read.
    public let isProtected: Bool
    /// What the server says this connection may write (`allowedAttributesEffective`, [MS-ADTS] 3.1.1.4.5.22); nil when it
    /// does not say. Never an attribute that is ``AttributeSchema/isSystemOnly``.
    public let writableAttributes: Set<AttributeName>?
    /// The classes of which this connection may create objects below (`allowedChildClassesEffective`, 3.1.1.4.5.20), in
    /// lower case.
    public let creatableClasses: Set<String>
    /// Whether this connection may change the access list (`sDRightsEffective`, 3.1.1.4.5.4).
    public let mayChangePermissions: Bool

    public init(
        name: DistinguishedName, entries: [AccessControlEntry]?, isProtected: Bool = false,
        writableAttributes: Set<AttributeName>?, creatableClasses: Set<String>, mayChangePermissions: Bool
    ) {
        self.name = name
        self.entries = entries
        self.isProtected = isProtected
        self.writableAttributes = writableAttributes
        self.creatableClasses = creatableClasses
        self.mayChangePermissions = mayChangePermissions
    }
}

/// An attribute as the schema has it.
public struct AttributeSchema: Hashable, Sendable {
    public let name: AttributeName
    /// `schemaIDGUID`.
    public let identifier: GUID
    /// `attributeSecurityGUID`.
    public let propertySet: GUID?
    /// `systemOnly`: changed by other requests than a modify, as `name` is by a rename.
    public let isSystemOnly: Bool

    public init(name: AttributeName, identifier: GUID, propertySet: GUID?, isSystemOnly: Bool) {
        self.name = name
        self.identifier = identifier
        self.propertySet = propertySet
        self.isSystemOnly = isSystemOnly
    }

    public func right(_ mask: AccessMask) -> AccessRight { AccessRight(mask, identifier, propertySet: propertySet) }
}
