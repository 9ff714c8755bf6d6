public import Directory
public import DistinguishedNames

/// A user account in the in-memory directory.
public struct Account: Sendable {
    public var guid: GUID
    public var name: DistinguishedName
    public var accountName: String
    public var userPrincipalName: String?
    public var accountControl: UInt32
    public var expiry: AccountExpiry
    public var password: Secret?
    public var mustChangePassword = false
    public var cannotChangePassword = false
    public var attributes: [AttributeName: AttributeValues]
    public var protection: AccountProtection?
    public var entanglements: [NameHolder.Entanglement] = []
    /// Common names of the groups it is a direct member of.
    public var groups: Set<String>

    public var commonName: String { name.leaf?.value ?? "" }
    public var isDisabled: Bool { accountControl & Self.disabledFlag != 0 }
    public var anchor: Anchor? { attributes["adminDescription"]?.all.first?.text.flatMap(Anchor.init(stamp:)) }

    static let normalAccount: UInt32 = 0x200
    static let disabledFlag: UInt32 = 0x2
}

/// An account: enabled, with a password, of the usual expiry and principal name, and directly in the managed container
/// unless it is said otherwise. `id` is the person's number, whose anchor it is stamped with; nil for none.
public func account(
    _ id: Int?, _ commonName: String, _ accountName: String, in groups: Set<String> = [], disabled: Bool = false,
    expires: AccountExpiry = Fixture.usualEnd, principalName: String? = "derived", password: Secret? = Secret("old"),
    stamp: String? = nil, at parent: DistinguishedName = Fixture.containerName, protection: AccountProtection? = nil,
    entanglements: [NameHolder.Entanglement] = [], _ attributes: KeyValuePairs<AttributeName, AttributeValues> = [:]
) -> Account {
    var all = Dictionary(attributes.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    if let text = stamp ?? id.map({ Fixture.anchor($0).description }) { all["adminDescription"] = .one(.text(text)) }
    let number = NameKey(accountName).description.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF_FFFF }
    return Account(
        guid: .numbered(number, series: 0xD), name: parent.appending(.commonName(commonName)),
        accountName: accountName,
        userPrincipalName: principalName == "derived" ? "\(accountName)@target.test" : principalName,
        accountControl: Account.normalAccount | (disabled ? Account.disabledFlag : 0), expiry: expires,
        password: password, attributes: all, protection: protection, entanglements: entanglements, groups: groups)
}

/// A group, computer or contact in the in-memory directory.
public struct OtherObject: Sendable {
    public var guid: GUID
    public var name: DistinguishedName
    public var kind: NameHolder.Kind
    public var accountName: String?
    /// Of a group: the chain to one with power over the domain.
    public var privilegedThrough: [DistinguishedName]?

    init(_ name: DistinguishedName, _ kind: NameHolder.Kind, accountName: String?) {
        let number = NameKey(name.description).description.utf8.reduce(11) {
            ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF_FFFF
        }
        self.guid = .numbered(number, series: 0xE)
        self.name = name
        self.kind = kind
        self.accountName = accountName
    }

    public static func group(
        _ commonName: String, at parent: DistinguishedName = Fixture.groupPath, through chain: [String]? = nil
    ) -> OtherObject {
        var group = OtherObject(parent.appending(.commonName(commonName)), .group, accountName: commonName)
        group.privilegedThrough = chain?.map { Fixture.elsewhere.appending(.commonName($0)) }
        return group
    }

    public static func computer(_ name: String) -> OtherObject {
        OtherObject(Fixture.elsewhere.appending(.commonName(name)), .computer, accountName: "\(name)$")
    }

    public static func contact(
        _ commonName: String, at parent: DistinguishedName = Fixture.containerName
    ) -> OtherObject {
        OtherObject(parent.appending(.commonName(commonName)), .other, accountName: nil)
    }
}
