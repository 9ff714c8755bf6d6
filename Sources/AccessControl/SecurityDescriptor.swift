/// The discretionary access list of a self-relative security descriptor ([MS-DTYP] 2.4.6), and, where it was read with
/// it, the owner.
public struct SecurityDescriptor: Hashable, Sendable {
    private var control: UInt16
    private var revision: UInt8
    /// As they are stored.
    var entries: [[UInt8]]

    /// - Returns: nil when the octets are no descriptor with an access list.
    public init?(_ octets: [UInt8]) {
        guard octets.count >= 20, octets[0] == 1 else { return nil }
        control = octets.littleEndian16(at: 2)
        let start = Int(octets.littleEndian32(at: 16))
        guard control & Self.accessListPresent != 0, start >= 20, start + 8 <= octets.count else { return nil }
        revision = octets[start]
        let end = start + Int(octets.littleEndian16(at: start + 2))
        let count = Int(octets.littleEndian16(at: start + 4))
        guard end <= octets.count else { return nil }
        entries = []
        var position = start + 8
        for _ in 0..<count {
            guard position + 4 <= end else { return nil }
            let size = Int(octets.littleEndian16(at: position + 2))
            guard size >= 8, position + size <= end else { return nil }
            entries.append(Array(octets[position..<(position + size)]))
            position += size
        }
    }

    /// A descriptor that holds the access list and nothing else: owner, group and audit list stay as they are when it is
    /// written with the matching LDAP_SERVER_SD_FLAGS_OID.
    public var octets: [UInt8] {
        let list = entries.joined()
        let header: [UInt8] =
            [1, 0] + (control | Self.selfRelative).littleEndianOctets + [UInt8](repeating: 0, count: 12)
            + UInt32(20).littleEndianOctets
        return header + [revision, 0] + UInt16(Self.headerSize + list.count).littleEndianOctets
            + UInt16(entries.count).littleEndianOctets + [0, 0] + list
    }

    /// Whether the two entries that forbid it are there.
    public var forbidsPasswordChange: Bool {
        Self.passwordChangeDenials.allSatisfy { entries.contains($0) }
    }

    /// Denies "Change Password" to SELF and Everyone, as the checkbox of Microsoft's tools does. Denials come first: an
    /// access list is read from the top.
    ///
    /// - Returns: false where the list has no room left for them, and stays as it was.
    public mutating func forbidPasswordChange() -> Bool {
        let others = entries.filter { !Self.isPasswordChangeEntry($0) || Self.isInherited($0) }
        let wanted = Self.passwordChangeDenials + others
        guard Self.headerSize + wanted.lazy.map(\.count).reduce(0, +) <= UInt16.max else { return false }
        entries = wanted
        // Entries for object rights need the directory services revision ([MS-DTYP] 2.4.5).
        revision = 4
        return true
    }

    /// Whether nothing is inherited into the access list (SE_DACL_PROTECTED).
    public var isProtected: Bool { control & Self.accessListProtected != 0 }

    private static func isPasswordChangeEntry(_ entry: [UInt8]) -> Bool {
        guard entry.count > 28, [allowObject, denyObject].contains(entry[0]), entry.littleEndian32(at: 8) == 1,
            Array(entry[12..<28]) == changePasswordRight, let trustee = SecurityIdentifier(entry[28...])
        else { return false }
        return trustee == .principalSelf || trustee == .everyone
    }

    private static func isInherited(_ entry: [UInt8]) -> Bool { entry[1] & 0x10 != 0 }

    private static let passwordChangeDenials: [[UInt8]] = [SecurityIdentifier.principalSelf, .everyone].map { trustee in
        let body: [UInt8] =
            UInt32(0x100).littleEndianOctets  // ADS_RIGHT_DS_CONTROL_ACCESS
            + UInt32(1).littleEndianOctets  // an object type follows
            + changePasswordRight + trustee.octets
        return [denyObject, 0] + UInt16(4 + body.count).littleEndianOctets + body
    }

    /// User-Change-Password, ab721a53-1e2f-11d0-9819-00aa0040529b ([MS-ADTS] 5.1.3.2.1), in directory order.
    private static let changePasswordRight: [UInt8] = [
        0x53, 0x1a, 0x72, 0xab, 0x2f, 0x1e, 0xd0, 0x11, 0x98, 0x19, 0x00, 0xaa, 0x00, 0x40, 0x52, 0x9b,
    ]
    /// Of an access list; the whole of it has a length of 16 bits ([MS-DTYP] 2.4.5).
    private static let headerSize = 8
    private static let allowObject: UInt8 = 5
    private static let denyObject: UInt8 = 6
    private static let accessListPresent: UInt16 = 0x0004
    private static let accessListProtected: UInt16 = 0x1000
    private static let selfRelative: UInt16 = 0x8000
}

extension [UInt8] {
    func littleEndian16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }

    func littleEndian32(at offset: Int) -> UInt32 {
        UInt32(littleEndian16(at: offset)) | UInt32(littleEndian16(at: offset + 2)) << 16
    }
}

extension FixedWidthInteger {
    fileprivate var littleEndianOctets: [UInt8] {
        (0..<(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> Self($0 * 8)) }
    }
}
