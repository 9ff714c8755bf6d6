import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Takes one step of the life cycle out of the plan, and says whom that concerns.
    mutating func withhold(_ step: LifeCycle.Step) {
        let concerned: [Person] =
            switch step {
            case .create: withholdCreation()
            case .update: withholdUpdates()
            case .delete: withholdDeactivations { $0 == .disabledAtSource }
            case .deleteMissing: withholdDeactivations { $0 != .disabledAtSource }
            case .restore: withholdReturns()
            }
        notices.append(.switchedOff(step, Set(concerned).sorted(by: Person.precedes)))
    }

    private mutating func withholdCreation() -> [Person] {
        let newcomers = subjects.filter { subject in
            isInPart(subject) && (subject.isTakeOver || subject.isWanted && !subject.hasAccount)
        }
        let people = PeopleOfPlan(newcomers)
        guard !people.isEmpty else { return [] }
        operations.removeAll { people.contains($0.person) }
        failures.removeAll { people.contains($0.person) }
        withdraw { people.contains($0.person) }
        return newcomers.map(\.person)
    }

    /// What changes accounts that are there. Their expiry goes on: without it, everybody would be locked out in the end.
    private mutating func withholdUpdates() -> [Person] {
        let people = PeopleOfPlan(subjects.filter { $0.hasAccount && !$0.isTakeOver })
        var concerned: [Person] = []
        operations = operations.compactMap { operation in
            guard people.contains(operation.person) else { return operation }
            switch operation.change {
            case .update(let user, let update):
                guard !update.replacements.isEmpty else { return operation }
                concerned.append(operation.person)
                guard let expiry = update.expiry else { return nil }
                return Operation(
                    person: operation.person, stage: operation.stage, verb: .update(adopted: false),
                    change: .update(user, UserUpdate(replacements: [], expiry: expiry)))
            case .rename, .move, .join:
                concerned.append(operation.person)
                return nil
            case .create, .disable, .enable, .leave: return operation
            }
        }
        concerned += departures.map(\.member.person)
        for departure in departures {
            standingAnswers += planner.answers.entries(
                of: .leave, for: departure.member.person, byName: departure.byName)
        }
        keepDecisions(of: .leave, unless: departures.isEmpty)
        departures = []
        let isUpdate = { (question: Question) in
            people.contains(question.person) && !question.concern.records.isEmpty
                && [.join, .leave, .name, .grant].contains(question.kind)
        }
        concerned += questions.filter(isUpdate).map(\.person)
        withdraw(isUpdate)
        // Who is not stamped was not adopted.
        notices.removeAll { notice in
            if case .adopted(let person, _) = notice { people.contains(person) } else { false }
        }
        return concerned
    }

    /// Memberships that end because the account is deactivated belong to it.
    private mutating func withholdDeactivations(_ isMeant: @escaping (Operation.Deactivation) -> Bool) -> [Person] {
        let known = PeopleOfPlan(subjects)
        let isOfKind = { (person: Person) in isMeant(known.contains(person) ? .disabledAtSource : .missing) }
        var concerned: [Person] = []
        for deactivation in deactivations where isMeant(deactivation.reason) {
            concerned.append(deactivation.person)
            standingAnswers += planner.answers.entries(
                of: .disable, for: deactivation.person, byName: deactivation.byName)
        }
        keepDecisions(of: .disable, unless: concerned.isEmpty)
        deactivations.removeAll { isMeant($0.reason) }
        // Other memberships end by `departures`, which are settled later, or with a take-over.
        let tidiesUp = { (operation: Operation) in
            if case .leave = operation.verb {
                operation.stage == .withdraw && isOfKind(operation.person)
            } else {
                false
            }
        }
        concerned += operations.filter(tidiesUp).map(\.person)
        operations.removeAll(where: tidiesUp)
        let asks = { (question: Question) in
            switch question.reason {
            case .deactivation(let why): isMeant(why)
            case .leavingNeedsApproval: question.concern.records.isEmpty && isOfKind(question.person)
            default: false
            }
        }
        concerned += questions.filter(asks).map(\.person)
        withdraw(asks)
        return concerned
    }

    private mutating func withholdReturns() -> [Person] {
        let isReturn = { [planner] (question: Question) in
            guard question.reason == .returned, case .enable(_, _, _) = question.consequence else { return false }
            // Where passwords must be changed, who was never enabled looks like who was: what was asked when the account
            // was made goes on being asked.
            return !planner.policy.usersMustChangePassword || planner.answers.all(for: question).isEmpty
        }
        let people = questions.filter(isReturn).map(\.person)
        withdraw(isReturn)
        return people
    }

    private func isInPart(_ subject: Subject) -> Bool { part?.contains(subject.record.position) ?? true }

    /// Decisions about several, some of whom are not looked at by this run.
    private mutating func keepDecisions(of kind: ActionKind, unless nothing: Bool) {
        guard !nothing else { return }
        standingAnswers += planner.answers.entries.filter { $0.isAboutSeveral && $0.kind == kind && $0.accept != nil }
    }
}
