import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Joins what `group_map` and grants give and is not there, leaves what they do not give any more.
    mutating func planGroups(_ subject: Subject, _ reference: UserReference, current: Set<GUID>) {
        var wanted = groups.wanted(for: subject.record)
        var granted = Set<GUID>()
        if !planner.answers.entries.isEmpty {
            granted =
                groups.grants(to: subject.person, in: planner.answers, byName: subject.acceptsAnswersByName).groups
            wanted.formUnion(granted)
        }
        if !subject.isTakeOver { for group in current { memberships[group, default: 0] += 1 } }
        if !subject.record.isDisabled, subject.fault == nil {
            askAboutProposals(subject, besides: wanted.union(current))
        }
        guard wanted != current else { return }
        // Somebody who is deactivated joins nothing; what he leaves altogether, deactivation decides.
        if !subject.record.isDisabled, subject.fault == nil {
            for (name, group) in groups.inOrder(wanted.subtracting(current)) {
                let operation = Operation(
                    person: subject.person, stage: .join, verb: .join(group.commonName),
                    change: .join(reference, group: group.reference))
                if let reason = groups.restriction(of: group.guid), !granted.contains(group.guid) {
                    questions.append(
                        question(
                            .join, about: subject, reason: reason, group: name, consequence: .operations([operation])))
                } else {
                    operations.append(operation)
                }
            }
        }
        guard !leavesEverything(subject.record), planner.source.incompleteness == nil else { return }
        for (name, group) in groups.inOrder(current.subtracting(wanted)) {
            let operation = leaving(
                subject.person, reference, group, stage: subject.isTakeOver ? .create : .withdraw)
            if planner.policy.approvalsOnTop.contains(.leave) {
                askToLeave(
                    subject.person, subject.concern, name, operation, byName: subject.acceptsAnswersByName)
            } else if subject.isTakeOver {
                // What an approved take-over ends was told with it.
                operations.append(operation)
            } else {
                departures.append(
                    Departure(
                        member: Question.Member(person: subject.person, group: name), concern: subject.concern,
                        byName: subject.acceptsAnswersByName, group: group, operation: operation))
            }
        }
    }

    /// Memberships on top of `group_map` that somebody has proposed, in groups that nobody joins without an approval.
    private mutating func askAboutProposals(_ subject: Subject, besides others: Set<GUID>) {
        let entries = planner.answers.entries(
            of: .grant, for: subject.person, byName: subject.acceptsAnswersByName)
        guard !entries.isEmpty else { return }
        for (name, group) in groups.inOrder(Set(groups.mapped.keys).subtracting(others)) {
            guard let reason = groups.restriction(of: group.guid), entries.contains(where: { $0.names(group: name) })
            else { continue }
            questions.append(
                question(.grant, about: subject, reason: reason, group: name, consequence: .replan))
        }
    }

    func leaving(
        _ person: Person, _ reference: UserReference, _ group: DirectoryGroup, stage: Operation.Stage = .withdraw
    ) -> Operation {
        Operation(
            person: person, stage: stage, verb: .leave(group.commonName),
            change: .leave(reference, group: group.reference))
    }

    mutating func askToLeave(
        _ person: Person, _ concern: Concern, _ group: DistinguishedName, _ operation: Operation, byName: Bool
    ) {
        questions.append(
            question(
                .leave, about: person, concern, byName: byName, reason: .leavingNeedsApproval, group: group,
                consequence: .operations([operation])))
    }

    private func leavesEverything(_ record: SourceUser) -> Bool {
        record.isDisabled && !planner.policy.deactivatedUsersKeepGroups
    }
}
