public import Directory
import DistinguishedNames

extension TargetSnapshot {
    /// The same snapshot with some accounts as they stand now.
    ///
    /// - Parameters:
    ///   - asked: the accounts that were looked for.
    ///   - found: those of them that are in the container, and others that turned up there.
    public func updated(asked: Set<GUID>, found: [DirectoryUser]) -> TargetSnapshot {
        var fresh = Dictionary(found.map { ($0.guid, $0) }, uniquingKeysWith: { $1 })
        var users = users.compactMap { user in
            asked.contains(user.guid) || fresh[user.guid] != nil ? fresh.removeValue(forKey: user.guid) : user
        }
        users += found.filter { fresh.removeValue(forKey: $0.guid) != nil }
        return TargetSnapshot(domain: domain, container: container, groups: groups, users: users, awaited: awaited)
    }

    /// The same snapshot with some groups as they stand now, by their GUIDs. One that is gone stays as it was: the server
    /// refuses what is done to it.
    public func updated(groups fresh: [DirectoryGroup]) -> TargetSnapshot {
        let byGUID = Dictionary(fresh.map { ($0.guid, $0) }, uniquingKeysWith: { $1 })
        return TargetSnapshot(
            domain: domain, container: container, groups: groups.mapValues { byGUID[$0.guid] ?? $0 }, users: users,
            awaited: awaited)
    }
}

extension [NameHolder] {
    /// Who holds which name, once some names were asked for again: `found` is all there is about those.
    public func updated(asked questions: [NameQuestion], found: [NameHolder]) -> [NameHolder] {
        let names = Set(questions.map(\.name))
        let signInNames = Set(
            questions.flatMap { question in
                [question.accountName, question.accountName + "$", question.userPrincipalName].compactMap { $0 }
            }.map(NameKey.init))
        let fresh = Set(found.map(\.guid))
        let others = filter { holder in
            !fresh.contains(holder.guid) && !names.contains(holder.name)
                && !(holder.accountName.map { signInNames.contains(NameKey($0)) } ?? false)
                && !(holder.userPrincipalName.map { signInNames.contains(NameKey($0)) } ?? false)
        }
        return others + found
    }
}
