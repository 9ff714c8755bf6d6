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
        let claims = operations.flatMap { operation in
            operation.change.claims.map { (person: operation.person, claim: $0) }
        }
        guard !claims.isEmpty else { return [:] }
        let claimed = Set(claims.map(\.claim.key))
        var given: [GUID: Set<HeldName.Field>] = [:]
        for change in operations.lazy.map(\.change) {
            guard let guid = change.user?.guid else { continue }
            given[guid, default: []].formUnion(change.claims.map(\.key.field))
        }
        var holders: [HeldName: DirectoryUser] = [:]
        for user in planner.target.users {
            for key in HeldName.all(of: user)
            where claimed.contains(key) && !(given[user.guid]?.contains(key.field) ?? false) {
                holders[key] = user
            }
        }
        var result: [Person: Obstacle] = [:]
        for (person, claim) in claims where result[person] == nil {
            guard let holder = holders[claim.key], holder.guid != claim.user else { continue }
            result[person] = Obstacle(
                field: claim.key.field.attribute, name: claim.text,
                holder: "\(holder.commonName) (\(holder.accountName))")
        }
        return result
    }
}

/// A name as the directory holds it once.
private struct HeldName: Hashable {
    enum Field: Hashable {
        case place
        case accountName
        case principalName

        var attribute: AttributeName {
            switch self {
            case .place: "cn"
            case .accountName: .accountName
            case .principalName: .userPrincipalName
            }
        }
    }

    let field: Field
    let name: NameKey?
    let place: DistinguishedName?

    init(_ field: Field, _ name: String) { (self.field, self.name, place) = (field, NameKey(name), nil) }

    init(_ place: DistinguishedName) { (field, name, self.place) = (.place, nil, place) }

    static func all(of user: DirectoryUser) -> [HeldName] {
        [HeldName(user.name), HeldName(.accountName, user.accountName)]
            + (user.userPrincipalName.map { [HeldName(.principalName, $0)] } ?? [])
    }
}

private struct NameClaimed {
    let key: HeldName
    /// Who is to have it; nil for an account that does not exist yet.
    let user: GUID?
    let text: String
}

extension DirectoryChange {
    /// The names that this change gives to its user.
    fileprivate var claims: [NameClaimed] {
        switch self {
        case .create(let new):
            [
                NameClaimed(key: HeldName(new.name), user: nil, text: new.name.leaf?.value ?? ""),
                NameClaimed(key: HeldName(.accountName, new.accountName), user: nil, text: new.accountName),
                NameClaimed(
                    key: HeldName(.principalName, new.userPrincipalName), user: nil, text: new.userPrincipalName),
            ]
        case .rename(let user, let leaf):
            user.name.parent.map {
                [NameClaimed(key: HeldName($0.appending(leaf)), user: user.guid, text: leaf.value)]
            } ?? []
        case .move(let user, let name):
            [NameClaimed(key: HeldName(name), user: user.guid, text: name.leaf?.value ?? "")]
        case .update(let user, let update):
            update.replacements.compactMap { replacement in
                guard case .one(.text(let text)) = replacement.new else { return nil }
                switch replacement.name {
                case .accountName:
                    return NameClaimed(key: HeldName(.accountName, text), user: user.guid, text: text)
                case .userPrincipalName:
                    return NameClaimed(key: HeldName(.principalName, text), user: user.guid, text: text)
                default: return nil
                }
            }
        case .disable, .enable, .join, .leave: []
        }
    }
}
