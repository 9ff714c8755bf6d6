import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Disables the account, and takes it out of the mapped groups where the configuration says so. Never deletes.
    mutating func planDeactivation(
        _ person: Person, _ user: DirectoryUser, _ reference: UserReference, because reason: Operation.Deactivation,
        byName: Bool
    ) {
        guard planner.source.incompleteness == nil else { return }
        var steps: [Operation] = []
        if !user.isDisabled {
            steps.append(
                Operation(
                    person: person, stage: .withdraw, verb: .disable(reason),
                    change: .disable(reference, accountControl: user.accountControl)))
        }
        if reason != .unknown, !planner.policy.deactivatedUsersKeepGroups {
            steps += groups.inOrder(user.groups).map { leaving(person, reference, $0.group) }
        }
        guard !steps.isEmpty else { return }
        let needsApproval = reason == .unknown || planner.policy.approvalsOnTop.contains(.disable)
        if user.isDisabled {
            // Nothing is taken from anybody who works: what remains is to tidy up.
            operations += steps
        } else if needsApproval {
            questions.append(
                question(
                    .disable, about: person, byName: byName, reason: .deactivation(reason),
                    consequence: .operations(steps)))
        } else {
            deactivations.append((person, steps))
        }
    }

    /// Performs the deactivations, or makes them one question when they are more than the limit allows.
    mutating func settleDeactivations() {
        let active = planner.target.users.count { !$0.isDisabled && $0.protection == nil }
        let limit = planner.policy.deactivationLimit
        guard limit.isExceeded(by: deactivations.count, of: active) else {
            operations += deactivations.flatMap(\.operations)
            return
        }
        let people = deactivations.map(\.person).sorted(by: Person.precedes)
        let id = ActionID(kind: .disable, people: people)
        brakes.append(.tooManyDeactivations(id, count: people.count, active: active, limit: limit))
        questions.append(
            Question(
                id: id, kind: .disable,
                person: Person(commonName: Resolution.everyone, accountName: Resolution.everyone, anchor: nil),
                reason: .tooManyDeactivations(active: active), group: nil, name: nil, people: people,
                acceptsAnswersByName: true, consequence: .operations(deactivations.flatMap(\.operations))))
    }
}
