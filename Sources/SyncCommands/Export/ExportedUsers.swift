import Directory
import DistinguishedNames
import UserFile

/// The users of an export, or some of them: their records, already as text, and what is to be counted of them.
struct ExportedUsers: Sendable {
    /// What the records are made with: the same for all users.
    struct Form: Sendable {
        /// By the GUID of the group, its name in the file.
        let groups: [GUID: DistinguishedName]
        /// Nil where the file carries no anchors.
        let domain: GUID?
    }

    struct Membership: Sendable {
        var users = 0
        var active = 0
    }

    private(set) var records: UserFileRecords
    private(set) var disabledCount = 0
    /// By the container the users stand in.
    private(set) var units: [DistinguishedName: Int] = [:]
    private(set) var memberships: [GUID: Membership] = [:]
    /// The names that hold a control character: who reads the file would refuse it as a whole.
    private(set) var unusableNames: [String] = []

    init(attributeNames: [AttributeName]) { records = UserFileRecords(attributeNames: attributeNames) }

    var count: Int { records.count }

    mutating func add(_ user: DirectoryUser, in form: Form) {
        if user.isDisabled { disabledCount += 1 }
        if let unit = user.name.parent { units[unit, default: 0] += 1 }
        for group in user.groups {
            memberships[group, default: Membership()].users += 1
            if !user.isDisabled { memberships[group, default: Membership()].active += 1 }
        }
        if user.hasUnusableName { unusableNames.append("\"\(user.commonName)\" (\(user.accountName))".printable) }
        records.append(
            SourceUser(
                position: count + 1, accountName: user.accountName, commonName: user.commonName,
                isDisabled: user.isDisabled, expiry: user.expiry,
                groups: user.groups.compactMap { form.groups[$0] },
                anchor: form.domain.map { Anchor(domain: $0, user: user.guid) }, attributes: user.attributes))
    }

    mutating func merge(_ other: ExportedUsers) {
        records.merge(other.records)
        disabledCount += other.disabledCount
        units.merge(other.units, uniquingKeysWith: +)
        memberships.merge(other.memberships) { Membership(users: $0.users + $1.users, active: $0.active + $1.active) }
        unusableNames += other.unusableNames
    }
}

extension DirectoryUser {
    fileprivate var hasUnusableName: Bool {
        [commonName, accountName].contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
    }
}
