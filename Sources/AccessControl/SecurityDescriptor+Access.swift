public import Directory

/// One right, and what it is about.
public struct AccessRight: Hashable, Sendable {
    /// A single one.
    public let mask: AccessMask
    /// The class, property or extended right; nil for a right that is about the object as a whole.
    public let objectType: GUID?
    /// The property set that the property belongs to (`attributeSecurityGUID`, [MS-ADTS] 3.1.1.2.3.3).
    public let propertySet: GUID?

    public init(_ mask: AccessMask, _ objectType: GUID? = nil, propertySet: GUID? = nil) {
        self.mask = mask
        self.objectType = objectType
        self.propertySet = propertySet
    }

    fileprivate func isMeant(by entry: AccessControlEntry) -> Bool {
        guard entry.mask.contains(mask) else { return false }
        guard let type = entry.objectType else { return true }
        return type == objectType || type == propertySet
    }
}

extension SecurityDescriptor {
    /// The entries that allow or deny, in the order that counts.
    public var accessControlEntries: [AccessControlEntry] { entries.compactMap(AccessControlEntry.init) }
}

extension Sequence<AccessControlEntry> {
    /// Whether the token has the right: the first entry that speaks of it decides, and without one it has not
    /// ([MS-ADTS] 5.1.3.3.1 to 5.1.3.3.4).
    ///
    /// What an owner may do by being the owner is not counted.
    public func grant(_ right: AccessRight, to token: AccessToken) -> Bool {
        first {
            !$0.inheritance.contains(.below) && token.identifiers.contains($0.trustee) && right.isMeant(by: $0)
        }?.allows ?? false
    }

    /// What an object of the class will have of these when it is made directly below ([MS-DTYP] 2.5.3.4.1).
    ///
    /// The default descriptor of its class comes before that and is not among them.
    public func inherited(byChildrenOfClass identifier: GUID) -> [AccessControlEntry] {
        filter {
            $0.inheritance.contains(.containers)
                && ($0.inheritedObjectType == nil || $0.inheritedObjectType == identifier)
        }
        .map {
            AccessControlEntry(
                allows: $0.allows, inheritance: .inherited, mask: $0.mask, objectType: $0.objectType,
                inheritedObjectType: $0.inheritedObjectType, trustee: $0.trustee)
        }
    }
}
