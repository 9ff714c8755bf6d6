import Directory
import DistinguishedNames

/// The subjects that need nothing at all: no operation, no question, no notice, no answer to be kept.
///
/// In doubt somebody is not one of them. The plan decides about him then, and may come to the same end.
struct SettledSubjects {
    private let planner: Planner
    private let expiry: ExpiryRules
    private var wanted: WantedGroups

    init(_ planner: Planner, _ groups: GroupRules) {
        self.planner = planner
        expiry = ExpiryRules(planner)
        wanted = WantedGroups(groups)
    }

    /// By group.
    var memberships: [GUID: Int] { wanted.memberships }

    /// Whether the subject is one of them; who is, is counted in his groups.
    mutating func takes(_ subject: Subject) -> Bool {
        guard case .matched(let user, _) = subject.match, subject.fault == nil, user.protection == nil,
            !UserAccountControl(rawValue: user.accountControl).contains(.passwordNotRequired),
            !subject.names.areDecided, !planner.answers.knows(subject)
        else { return false }
        let record = subject.record
        return hasNames(subject, user) && subject.isInPlace(user) && hasStamp(record, user)
            && isOpenAsWanted(record, user)
            && record.attributes.isBeginning(of: user.attributes)
            && wanted.countsMember(of: record.groups, in: user.groups)
    }

    private func hasNames(_ subject: Subject, _ user: DirectoryUser) -> Bool {
        let names = subject.names
        guard user.commonName.isIdenticalText(to: names.commonName),
            user.accountName.isIdenticalText(to: names.accountName)
        else { return false }
        // Without a mapped one it follows the account name, which stays, and the suffix.
        if names.mappedPrincipalName == nil, !planner.target.domain.makesOtherPrincipalNames { return true }
        guard let wanted = subject.wantedPrincipalName(of: user, in: planner.target.domain) else { return true }
        return user.userPrincipalName?.isIdenticalText(to: wanted) ?? false
    }

    private func hasStamp(_ record: SourceUser, _ user: DirectoryUser) -> Bool {
        guard planner.policy.anchorAttribute != nil, let anchor = record.anchor else { return true }
        return user.stamp.anchor == anchor
    }

    /// Enabled or disabled, and until when.
    private func isOpenAsWanted(_ record: SourceUser, _ user: DirectoryUser) -> Bool {
        guard record.isDisabled == user.isDisabled else { return false }
        if record.isDisabled { return planner.policy.deactivatedUsersKeepGroups }
        if case .none = expiry.change(from: user.expiry, to: expiry.wanted(by: record)) { return true }
        return false
    }
}

/// What `group_map` gives, worked out once for each list of groups: a reader of user files shares those between records.
private struct WantedGroups {
    private let rules: GroupRules
    private var places: [[DistinguishedName]: Int] = [:]
    private var lists: [(wanted: Set<GUID>, members: Int)] = []

    init(_ rules: GroupRules) { self.rules = rules }

    var memberships: [GUID: Int] {
        lists.reduce(into: [:]) { result, list in
            for group in list.wanted { result[group, default: 0] += list.members }
        }
    }

    /// Whether `current` is what somebody in `groups` is to be in; if so, he counts as a member.
    mutating func countsMember(of groups: [DistinguishedName], in current: Set<GUID>) -> Bool {
        let place = place(of: groups)
        guard lists[place].wanted.isSame(as: current) else { return false }
        lists[place].members += 1
        return true
    }

    private mutating func place(of groups: [DistinguishedName]) -> Int {
        if let place = places[groups] { return place }
        lists.append((rules.wanted(by: groups), 0))
        places[groups] = lists.count - 1
        return lists.count - 1
    }
}

extension Set<GUID> {
    /// The same as `==`, which hashes each member: of a few, to look at them all takes less time.
    fileprivate func isSame(as other: Set<GUID>) -> Bool {
        guard count == other.count else { return false }
        guard count <= 8 else { return self == other }
        return allSatisfy { member in other.contains { $0 == member } }
    }
}
