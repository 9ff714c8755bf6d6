import AccessControl
import Directory
import Testing

/// The rule of [MS-ADTS] 5.1.3.3, on access lists as they stand in a directory.
@Suite struct AccessControlTests {
    static let account = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 1103)
    static let group = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 1200)
    static let stranger = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 1300)
    static let user = GUID("bf967aba-0de6-11d0-a285-00aa003049e2")
    static let mail = GUID("bf967961-0de6-11d0-a285-00aa003049e2")
    static let sn = GUID("bf967a41-0de6-11d0-a285-00aa003049e2")
    /// Public-Information, which mail is part of.
    static let publicInformation = GUID("e48d0154-bcf8-11d1-8702-00c04fb96050")

    let token: AccessToken

    init() throws { token = try #require(AccessToken([Self.account, Self.group])) }

    private func entry(
        _ allows: Bool, _ mask: AccessMask, _ type: GUID? = nil, _ trustee: SecurityIdentifier = account,
        _ inheritance: AccessControlEntry.Inheritance = [], for inheritedType: GUID? = nil
    ) -> AccessControlEntry {
        AccessControlEntry(
            allows: allows, inheritance: inheritance, mask: mask, objectType: type, inheritedObjectType: inheritedType,
            trustee: trustee)
    }

    private static let writeMail = AccessRight(.writeProperty, mail, propertySet: publicInformation)

    @Test("Without an entry that speaks of it, a right is not there")
    func silence() {
        #expect(![].grant(Self.writeMail, to: token))
        #expect(![entry(true, .readProperty)].grant(Self.writeMail, to: token))
        #expect(![entry(true, .writeProperty, Self.sn)].grant(Self.writeMail, to: token))
        #expect(![entry(true, .writeProperty, nil, Self.stranger)].grant(Self.writeMail, to: token))
    }

    @Test(
        "All properties, the property set, and the property itself grant it", arguments: [nil, publicInformation, mail])
    func granting(type: GUID?) {
        #expect([entry(true, .writeProperty, type)].grant(Self.writeMail, to: token))
    }

    @Test(
        "To the account, its groups, Everyone and the authenticated users",
        arguments: [account, group, .everyone, .authenticatedUsers])
    func trustees(trustee: SecurityIdentifier) {
        #expect([entry(true, .writeProperty, nil, trustee)].grant(Self.writeMail, to: token))
    }

    @Test("The first entry that speaks of it decides")
    func order() {
        let denial = entry(false, .writeProperty, Self.mail, Self.group)
        let grant = entry(true, .writeProperty)
        #expect(![denial, grant].grant(Self.writeMail, to: token))
        #expect([grant, denial].grant(Self.writeMail, to: token))
        #expect([denial, grant].grant(AccessRight(.writeProperty, Self.sn), to: token))
    }

    @Test("What is for the objects below does not count where it stands")
    func inheritOnly() {
        let below = [entry(true, .writeProperty, nil, Self.account, [.containers, .below], for: Self.user)]
        #expect(!below.grant(Self.writeMail, to: token))
        let ofUsers = Self.user.map { below.inherited(byChildrenOfClass: $0) } ?? []
        #expect(ofUsers.grant(Self.writeMail, to: token))
    }

    @Test("What is for another class, or for no container, is not inherited")
    func notInherited() throws {
        let user = try #require(Self.user)
        let entries = [
            entry(true, .writeProperty, nil, Self.account, [.containers], for: Self.mail),
            entry(true, .writeProperty, nil, Self.account, []),
        ]
        #expect(entries.inherited(byChildrenOfClass: user).isEmpty)
    }

    @Test(
        "Entries read from octets are told in SDDL",
        arguments: [
            (
                "0500380020000000010000006179" + "96bfe60dd011a28500aa003049e2"
                    + "010500000000000515000000010000000200000003000000" + "4f040000",
                "(OA;;WP;bf967961-0de6-11d0-a285-00aa003049e2;;S-1-5-21-1-2-3-1103)"
            ),
            ("00001400ff010f00010100000000000100000000", "(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;S-1-1-0)"),
            // GENERIC_ALL and a denial, inherited.
            ("01121400000000100101000000000001" + "00000000", "(D;CIID;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;S-1-1-0)"),
        ])
    func reading(octets: String, sddl: String) throws {
        let entry = stride(from: 0, to: octets.count, by: 2).compactMap { start in
            UInt8(octets.dropFirst(start).prefix(2), radix: 16)
        }
        let list: [UInt8] = [4, 0] + UInt16(8 + entry.count).octets + [1, 0, 0, 0] + entry
        let header: [UInt8] = [1, 0, 0x04, 0x80] + [UInt8](repeating: 0, count: 12) + [20, 0, 0, 0]
        let descriptor = try #require(SecurityDescriptor(header + list))
        #expect(descriptor.accessControlEntries.map(\.description) == [sddl])
    }

    @Test("A token without identifiers is none; privileged groups show")
    func tokens() throws {
        #expect(AccessToken([]) == nil)
        #expect(token.privileged.isEmpty)
        let admins = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 512)
        #expect(AccessToken([Self.account, admins])?.privileged == [admins])
    }
}

extension UInt16 {
    fileprivate var octets: [UInt8] { [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)] }
}
