/// A security identifier, as its octets are stored ([MS-DTYP] 2.4.2.2).
public struct SecurityIdentifier: Hashable, Sendable, CustomStringConvertible {
    public let authority: UInt64
    public let subauthorities: [UInt32]

    public init(authority: UInt64, _ subauthorities: UInt32...) {
        self.authority = authority
        self.subauthorities = subauthorities
    }

    /// - Returns: nil unless the octets are exactly one identifier.
    public init?(_ octets: some Collection<UInt8>) {
        let octets = Array(octets)
        guard octets.count >= 8, octets[0] == 1, octets.count == 8 + 4 * Int(octets[1]) else { return nil }
        authority = octets[2..<8].reduce(0) { $0 << 8 | UInt64($1) }
        subauthorities = stride(from: 8, to: octets.count, by: 4).map { start in
            octets[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    public var octets: [UInt8] {
        [1, UInt8(subauthorities.count)]
            + (0..<6).map { UInt8(truncatingIfNeeded: authority >> (40 - 8 * UInt64($0))) }
            + subauthorities.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) } }
    }

    public var description: String {
        (["S", "1", String(authority)] + subauthorities.map(String.init)).joined(separator: "-")
    }

    /// `NT AUTHORITY\SELF`.
    public static let principalSelf = SecurityIdentifier(authority: 5, 10)
    /// `Everyone`.
    public static let everyone = SecurityIdentifier(authority: 1, 0)
    /// `NT AUTHORITY\Authenticated Users`.
    public static let authenticatedUsers = SecurityIdentifier(authority: 5, 11)

    /// Whether a group of this identifier has power over the domain ([MS-DTYP] 2.4.2.4; the groups AdminSDHolder guards,
    /// [MS-ADTS] 3.1.1.6.1.2, and those that lead to the same).
    public var isPrivileged: Bool {
        switch (authority, subauthorities.first, subauthorities.last) {
        case (5, 32?, let identifier?): Self.builtInPrivileged.contains(identifier)
        case (5, 21?, let identifier?): subauthorities.count == 5 && Self.domainPrivileged.contains(identifier)
        default: false
        }
    }

    /// The last part of the identifier of an account or group of a domain; nil for what every machine has.
    public var domainRelative: UInt32? {
        authority == 5 && subauthorities.first == 21 && subauthorities.count == 5 ? subauthorities.last : nil
    }

    /// The same for a group of the domain, by the last part of its identifier.
    public static func isPrivileged(domainGroup identifier: UInt32) -> Bool { domainPrivileged.contains(identifier) }

    /// Administrators, Account, Server, Print and Backup Operators, Replicator, Incoming Forest Trust Builders, Hyper-V
    /// Administrators. And those that sign in to domain controllers, or change how these work: Remote Desktop Users,
    /// Network Configuration Operators, Distributed COM Users, Cryptographic Operators, Remote Management Users, Storage
    /// Replica Administrators.
    private static let builtInPrivileged: Set<UInt32> = [
        544, 548, 549, 550, 551, 552, 557, 578, 555, 556, 562, 569, 580, 582,
    ]
    /// Enterprise Read-only DCs, Domain Admins, DCs, Cert Publishers, Schema Admins, Enterprise Admins, Group Policy
    /// Creator Owners, Read-only DCs, Key Admins, Enterprise Key Admins.
    private static let domainPrivileged: Set<UInt32> = [498, 512, 516, 517, 518, 519, 520, 521, 526, 527]
}
