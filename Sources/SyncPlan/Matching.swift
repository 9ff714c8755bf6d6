public import Directory
import DistinguishedNames
import LookAlikes

/// Who is who: each record of the file with the account that is this person's, if there is one.
public struct Matching: Sendable {
    let planner: Planner
    let subjects: [Subject]
    /// Users of the container that no record speaks of.
    let unmatched: [DirectoryUser]
    /// Whom a plan has to look at.
    let triage: Triage

    /// The names that have to be looked up before there can be a plan: those somebody is to get and has not yet.
    public var nameQuestions: [NameQuestion] { nameQuestions { _ in true } }

    /// The same for some records only, by their positions.
    public func nameQuestions(ofRecords positions: Set<Int>) -> [NameQuestion] {
        nameQuestions { positions.contains($0.record.position) }
    }

    private func nameQuestions(where isMeant: (Subject) -> Bool) -> [NameQuestion] {
        let target = planner.target
        return triage.claims.keys.filter { isMeant(subjects[$0]) }.sorted().map { index in
            NameQuestion(
                accountName: subjects[index].names.accountName,
                userPrincipalName: subjects[index].wantedPrincipalName(in: target.domain),
                name: subjects[index].wantedName(in: target.container))
        } + lookAlikeQuestions(where: isMeant)
    }

    /// Who has the name that a new one only looks like? Few ask that: a name in plain letters looks like itself.
    private func lookAlikeQuestions(where isMeant: (Subject) -> Bool) -> [NameQuestion] {
        triage.claims.keys.filter { !subjects[$0].hasAccount && isMeant(subjects[$0]) }.sorted().compactMap { index in
            let names = subjects[index].names
            let (commonName, accountName) = (names.commonName.passesFor, names.accountName.passesFor)
            guard commonName != nil || accountName != nil else { return nil }
            return NameQuestion(
                accountName: accountName ?? names.accountName, userPrincipalName: nil,
                name: planner.target.container.name.appending(.commonName(commonName ?? names.commonName)))
        }
    }
}

extension Planner {
    /// Finds each record's account: by anchor, else, among accounts without one, by prefixed `cn`, else by account name.
    public func match() throws(PlanRefusal) -> Matching {
        try refuseOtherSource()
        try refuseUnanchoredFile()
        let groups = GroupRules(policy: policy, target: target)
        var (subjects, taken, memberships) = matchByAnchors(groups)
        matchByNames(&subjects, taken: &taken)
        try refuseMissingPrefix(subjects)
        return Matching(
            planner: self, subjects: subjects, unmatched: taken.indices.filter { !taken[$0] }.map { target.users[$0] },
            triage: Triage(subjects, of: self, groups, memberships))
    }

    /// - Returns: also, which users of the snapshot are somebody's, or could be; and in how many groups those are who are
    ///   settled already.
    private func matchByAnchors(
        _ groups: GroupRules
    ) -> (subjects: [Subject], taken: [Bool], memberships: [[GUID: Int]]) {
        let byAnchor = AnchorIndex(usesAnchors ? target.users : [])
        let (subjects, parts) = source.users.indices.fill { part, append in
            var taken: [Int] = []
            taken.reserveCapacity(part.count)
            var settled = SettledSubjects(self, groups)
            for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.lookups) {
                let records = source.users[start..<min(start + Self.lookups, part.upperBound)]
                for (record, found) in zip(records, byAnchor.users(with: records.map(\.anchor))) {
                    switch found {
                    case .nobody: break
                    case .one(let user): taken.append(user)
                    case .several(let users): taken += users
                    }
                    var subject = subject(of: record, found)
                    // At once, while all that is looked at is at hand.
                    subject.isSettled = settled.takes(subject)
                    append(subject)
                }
            }
            return (taken: taken, memberships: settled.memberships)
        }
        var taken = [Bool](repeating: false, count: target.users.count)
        for part in parts { for user in part.taken { taken[user] = true } }
        return (subjects, taken, parts.map(\.memberships))
    }

    /// How many anchors are looked up at once.
    private static var lookups: Int { 64 }

    private func subject(of record: SourceUser, _ found: AnchorIndex.Found) -> Subject {
        let match: Subject.Match =
            switch found {
            case .nobody: .new
            case .one(let user): .matched(target.users[user], nil)
            case .several(let users): .ambiguous(users.map { target.users[$0] })
            }
        var subject = Subject(
            record: record, names: WantedNames(record: record, prefix: policy.commonNamePrefix), match: match,
            place: places.isEmpty ? nil : places[record.position])
        settleNames(of: &subject)
        // Accounts with a copied anchor: the others stay alone, whichever is the right one.
        if case .ambiguous(let users) = subject.match, let chosen = subject.chosen(among: users) {
            subject.match = .matched(users[chosen], .answer)
        }
        return subject
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
        if !source.faults.isEmpty, let fault = source.faults[subject.record.position] {
            subject.fault = RecordFailure(
                person: subject.person, position: subject.record.position, field: fault.field, reason: fault.reason)
        }
    }

    /// - Parameter taken: the users of the snapshot that are somebody's, or could be.
    private func matchByNames(_ subjects: inout [Subject], taken: inout [Bool]) {
        guard subjects.contains(where: \.isNew) else { return }
        var byCommonName: [NameKey: [Int]] = [:]
        var byAccountName: [NameKey: [Int]] = [:]
        for index in taken.indices where !taken[index] && mayMatchByName(target.users[index]) {
            byCommonName[NameKey(target.users[index].commonName), default: []].append(index)
            byAccountName[NameKey(target.users[index].accountName), default: []].append(index)
        }
        guard !byCommonName.isEmpty else { return }
        var candidates: [(index: Int, users: [Int], chosen: Int?)] = []
        var choices: [Int: Int] = [:]
        for index in subjects.indices where subjects[index].isNew {
            let names = subjects[index].names
            var found = byCommonName[NameKey(names.commonName)] ?? []
            for user in byAccountName[NameKey(names.accountName)] ?? [] where !found.contains(user) {
                found.append(user)
            }
            guard !found.isEmpty else { continue }
            // Nobody who could be meant counts as unknown, whichever way the question is answered.
            for user in found { taken[user] = true }
            guard source.faults[subjects[index].record.position]?.knowsNames ?? true else { continue }
            let chosen = subjects[index].chosen(among: found.map { target.users[$0] }).map { found[$0] }
            candidates.append((index, found, chosen))
            if let chosen { choices[chosen, default: 0] += 1 }
        }
        // Who was given to somebody is no candidate for others.
        for index in candidates.indices where candidates[index].chosen.map({ choices[$0] != 1 }) ?? true {
            candidates[index].users.removeAll { choices[$0] == 1 }
        }
        var suitors: [Int: Int] = [:]
        for user in candidates.lazy.flatMap(\.users) { suitors[user, default: 0] += 1 }
        for (index, found, chosen) in candidates where !found.isEmpty {
            if let chosen, choices[chosen] == 1 {
                subjects[index].match = .matched(target.users[chosen], .answer)
            } else if found.count == 1, suitors[found[0]] == 1 {
                let user = target.users[found[0]]
                let isSameName = NameKey(user.commonName) == NameKey(subjects[index].names.commonName)
                subjects[index].match = .matched(user, isSameName ? .commonName : .accountName)
            } else {
                if chosen != nil {
                    subjects[index].names.decisions.problems[.accountName] =
                        "another answer gives the same account to another"
                }
                subjects[index].match = .ambiguous(found.map { target.users[$0] })
            }
            // In a file without anchors, the account tells whose answers count.
            if subjects[index].user?.stamp.anchor != nil { settleNames(of: &subjects[index]) }
        }
    }

    /// A namesake must not inherit a leaver's account: who carries an anchor is found by it alone.
    private func mayMatchByName(_ user: DirectoryUser) -> Bool {
        user.stamp.anchor == nil || !usesAnchors
    }
}

extension Subject {
    /// An operator may say which of several accounts is the person's. Answers that name two of them say nothing.
    fileprivate func chosen(among users: [DirectoryUser]) -> Int? {
        var chosen: Int?
        for answer in names.decisions.takeOvers.values {
            guard case .account(let accountName) = answer,
                let index = users.firstIndex(where: { NameKey($0.accountName) == NameKey(accountName) })
            else { continue }
            if let chosen, chosen != index { return nil }
            chosen = index
        }
        return chosen
    }
}
