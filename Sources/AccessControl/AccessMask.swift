/// What an entry of an access list allows or denies ([MS-DTYP] 2.4.3, [MS-ADTS] 5.1.3.2).
public struct AccessMask: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let createChild = AccessMask(rawValue: 0x1)
    public static let deleteChild = AccessMask(rawValue: 0x2)
    public static let listContents = AccessMask(rawValue: 0x4)
    public static let validatedWrite = AccessMask(rawValue: 0x8)
    public static let readProperty = AccessMask(rawValue: 0x10)
    public static let writeProperty = AccessMask(rawValue: 0x20)
    public static let deleteTree = AccessMask(rawValue: 0x40)
    public static let listObject = AccessMask(rawValue: 0x80)
    public static let controlAccess = AccessMask(rawValue: 0x100)
    public static let delete = AccessMask(rawValue: 0x1_0000)
    public static let readControl = AccessMask(rawValue: 0x2_0000)
    public static let writeDACL = AccessMask(rawValue: 0x4_0000)
    public static let writeOwner = AccessMask(rawValue: 0x8_0000)

    /// All there are on an object of the directory.
    public static let everything: AccessMask = [
        .createChild, .deleteChild, .listContents, .validatedWrite, .readProperty, .writeProperty, .deleteTree,
        .listObject, .controlAccess, .delete, .readControl, .writeDACL, .writeOwner,
    ]

    /// The generic rights as an object of the directory understands them ([MS-ADTS] 5.1.3.2).
    var specific: AccessMask {
        var result = self
        if rawValue & 0x1000_0000 != 0 { result.formUnion(.everything) }
        if rawValue & 0x8000_0000 != 0 {
            result.formUnion([.readControl, .listContents, .readProperty, .listObject])
        }
        if rawValue & 0x4000_0000 != 0 { result.formUnion([.readControl, .writeProperty, .validatedWrite]) }
        if rawValue & 0x2000_0000 != 0 { result.formUnion([.readControl, .listContents]) }
        return result.intersection(.everything)
    }

    /// As SDDL has them ([MS-DTYP] 2.5.1.1).
    static let letters: [(AccessMask, String)] = [
        (.createChild, "CC"), (.deleteChild, "DC"), (.listContents, "LC"), (.validatedWrite, "SW"),
        (.readProperty, "RP"), (.writeProperty, "WP"), (.deleteTree, "DT"), (.listObject, "LO"),
        (.controlAccess, "CR"), (.delete, "SD"), (.readControl, "RC"), (.writeDACL, "WD"), (.writeOwner, "WO"),
    ]
}
