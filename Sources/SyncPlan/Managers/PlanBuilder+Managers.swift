import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Gives people their managers, as far as those are managed here; who has another one, or none, gets none.
    ///
    /// In the stage of joining, when everybody who is to be created is there and everybody has his name: so it is not for
    /// the next run to do.
    mutating func planManagers() {
        let links = planner.source.managers
        guard !links.isEmpty else { return }
        let places = places()
        for subject in subjects {
            guard let link = links[subject.record.position], subject.fault == nil,
                subject.user?.protection == nil, let own = places.own(subject)
            else { continue }
            var wanted: ManagerPlaces.Place?
            if case .person(let guid) = link {
                wanted = places.of(guid)
                if wanted == nil { withoutManager.append(subject.person) }
            }
            let current = subject.user?.attributes[.manager] ?? .none
            let isRight =
                if let wanted { wanted.before.map { current.names($0) } ?? false } else { current.isEmpty }
            guard !isRight else { continue }
            operations.append(
                Operation(
                    person: subject.person, stage: .join, verb: .update(adopted: false),
                    change: .update(
                        own,
                        UserUpdate(replacements: [
                            AttributeReplacement(
                                name: .manager, old: current,
                                new: wanted.map { .one(.text($0.after.description)) } ?? .none)
                        ]))))
        }
    }

    /// Nobody is given a manager who is not created by this run after all; and what is not as the file has it is told.
    mutating func settleManagers() {
        guard !planner.source.managers.isEmpty else { return }
        let places = places()
        var kept: [Operation] = []
        for operation in operations {
            if case .update(_, let update) = operation.change, let replacement = update.replacements.first,
                replacement.name == .manager, case .one(.text(let text)) = replacement.new, places.isUnborn(text)
            {
                withoutManager.append(operation.person)
            } else {
                kept.append(operation)
            }
        }
        operations = kept
        var people = withoutManager
        if let part {
            let meant = PeopleOfPlan(subjects.filter { part.contains($0.record.position) })
            people.removeAll { !meant.contains($0) }
        }
        if !people.isEmpty { notices.append(.managersNotHere(people.sorted(by: Person.precedes))) }
    }

    private func places() -> ManagerPlaces {
        ManagerPlaces(operations: operations, subjects: subjects, target: planner.target)
    }
}

/// Where everybody stands before the run and after it.
private struct ManagerPlaces {
    struct Place {
        /// Nil for somebody who is created.
        let before: DistinguishedName?
        let after: DistinguishedName
    }

    private var byAnchor: [GUID: Place] = [:]
    private var created: [Person: DistinguishedName] = [:]
    /// Everything that stands in the container, and is to.
    private var known: Set<DistinguishedName> = []

    init(operations: [Operation], subjects: [Subject], target: TargetSnapshot) {
        var moved: [GUID: DistinguishedName] = [:]
        for operation in operations {
            switch operation.change {
            case .create(let user): created[operation.person] = user.name
            case .rename(let user, let leaf):
                if let guid = user.guid { moved[guid] = user.name.parent?.appending(leaf) }
            case .move(let user, let name): if let guid = user.guid { moved[guid] = name }
            default: break
            }
        }
        let place = { (user: DirectoryUser) in Place(before: user.name, after: moved[user.guid] ?? user.name) }
        for user in target.users {
            known.insert(place(user).after)
            if let anchor = user.stamp.anchor { byAnchor[anchor.user] = place(user) }
        }
        for subject in subjects {
            guard let guid = subject.record.anchor?.user else { continue }
            if let user = subject.user {
                byAnchor[guid] = place(user)
            } else if let name = created[subject.person] {
                byAnchor[guid] = Place(before: nil, after: name)
            }
        }
        known.formUnion(byAnchor.values.map(\.after))
    }

    func of(_ guid: GUID) -> Place? { byAnchor[guid] }

    /// The account to be changed; nil for somebody who has none and gets none.
    func own(_ subject: Subject) -> UserReference? {
        if let user = subject.user {
            return UserReference(guid: user.guid, name: user.name)
        }
        return created[subject.person].map { UserReference(guid: nil, name: $0) }
    }

    /// Whether nobody is called so, now or after the run.
    func isUnborn(_ text: String) -> Bool {
        (try? DistinguishedName(parsing: text)).map { !known.contains($0) } ?? true
    }
}

extension AttributeValues {
    /// Whether it is this one name, however it is spelled.
    fileprivate func names(_ wanted: DistinguishedName) -> Bool {
        guard case .one(.text(let text)) = self else { return false }
        return text.isIdenticalText(to: wanted.description) || (try? DistinguishedName(parsing: text)) == wanted
    }
}
