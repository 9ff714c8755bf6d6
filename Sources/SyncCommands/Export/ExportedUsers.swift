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
        let exclusions: UserExclusions
        let membership: CountedMembership
        /// Whether ``ExportedUsers/seen`` is kept, which costs memory.
        let tracksEverybody: Bool
        /// The users that the file has, by their names; nil where managers are not exported.
        let managers: [DistinguishedName: GUID]?
    }

    /// Who matched a rule, as the log tells it.
    struct Excluded: Sendable {
        /// Of the first rule that matches.
        let rule: Int
        let words: String
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
    /// Whose primary group it is, where that makes nobody a member.
    private(set) var uncountedMembers: [GUID: Int] = [:]
    /// The names that hold a control character: who reads the file would refuse it as a whole.
    private(set) var unusableNames: [String] = []
    private(set) var excluded: [Excluded] = []
    /// Everybody who was seen, excluded or not: who moves while several containers are read may be seen twice, or never.
    private(set) var seen: Set<GUID> = []
    private(set) var isSomebodyTwice = false

    init(attributeNames: [AttributeName]) { records = UserFileRecords(attributeNames: attributeNames) }

    var count: Int { records.count }

    mutating func add(_ user: DirectoryUser, in form: Form) {
        if form.tracksEverybody, !seen.insert(user.guid).inserted { isSomebodyTwice = true }
        if let rule = form.exclusions.firstRule(for: user) {
            excluded.append(Excluded(rule: rule, words: "\(user.accountName) (\(user.name))".printable))
            return
        }
        if user.isDisabled { disabledCount += 1 }
        if let unit = user.name.parent { units[unit, default: 0] += 1 }
        let groups = form.membership.groups(of: user)
        if let group = form.membership.uncountedPrimaryGroup(of: user) { uncountedMembers[group, default: 0] += 1 }
        for group in groups {
            memberships[group, default: Membership()].users += 1
            if !user.isDisabled { memberships[group, default: Membership()].active += 1 }
        }
        if user.hasUnusableName { unusableNames.append("\"\(user.commonName)\" (\(user.accountName))".printable) }
        records.append(
            SourceUser(
                position: count + 1, accountName: user.accountName, commonName: user.commonName,
                isDisabled: user.isDisabled, expiry: user.expiry,
                groups: groups.compactMap { form.groups[$0] },
                anchor: form.domain.map { Anchor(domain: $0, user: user.guid) },
                attributes: form.managers.map { user.attributes.withManager(among: $0) } ?? user.attributes))
    }

    mutating func merge(_ other: ExportedUsers) {
        records.merge(other.records)
        disabledCount += other.disabledCount
        units.merge(other.units, uniquingKeysWith: +)
        memberships.merge(other.memberships) { Membership(users: $0.users + $1.users, active: $0.active + $1.active) }
        uncountedMembers.merge(other.uncountedMembers, uniquingKeysWith: +)
        unusableNames += other.unusableNames
        excluded += other.excluded
        isSomebodyTwice = isSomebodyTwice || other.isSomebodyTwice || !seen.isDisjoint(with: other.seen)
        seen.formUnion(other.seen)
    }
}

extension AttributeRow {
    /// With the manager's `objectGUID` in the place of his name; without one where he is not in the file.
    fileprivate func withManager(among users: [DistinguishedName: GUID]) -> AttributeRow {
        guard let column = names.firstIndex(of: .manager) else { return self }
        var values = values
        guard case .one(.text(let text)) = values[column] else { return self }
        let guid = (try? DistinguishedName(parsing: text)).flatMap { users[$0] }
        values[column] = guid.map { .one(.text($0.description)) } ?? .none
        return AttributeRow(names: names, values: values)
    }
}

extension DirectoryUser {
    fileprivate var hasUnusableName: Bool {
        [commonName, accountName].contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
    }
}
