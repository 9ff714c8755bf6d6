public import AccessControl
import Directory

/// Holds what an account needs against what it has.
///
/// Both sources are asked where both speak: the access lists, which also tell of accounts that do not exist yet and of
/// extended rights, and what the server itself makes of them for this connection (`allowedAttributesEffective` and the
/// like). A right counts as granted when neither denies it.
public struct DelegationExamination: Sendable {
    let token: AccessToken
    let container: ObjectAccess
    /// Some of the users that are in it.
    let users: [ObjectAccess]
    let groups: [ObjectAccess]

    public init(token: AccessToken, container: ObjectAccess, users: [ObjectAccess], groups: [ObjectAccess]) {
        self.token = token
        self.container = container
        self.users = users
        self.groups = groups
    }

    /// One for each right, the groups' last.
    public func findings(needing rights: [NeededRight]) -> [DelegationFinding] {
        rights.map(finding)
            + groups.map { group in
                DelegationFinding(
                    place: .group(group.name), right: NeededRight(.writeMembers, to: "let users join and leave"),
                    verdict: verdict(
                        byEntries: group.entries?.grant(NeededRight.Permission.writeMembers.right, to: token),
                        byServer: group.writableAttributes?.contains("member")))
            }
    }

    private func finding(_ right: NeededRight) -> DelegationFinding {
        let here = DelegatedPlace.container(container.name)
        let below = DelegatedPlace.users(below: container.name)
        switch right.permission {
        case .createUsers:
            let entries = container.entries?.grant(right.permission.right, to: token)
            return DelegationFinding(
                place: here, right: right,
                verdict: verdict(byEntries: entries, byServer: container.creatableClasses.contains("user")))
        case .read:
            // The schema's default access list lets others read, and does not show on the container: only users tell.
            return DelegationFinding(
                place: below, right: right,
                verdict: users.isEmpty ? .unknown : verdict(on: users, right.permission) ?? .granted)
        case .write, .resetPasswords, .readPermissions, .changePermissions, .writeMembers, .delete:
            let inherited = container.entries?.inherited(byChildrenOfClass: .userClass)
                .grant(right.permission.right, to: token)
            guard inherited != false else { return DelegationFinding(place: below, right: right, verdict: .missing) }
            let isKnown = inherited != nil || users.contains { verdict(on: $0, right.permission) == .granted }
            return DelegationFinding(
                place: below, right: right,
                verdict: verdict(on: users, right.permission) ?? (isKnown ? .granted : .unknown))
        }
    }

    /// Nil when nothing is missing on any of them.
    private func verdict(
        on users: [ObjectAccess], _ permission: NeededRight.Permission
    ) -> DelegationFinding.Verdict? {
        let without = users.filter { verdict(on: $0, permission) == .missing }
        guard !without.isEmpty else { return nil }
        return without.count == users.count ? .missing : .missingOnSome(without.map(\.name), of: users.count)
    }

    func verdict(
        on user: ObjectAccess, _ permission: NeededRight.Permission
    ) -> DelegationFinding.Verdict {
        let byEntries = user.entries?.grant(permission.right, to: token)
        let byServer: Bool? =
            switch permission {
            // Of these the server never speaks.
            case .write(let attribute) where attribute.isSystemOnly: nil
            case .write(let attribute): user.writableAttributes?.contains(attribute.name) ?? false
            // An owner may change the permissions of what he owns, without any entry.
            case .changePermissions: user.mayChangePermissions
            case .readPermissions: user.entries != nil
            case .createUsers, .read, .resetPasswords, .writeMembers, .delete: nil
            }
        switch permission {
        case .changePermissions, .readPermissions: return byServer == true ? .granted : .missing
        default: return verdict(byEntries: byEntries, byServer: byServer)
        }
    }

    private func verdict(byEntries: Bool?, byServer: Bool?) -> DelegationFinding.Verdict {
        if byEntries == false || byServer == false { return .missing }
        return byEntries == nil && byServer == nil ? .unknown : .granted
    }
}
