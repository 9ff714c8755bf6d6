public import Directory
import DistinguishedNames

/// Who is who: each record of the file with the account that is this person's, if there is one.
public struct Matching: Sendable {
    let planner: Planner
    let subjects: [Subject]
    /// Users of the container that no record speaks of.
    let unmatched: [DirectoryUser]

    /// The names that have to be looked up before there can be a plan: those somebody is to get and has not yet.
    public var nameQuestions: [NameQuestion] {
        subjects.compactMap { $0.nameQuestion(in: planner.target) }
    }
}

/// One record on its way through the planner.
struct Subject: Sendable {
    enum Match: Sendable, Equatable {
        case new
        case matched(DirectoryUser, Adoption?)
        /// An account outside the container that an operator gave to this person.
        case takeOver(DirectoryUser)
        /// Several accounts could be meant; or one account, by several records.
        case ambiguous([DirectoryUser])
    }

    /// How an account without an anchor was found.
    enum Adoption: String, Sendable {
        case commonName = "cn"
        case accountName = "sAMAccountName"
        case answer = "the operator's answer"
    }

    let record: SourceUser
    var names: WantedNames
    var match: Match
    var fault: RecordFailure?

    var user: DirectoryUser? {
        switch match {
        case .matched(let user, _), .takeOver(let user): user
        case .new, .ambiguous: nil
        }
    }

    var person: Person {
        Person(commonName: names.commonName, accountName: names.accountName, anchor: record.anchor)
    }

    /// An account that carries no anchor, or none at all: answers that name the user by `cn` count.
    var acceptsAnswersByName: Bool { user?.stamp.anchor == nil }

    /// Nothing is to exist for a record that is disabled and has no account.
    var isWanted: Bool {
        switch match {
        case .new: !record.isDisabled && fault == nil
        case .matched, .takeOver: fault == nil
        case .ambiguous: false
        }
    }

    func nameQuestion(in target: TargetSnapshot) -> NameQuestion? {
        guard isWanted, user?.protection == nil else { return nil }
        let claims = changedClaims(in: target)
        guard !claims.isEmpty else { return nil }
        return NameQuestion(
            accountName: names.accountName, userPrincipalName: wantedPrincipalName(in: target.domain),
            name: wantedName(in: target.container))
    }

    /// Where the account is to stand: a new one directly below the container, an existing one where it is.
    func wantedName(in container: Container) -> DistinguishedName {
        let parent: DistinguishedName
        if case .matched(let user, _) = match {
            parent = user.name.parent ?? container.name
        } else {
            parent = container.name
        }
        return parent.appending(.commonName(names.commonName))
    }

    /// Nil leaves the principal name of an existing account alone.
    func wantedPrincipalName(in domain: Domain) -> String? {
        guard let user else { return names.principalName(in: domain) }
        if let mapped = names.mappedPrincipalName { return mapped }
        // A principal name made from the account name follows it; one that somebody chose stays.
        let derived = WantedNames.defaultPrincipalName(user.accountName, in: domain)
        guard user.userPrincipalName.map(NameKey.init) == NameKey(derived),
            !user.accountName.isIdenticalText(to: names.accountName)
        else { return nil }
        return WantedNames.defaultPrincipalName(names.accountName, in: domain)
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
                taken.formUnion(users.map(\.guid))
            }
            if !answers.entries.isEmpty {
                subject.names.apply(
                    answers.entries(of: .name, for: subject.person, byName: subject.acceptsAnswersByName),
                    of: answers, domain: target.domain)
            }
            if let fault = NameRules.fault(in: subject.names) {
                subject.fault = RecordFailure(
                    person: subject.person, position: record.position, field: fault.field, reason: fault.reason)
            }
            subjects.append(subject)
        }
        matchByNames(&subjects, taken: &taken)
        try refuseMissingPrefix(subjects)
        return Matching(planner: self, subjects: subjects, unmatched: target.users.filter { !taken.contains($0.guid) })
    }

    private func usersByAnchor() -> [Anchor: [DirectoryUser]] {
        var result: [Anchor: [DirectoryUser]] = [:]
        result.reserveCapacity(target.users.count)
        for user in target.users {
            if let anchor = user.stamp.anchor { result[anchor, default: []].append(user) }
        }
        return result
    }

    private func matchByNames(_ subjects: inout [Subject], taken: inout Set<GUID>) {
        guard subjects.contains(where: { $0.match == .new }) else { return }
        var byCommonName: [NameKey: [DirectoryUser]] = [:]
        var byAccountName: [NameKey: [DirectoryUser]] = [:]
        for user in target.users where !taken.contains(user.guid) && mayMatchByName(user) {
            byCommonName[NameKey(user.commonName), default: []].append(user)
            byAccountName[NameKey(user.accountName), default: []].append(user)
        }
        var candidates: [Int: [DirectoryUser]] = [:]
        var suitors: [GUID: [Int]] = [:]
        for index in subjects.indices where subjects[index].match == .new {
            let names = subjects[index].names
            var found = byCommonName[NameKey(names.commonName)] ?? []
            for user in byAccountName[NameKey(names.accountName)] ?? []
            where !found.contains(where: { $0.guid == user.guid }) {
                found.append(user)
            }
            guard !found.isEmpty else { continue }
            candidates[index] = found
            for user in found { suitors[user.guid, default: []].append(index) }
        }
        for (index, found) in candidates.sorted(by: { $0.key < $1.key }) {
            let subject = subjects[index]
            if let chosen = chosen(among: found, for: subject), !taken.contains(chosen.guid) {
                subjects[index].match = .matched(chosen, .answer)
                taken.insert(chosen.guid)
            } else if found.count == 1, suitors[found[0].guid]?.count == 1 {
                let adoption: Subject.Adoption =
                    NameKey(found[0].commonName) == NameKey(subject.names.commonName) ? .commonName : .accountName
                subjects[index].match = .matched(found[0], adoption)
            } else {
                subjects[index].match = .ambiguous(found)
            }
        }
        // Nobody who could be meant counts as unknown, whichever way the question is answered.
        taken.formUnion(candidates.values.joined().map(\.guid))
    }

    /// A namesake must not inherit a leaver's account: who carries an anchor is found by it alone.
    private func mayMatchByName(_ user: DirectoryUser) -> Bool {
        user.stamp.anchor == nil || !usesAnchors
    }

    /// An operator may say which of several accounts is the person's.
    private func chosen(among users: [DirectoryUser], for subject: Subject) -> DirectoryUser? {
        for answer in subject.names.takeOvers.values {
            guard case .account(let accountName) = answer else { continue }
            if let user = users.first(where: { NameKey($0.accountName) == NameKey(accountName) }) { return user }
        }
        return nil
    }
}
