import Directory
import DistinguishedNames

extension PlanBuilder {
    /// A deactivation that needs no approval by itself.
    struct Deactivation {
        let person: Person
        let account: GUID
        let byName: Bool
        let reason: Operation.Deactivation
        let operations: [Operation]
    }

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
            for (name, group) in groups.inOrder(user.groups) {
                let operation = leaving(person, reference, group)
                if planner.policy.approvalsOnTop.contains(.leave) {
                    askToLeave(person, Concern(accounts: [user.guid]), name, operation, byName: byName)
                } else {
                    steps.append(operation)
                }
            }
        }
        guard !steps.isEmpty else { return }
        let deactivation = Deactivation(
            person: person, account: user.guid, byName: byName, reason: reason, operations: steps)
        if user.isDisabled {
            // Nothing is taken from anybody who works: what remains is to tidy up.
            operations += steps
        } else if reason == .unknown || planner.policy.approvalsOnTop.contains(.disable) {
            questions.append(question(about: deactivation))
        } else {
            deactivations.append(deactivation)
        }
    }

    /// Whichever of the accounts with his anchor is his: a leaver keeps none of them.
    mutating func withdraw(_ subject: Subject, from users: [DirectoryUser]) {
        for user in users
        where user.protection == nil && user.stamp.anchor != nil && user.stamp.anchor == subject.record.anchor {
            let person = Person(user)
            planDeactivation(
                person, user, UserReference(guid: user.guid, name: user.name), because: .disabledAtSource, byName: false
            )
        }
    }

    /// Performs the deactivations, or makes them one question when they are more than the limit allows.
    ///
    /// Whom a decision was given for, it was given for, whatever the number is now: when an operator said no to thirty of
    /// them and twenty have come back since, the other ten are not deactivated for being fewer than the limit; and a yes
    /// to thirty is not undone by one who went missing since. Who is not covered is judged as if those were gone.
    mutating func settleDeactivations() {
        var remaining: [Deactivation] = []
        var decided: [Int: [Deactivation]] = [:]
        var released = 0
        for deactivation in deactivations {
            let member = Question.Member(person: deactivation.person)
            switch planner.answers.verdict(.disable, on: member, byName: deactivation.byName) {
            case .individual: questions.append(question(about: deactivation))
            case .together(let entry, let isAccepted):
                decided[entry, default: []].append(deactivation)
                if isAccepted { released += 1 }
            case nil: remaining.append(deactivation)
            }
        }
        let active = planner.target.users.count { !$0.isDisabled && $0.protection == nil } - unknownActive
        questions += decided.values.map { question(about: $0, active: active) }
        let limit = planner.policy.deactivationLimit
        guard limit.isExceeded(by: remaining.count, of: active - released) else {
            operations += remaining.flatMap(\.operations)
            return
        }
        let decision = question(about: remaining, active: active - released)
        brakes.append(
            .tooManyDeactivations(decision.id, count: remaining.count, active: active - released, limit: limit))
        questions.append(decision)
    }

    private func question(about deactivation: Deactivation) -> Question {
        question(
            .disable, about: deactivation.person, Concern(accounts: [deactivation.account]),
            byName: deactivation.byName, reason: .deactivation(deactivation.reason),
            consequence: .operations(deactivation.operations))
    }

    private func question(about deactivations: [Deactivation], active: Int) -> Question {
        question(
            .disable, aboutSeveral: deactivations.map { Question.Member(person: $0.person) },
            Concern(accounts: Set(deactivations.map(\.account))), reason: .tooManyDeactivations(active: active),
            deactivations.flatMap(\.operations))
    }

    /// One decision about several; in the order of the people, then of the groups.
    func question(
        _ kind: ActionKind, aboutSeveral members: [Question.Member], _ concern: Concern, reason: Question.Reason,
        _ operations: [Operation]
    ) -> Question {
        let ordered = members.map { (key: PersonKey($0.person), member: $0) }.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            guard let leftGroup = left.member.group, let rightGroup = right.member.group else { return false }
            return leftGroup < rightGroup
        }.map(\.member)
        return Question(
            id: ActionID(kind: kind, members: ordered), kind: kind,
            person: Person(commonName: Resolution.everyone, accountName: Resolution.everyone, anchor: nil),
            reason: reason, group: nil, name: nil, members: ordered, acceptsAnswersByName: true,
            consequence: .operations(operations), concern: concern)
    }
}
