import Directory
import DistinguishedNames

extension PlanBuilder {
    /// A name that changes hands within the file is free only once it was given up. Where the run is not for whoever gives
    /// it up, it is not for whoever takes it either; and so on, until nobody waits for anybody.
    mutating func holdBackNamesOfOthers() {
        var held = obstacles()
        while !held.isEmpty {
            let blocked = PeopleOfPlan(subjects.filter { held[$0.person] != nil })
            operations.removeAll { blocked.contains($0.person) && $0.stage != .withdraw }
            let isWithoutAccount = { (question: Question) in
                blocked.contains(question.person) && question.concern.accounts.isEmpty
            }
            withdraw(isWithoutAccount)
            for subject in subjects {
                guard let obstacle = held[subject.person] else { continue }
                failures.append(
                    RecordFailure(
                        person: subject.person, position: subject.record.position, field: obstacle.field,
                        reason:
                            "\"\(obstacle.name)\" is still held by \(obstacle.holder), whom this run does not rename: "
                            + "import both at once"))
            }
            held = obstacles()
        }
    }

    private struct Obstacle {
        let field: AttributeName
        let name: String
        let holder: String
    }

    /// People of the plan who are to get a name that a managed user has and, by this plan, keeps.
    private func obstacles() -> [Person: Obstacle] {
        let given = operations.flatMap { operation in
            operation.change.givenNames.map { (person: operation.person, name: $0) }
        }
        guard !given.isEmpty else { return [:] }
        let filter = ClaimFilter(Set(given.map(\.name.claim)))
        var changing: [GUID: Set<NameConflict.Aspect>] = [:]
        for (_, name) in given {
            guard let user = name.user else { continue }
            changing[user, default: []].insert(name.claim.aspect)
        }
        var holders: [NameClaim: DirectoryUser] = [:]
        for user in planner.target.users {
            for claim in filter.claims(of: user) where !(changing[user.guid]?.contains(claim.aspect) ?? false) {
                holders[claim] = user
            }
        }
        var result: [Person: Obstacle] = [:]
        for (person, name) in given where result[person] == nil {
            guard let holder = holders[name.claim], holder.guid != name.user else { continue }
            result[person] = Obstacle(
                field: AttributeName(name.claim.aspect.rawValue), name: name.text,
                holder: "\(holder.commonName) (\(holder.accountName))")
        }
        return result
    }
}

/// A name that a change gives to somebody.
private struct GivenName {
    let claim: NameClaim
    /// Who is to have it; nil for an account that does not exist yet.
    let user: GUID?
    let text: String
}

extension DirectoryChange {
    /// The names that this change gives to its user.
    fileprivate var givenNames: [GivenName] {
        switch self {
        case .create(let new):
            [
                GivenName(claim: .commonName(new.name), user: nil, text: new.name.leaf?.value ?? ""),
                GivenName(claim: .accountName(NameKey(new.accountName)), user: nil, text: new.accountName),
                GivenName(
                    claim: .principalName(NameKey(new.userPrincipalName)), user: nil, text: new.userPrincipalName),
            ]
        case .rename(let user, let leaf):
            user.name.parent.map {
                [GivenName(claim: .commonName($0.appending(leaf)), user: user.guid, text: leaf.value)]
            } ?? []
        case .move(let user, let name):
            [GivenName(claim: .commonName(name), user: user.guid, text: name.leaf?.value ?? "")]
        case .update(let user, let update):
            update.replacements.compactMap { replacement in
                guard case .one(.text(let text)) = replacement.new else { return nil }
                switch replacement.name {
                case .accountName:
                    return GivenName(claim: .accountName(NameKey(text)), user: user.guid, text: text)
                case .userPrincipalName:
                    return GivenName(claim: .principalName(NameKey(text)), user: user.guid, text: text)
                default: return nil
                }
            }
        case .disable, .enable, .join, .leave: []
        }
    }
}
