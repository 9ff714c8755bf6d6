public import Directory
import DistinguishedNames

/// Who is who: each record of the file with the account that is this person's, if there is one.
public struct Matching: Sendable {
    let planner: Planner
    let subjects: [Subject]
    /// Users of the container that no record speaks of.
    let unmatched: [DirectoryUser]
    /// By subject: the names somebody is to get and does not hold yet. In most runs there are none.
    let claims: [Int: [NameClaim]]

    /// The names that have to be looked up before there can be a plan: those somebody is to get and has not yet.
    public var nameQuestions: [NameQuestion] {
        let target = planner.target
        return claims.keys.sorted().map { index in
            NameQuestion(
                accountName: subjects[index].names.accountName,
                userPrincipalName: subjects[index].wantedPrincipalName(in: target.domain),
                name: subjects[index].wantedName(in: target.container))
        }
    }
}

extension Planner {
    /// Finds each record's account: by anchor, else, among accounts without one, by prefixed `cn`, else by account name.
    public func match() throws(PlanRefusal) -> Matching {
        try refuseOtherSource()
        try refuseUnanchoredFile()
        var subjects: [Subject] = []
        subjects.reserveCapacity(source.users.count)
        var taken = Set<GUID>()
        let byAnchor = usersByAnchor()
        for record in source.users {
            var subject = Subject(
                record: record, names: WantedNames(record: record, prefix: policy.commonNamePrefix), match: .new)
            if usesAnchors, let anchor = record.anchor, let users = byAnchor[anchor] {
                subject.match = users.count == 1 ? .matched(users[0], nil) : .ambiguous(users)
                for user in users { taken.insert(user.guid) }
            }
            settleNames(of: &subject)
            // Accounts with a copied anchor: the others stay alone, whichever is the right one.
            if case .ambiguous(let users) = subject.match, let chosen = chosen(among: users, for: subject) {
                subject.match = .matched(chosen, .answer)
            }
            subjects.append(subject)
        }
        matchByNames(&subjects, taken: &taken)
        try refuseMissingPrefix(subjects)
        var claims: [Int: [NameClaim]] = [:]
        for (index, subject) in subjects.enumerated() where subject.isWanted && subject.user?.protection == nil {
            let changed = subject.changedClaims(in: target)
            if !changed.isEmpty { claims[index] = changed }
        }
        return Matching(
            planner: self, subjects: subjects, unmatched: target.users.filter { !taken.contains($0.guid) },
            claims: claims)
    }

    private func usersByAnchor() -> [Anchor: [DirectoryUser]] {
        guard usesAnchors else { return [:] }
        var result: [Anchor: [DirectoryUser]] = [:]
        result.reserveCapacity(target.users.count)
        for user in target.users {
            if let anchor = user.stamp.anchor { result[anchor, default: []].append(user) }
        }
        return result
    }

    /// The names the record asks for, after the answers to earlier conflicts.
    private func settleNames(of subject: inout Subject) {
        if !answers.entries.isEmpty {
            subject.names = WantedNames(record: subject.record, prefix: policy.commonNamePrefix)
            subject.names.apply(
                answers.entries(of: .name, for: subject.person, byName: subject.acceptsAnswersByName),
                of: answers, for: subject.person, domain: target.domain)
        }
        subject.fault = NameRules.fault(in: subject.names).map { fault in
            RecordFailure(
                person: subject.person, position: subject.record.position, field: fault.field, reason: fault.reason)
        }
    }

    private func matchByNames(_ subjects: inout [Subject], taken: inout Set<GUID>) {
        guard subjects.contains(where: \.isNew) else { return }
        var byCommonName: [NameKey: [DirectoryUser]] = [:]
        var byAccountName: [NameKey: [DirectoryUser]] = [:]
        for user in target.users where !taken.contains(user.guid) && mayMatchByName(user) {
            byCommonName[NameKey(user.commonName), default: []].append(user)
            byAccountName[NameKey(user.accountName), default: []].append(user)
        }
        guard !byCommonName.isEmpty else { return }
        var candidates: [(index: Int, users: [DirectoryUser], chosen: DirectoryUser?)] = []
        var choices: [GUID: Int] = [:]
        for index in subjects.indices where subjects[index].isNew {
            let names = subjects[index].names
            var found = byCommonName[NameKey(names.commonName)] ?? []
            for user in byAccountName[NameKey(names.accountName)] ?? []
            where !found.contains(where: { $0.guid == user.guid }) {
                found.append(user)
            }
            guard !found.isEmpty else { continue }
            let chosen = chosen(among: found, for: subjects[index])
            candidates.append((index, found, chosen))
            // Nobody who could be meant counts as unknown, whichever way the question is answered.
            for user in found { taken.insert(user.guid) }
            if let chosen { choices[chosen.guid, default: 0] += 1 }
        }
        // Who was given to somebody is no candidate for others.
        for index in candidates.indices where candidates[index].chosen.map({ choices[$0.guid] != 1 }) ?? true {
            candidates[index].users.removeAll { choices[$0.guid] == 1 }
        }
        var suitors: [GUID: Int] = [:]
        for user in candidates.lazy.flatMap(\.users) { suitors[user.guid, default: 0] += 1 }
        for (index, found, chosen) in candidates where !found.isEmpty {
            if let chosen, choices[chosen.guid] == 1 {
                subjects[index].match = .matched(chosen, .answer)
            } else if found.count == 1, suitors[found[0].guid] == 1 {
                let isSameName = NameKey(found[0].commonName) == NameKey(subjects[index].names.commonName)
                subjects[index].match = .matched(found[0], isSameName ? .commonName : .accountName)
            } else {
                if chosen != nil {
                    subjects[index].names.problems[.accountName] = "another answer gives the same account to another"
                }
                subjects[index].match = .ambiguous(found)
            }
            // In a file without anchors, the account tells whose answers count.
            if subjects[index].user?.stamp.anchor != nil { settleNames(of: &subjects[index]) }
        }
    }

    /// A namesake must not inherit a leaver's account: who carries an anchor is found by it alone.
    private func mayMatchByName(_ user: DirectoryUser) -> Bool {
        user.stamp.anchor == nil || !usesAnchors
    }

    /// An operator may say which of several accounts is the person's. Answers that name two of them say nothing.
    private func chosen(among users: [DirectoryUser], for subject: Subject) -> DirectoryUser? {
        var chosen: DirectoryUser?
        for answer in subject.names.takeOvers.values {
            guard case .account(let accountName) = answer,
                let user = users.first(where: { NameKey($0.accountName) == NameKey(accountName) })
            else { continue }
            if let chosen, chosen.guid != user.guid { return nil }
            chosen = user
        }
        return chosen
    }
}
