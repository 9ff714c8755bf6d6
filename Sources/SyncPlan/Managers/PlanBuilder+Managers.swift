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
            if case .person(let guid) = link, wanted != nil { wantedManagers[subject.person] = guid }
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

    /// What was planned for everybody may not be what is done: nobody is given a manager who is not created after all, and
    /// whoever keeps his name is named by that. Who gets no manager is told.
    mutating func settleManagers() {
        guard !planner.source.managers.isEmpty else { return }
        let places = places()
        operations = operations.compactMap { operation in
            guard case .update(let user, let update) = operation.change, let planned = update.replacements.first,
                planned.name == .manager, !planned.new.isEmpty, let guid = wantedManagers[operation.person]
            else { return operation }
            guard let place = places.of(guid) else {
                withoutManager.append(operation.person)
                return nil
            }
            let replacement = AttributeReplacement(
                name: .manager, old: planned.old, new: .one(.text(place.after.description)))
            return Operation(
                person: operation.person, stage: operation.stage, verb: operation.verb,
                change: .update(user, UserUpdate(replacements: [replacement])))
        }
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
    private var moved: [GUID: DistinguishedName] = [:]

    init(operations: [Operation], subjects: [Subject], target: TargetSnapshot) {
        for operation in operations {
            switch operation.change {
            case .create(let user): created[operation.person] = user.name
            case .rename(let user, let leaf):
                if let guid = user.guid { moved[guid] = user.name.parent?.appending(leaf) }
            case .move(let user, let name): if let guid = user.guid { moved[guid] = name }
            default: break
            }
        }
        let place = { [moved] (user: DirectoryUser) in
            Place(before: user.name, after: moved[user.guid] ?? user.name)
        }
        var doubled: Set<GUID> = []
        for user in target.users {
            guard let anchor = user.stamp.anchor else { continue }
            if byAnchor.updateValue(place(user), forKey: anchor.user) != nil { doubled.insert(anchor.user) }
        }
        // Which of two accounts with one anchor is his, nobody has said yet.
        for guid in doubled { byAnchor[guid] = nil }
        for subject in subjects {
            guard let guid = subject.record.anchor?.user else { continue }
            if let user = managed(subject) {
                byAnchor[guid] = place(user)
            } else if let name = created[subject.person] {
                byAnchor[guid] = Place(before: nil, after: name)
            }
        }
    }

    func of(_ guid: GUID) -> Place? { byAnchor[guid] }

    /// An account outside the container is nobody's here before it is taken over.
    private func managed(_ subject: Subject) -> DirectoryUser? {
        subject.user.flatMap { subject.isTakeOver && moved[$0.guid] == nil ? nil : $0 }
    }

    /// The account to be changed; nil for somebody who has none and gets none.
    func own(_ subject: Subject) -> UserReference? {
        if let user = managed(subject) {
            return UserReference(guid: user.guid, name: user.name)
        }
        return created[subject.person].map { UserReference(guid: nil, name: $0) }
    }
}

extension AttributeValues {
    /// Whether it is this one name, however it is spelled.
    fileprivate func names(_ wanted: DistinguishedName) -> Bool {
        guard case .one(.text(let text)) = self else { return false }
        return text.isIdenticalText(to: wanted.description) || (try? DistinguishedName(parsing: text)) == wanted
    }
}
