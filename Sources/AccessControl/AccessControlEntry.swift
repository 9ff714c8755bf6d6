public import Directory

/// One entry of an access list that allows or denies ([MS-DTYP] 2.4.4.2 to 2.4.4.5).
public struct AccessControlEntry: Hashable, Sendable {
    /// How it reaches what is below ([MS-DTYP] 2.4.4.1).
    public struct Inheritance: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Objects of the directory all count as containers.
        public static let containers = Inheritance(rawValue: 0x02)
        public static let noFurther = Inheritance(rawValue: 0x04)
        /// It does not count where it stands, only below.
        public static let below = Inheritance(rawValue: 0x08)
        public static let inherited = Inheritance(rawValue: 0x10)
    }

    public let allows: Bool
    public let inheritance: Inheritance
    public let mask: AccessMask
    /// The class, property, property set or extended right that it is about; nil for all.
    public let objectType: GUID?
    /// The class of the objects below that inherit it; nil for all.
    public let inheritedObjectType: GUID?
    public let trustee: SecurityIdentifier

    public init(
        allows: Bool = true, inheritance: Inheritance = [], mask: AccessMask, objectType: GUID? = nil,
        inheritedObjectType: GUID? = nil, trustee: SecurityIdentifier
    ) {
        self.allows = allows
        self.inheritance = inheritance
        self.mask = mask
        self.objectType = objectType
        self.inheritedObjectType = inheritedObjectType
        self.trustee = trustee
    }

    /// - Returns: nil for entries of other kinds: for callbacks, audit and labels.
    init?(_ octets: [UInt8]) {
        guard octets.count >= 16 else { return nil }
        let isObjectEntry: Bool
        switch octets[0] {
        case 0: (allows, isObjectEntry) = (true, false)
        case 1: (allows, isObjectEntry) = (false, false)
        case 5: (allows, isObjectEntry) = (true, true)
        case 6: (allows, isObjectEntry) = (false, true)
        default: return nil
        }
        inheritance = Inheritance(rawValue: octets[1] & 0x1E)
        mask = AccessMask(rawValue: octets.littleEndian32(at: 4)).specific
        var position = 8
        var types: [GUID?] = [nil, nil]
        if isObjectEntry {
            let present = octets.littleEndian32(at: 8)
            position = 12
            for index in 0..<2 where present & (1 << UInt32(index)) != 0 {
                guard position + 16 <= octets.count else { return nil }
                types[index] = GUID(directoryBytes: Array(octets[position..<(position + 16)]))
                position += 16
            }
        }
        // An entry may be longer than what it holds.
        guard position + 8 <= octets.count, case let end = position + 8 + 4 * Int(octets[position + 1]),
            end <= octets.count, let trustee = SecurityIdentifier(octets[position..<end])
        else { return nil }
        objectType = types[0]
        inheritedObjectType = types[1]
        self.trustee = trustee
    }
}

extension AccessControlEntry: CustomStringConvertible {
    /// In SDDL ([MS-DTYP] 2.5.1.1).
    public var description: String {
        let isObjectEntry = objectType != nil || inheritedObjectType != nil
        let kind = (isObjectEntry ? "O" : "") + (allows ? "A" : "D")
        let flags = [(Inheritance.containers, "CI"), (.noFurther, "NP"), (.below, "IO"), (.inherited, "ID")]
            .filter { inheritance.contains($0.0) }.map(\.1).joined()
        let rights = AccessMask.letters.filter { mask.contains($0.0) }.map(\.1).joined()
        let types = [objectType, inheritedObjectType].map { $0?.description ?? "" }
        return "(\(kind);\(flags);\(rights);\(types[0]);\(types[1]);\(trustee))"
    }
}
