import AccessControl
import Directory
import DistinguishedNames
import LDAP

/// Turns entries into users. What a user must have and the reader may not see is an error: a half-read user would look
/// like one without that attribute, and be changed accordingly.
struct UserDecoder {
    private let query: UserQuery
    private let ownAccount: GUID?
    private let extraAttributes: [LDAPAttributeName]
    private let anchorAttribute: LDAPAttributeName?
    private let groups: [DistinguishedName: GUID]
    /// Groups by the octets of their name as the server spells it: each spelling is parsed once, not once for each user.
    private var spellings: [LDAPValue: Membership] = [:]
    /// There are few different ones, so users share them.
    private var groupSets: Set<Set<GUID>> = []
    private var names = DistinguishedNameReader()

    init(_ query: UserQuery, ownAccount: GUID?) throws(DirectoryFailure) {
        self.query = query
        self.ownAccount = ownAccount
        var names: [LDAPAttributeName] = []
        for attribute in query.attributes { names.append(try Self.checked(attribute)) }
        extraAttributes = names
        anchorAttribute = try query.anchorAttribute.map { attribute throws(DirectoryFailure) in
            try Self.checked(attribute)
        }
        groups = Dictionary(query.groups.map { ($0.name, $0.guid) }, uniquingKeysWith: { first, _ in first })
    }

    private static func checked(_ attribute: AttributeName) throws(DirectoryFailure) -> LDAPAttributeName {
        guard let name = LDAPAttributeName(attribute.description) else {
            throw DirectoryFailure(kind: .unsafe, message: "\"\(attribute)\" is no name of an LDAP attribute")
        }
        return name
    }

    /// What to ask the server for.
    var attributes: [LDAPAttributeName] {
        let own: [LDAPAttributeName] = [
            .objectGUID, .commonName, .accountName, .principalName, .accountControl, .accountExpires, .passwordLastSet,
            .accountType, .adminCount, .primaryGroup, .isCriticalSystemObject, .memberOf,
        ]
        var seen = Set<LDAPAttributeName>()
        return (own + [anchorAttribute].compactMap(\.self) + extraAttributes).filter { seen.insert($0).inserted }
    }

    mutating func user(from entry: LDAPEntry) throws -> DirectoryUser {
        let control = try required(.accountControl, of: entry, UserAccountControl.init)
        let guid = try guid(of: entry)
        // Every account has one, and AD refuses to delete it: one that does not show is hidden, and is not "never".
        let expiry = try required(.accountExpires, of: entry, AccountExpiry.init(accountExpires:))
        return DirectoryUser(
            guid: guid,
            name: try names.read(entry.rawDN),
            commonName: try required(.commonName, of: entry),
            accountName: try required(.accountName, of: entry),
            userPrincipalName: entry[.principalName].first?.string,
            accountControl: control.rawValue,
            isDisabled: control.contains(.disabled),
            expiry: expiry,
            hasCurrentPassword: !["", "0"].contains(entry[.passwordLastSet].first?.string ?? ""),
            stamp: AnchorStamp(attributeValue: anchorAttribute.flatMap { entry[$0].first?.string }),
            protection: protection(of: entry, guid),
            groups: try memberships(of: entry).mapped,
            attributes: AttributeRow(
                names: query.attributes,
                values: extraAttributes.map { name in AttributeValues(entry[name].map(AttributeValue.init)) }),
            primaryGroup: primaryGroup(of: entry))
    }

    mutating func holder(from entry: LDAPEntry) throws -> NameHolder {
        let classes = Set(entry[.objectClass].compactMap(\.string))
        let kind: NameHolder.Kind
        if classes.contains("computer") {
            kind = .computer
        } else if classes.contains("group") {
            kind = .group
        } else if classes.contains("user") {
            kind = .user(try user(from: entry), try entanglements(of: entry))
        } else {
            kind = .other
        }
        return NameHolder(
            guid: try guid(of: entry), name: try entry.distinguishedName, kind: kind,
            accountName: entry[.accountName].first?.string, userPrincipalName: entry[.principalName].first?.string)
    }

    private mutating func entanglements(of entry: LDAPEntry) throws -> [NameHolder.Entanglement] {
        var result = entry[.servicePrincipalName].compactMap(\.string).sorted()
            .map(NameHolder.Entanglement.servicePrincipalName)
        let control = entry[.accountControl].first?.string.flatMap { UserAccountControl($0) } ?? []
        if !control.isDisjoint(with: [.trustedForDelegation, .trustedToAuthenticateForDelegation]) {
            result.append(.trustedForDelegation)
        }
        if let group = primaryGroup(of: entry), group != Self.domainUsers { result.append(.primaryGroup(group)) }
        return result + (try memberships(of: entry).others.sorted().map(NameHolder.Entanglement.member))
    }

    /// DOMAIN_GROUP_RID_USERS ([MS-DTYP] 2.4.2.4)
    private static let domainUsers: UInt32 = 513

    private func primaryGroup(of entry: LDAPEntry) -> UInt32? {
        entry[.primaryGroup].first?.string.flatMap { UInt32($0) }
    }

    private func protection(of entry: LDAPEntry, _ guid: GUID) -> AccountProtection? {
        if guid == ownAccount { return .ownAccount }
        if let count = entry[.adminCount].first?.string, count != "0" { return .adminCount }
        // The primary group is no value of memberOf.
        if let group = primaryGroup(of: entry), SecurityIdentifier.isPrivileged(domainGroup: group) {
            return .privilegedPrimaryGroup
        }
        if entry[.isCriticalSystemObject].first?.string == "TRUE" { return .criticalSystemObject }
        // SAM_NORMAL_USER_ACCOUNT ([MS-ADTS] 2.2.8)
        if let type = entry[.accountType].first?.string, type != "805306368" { return .trustOrMachine }
        return nil
    }

    private mutating func memberships(of entry: LDAPEntry) throws -> (mapped: Set<GUID>, others: [DistinguishedName]) {
        var mapped = Set<GUID>()
        var others: [DistinguishedName] = []
        for value in entry[.memberOf] {
            switch try membership(value, of: entry) {
            case .mapped(let guid): mapped.insert(guid)
            case .other(let name): others.append(name)
            }
        }
        return (groupSets.insert(mapped).memberAfterInsert, others)
    }

    private enum Membership {
        case mapped(GUID)
        case other(DistinguishedName)
    }

    private mutating func membership(_ value: LDAPValue, of entry: LDAPEntry) throws -> Membership {
        if let known = spellings[value] { return known }
        guard let text = value.string else { throw unreadable(.memberOf, of: entry) }
        let name = try DistinguishedName(parsing: text)
        let membership = groups[name].map(Membership.mapped) ?? .other(name)
        spellings[value] = membership
        return membership
    }

    private func guid(of entry: LDAPEntry) throws(DirectoryFailure) -> GUID {
        guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
            throw unreadable(.objectGUID, of: entry)
        }
        return guid
    }

    private func required(_ name: LDAPAttributeName, of entry: LDAPEntry) throws(DirectoryFailure) -> String {
        guard let text = entry[name].first?.string else { throw unreadable(name, of: entry) }
        return text
    }

    /// The attribute as what it stands for.
    private func required<Value>(
        _ name: LDAPAttributeName, of entry: LDAPEntry, _ meaning: (String) -> Value?
    ) throws(DirectoryFailure) -> Value {
        let text = try required(name, of: entry)
        guard let value = meaning(text) else {
            throw DirectoryFailure(
                kind: .malformed, message: "\(name) of \(entry.rawDN) is \"\(text)\", which has no meaning: correct it")
        }
        return value
    }

    private func unreadable(_ name: LDAPAttributeName, of entry: LDAPEntry) -> DirectoryFailure {
        DirectoryFailure(
            kind: .notAuthorised,
            message: "\(name) of \(entry.rawDN) cannot be read: the account this tool signs in with needs the right to")
    }
}

extension AttributeValue {
    init(_ value: LDAPValue) {
        self = value.string.map(AttributeValue.text) ?? .binary(value.bytes)
    }

    var ldapValue: LDAPValue {
        switch self {
        case .text(let text): LDAPValue(text)
        case .binary(let octets): LDAPValue(octets)
        }
    }
}
