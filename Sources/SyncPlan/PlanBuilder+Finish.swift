import Directory
import DistinguishedNames

extension PlanBuilder {
    mutating func finish() -> Plan {
        settleDeactivations()
        if planner.source.users.isEmpty, !planner.target.users.isEmpty { brakes.append(.emptyFile) }
        if let reason = planner.source.incompleteness { brakes.append(.incompleteFile(reason)) }
        for (name, group) in groups.inOrder(Set(groups.mapped.keys)) {
            if let chain = group.privilegedThrough, !planner.policy.restrictedGroups.contains(name) {
                notices.append(
                    .restrictedByNesting(
                        group: group.commonName, through: chain.compactMap { $0.leaf?.value }))
            }
        }
        return Plan(
            operations: operations.sortedByStage(),
            questions: questions.sorted(by: Question.precedes),
            failures: failures,
            notices: notices,
            brakes: brakes,
            standingAnswers: standingAnswers,
            statistics: Plan.Statistics(
                records: subjects.count, managed: planner.target.users.count, unchanged: unchanged),
            enabling: EnablingPolicy(
                mustChangePassword: planner.policy.usersMustChangePassword,
                cannotChangePassword: planner.policy.usersCannotChangePassword))
    }
}

extension [Operation] {
    /// Stable: within a stage the order stays, because it carries the dependencies between names.
    func sortedByStage() -> [Operation] {
        enumerated().sorted { left, right in
            (left.element.stage.rawValue, left.offset) < (right.element.stage.rawValue, right.offset)
        }.map(\.element)
    }
}

extension Question {
    static func precedes(_ left: Question, _ right: Question) -> Bool {
        if left.person != right.person { return Person.precedes(left.person, right.person) }
        return (left.kind.rawValue, left.id.description) < (right.kind.rawValue, right.id.description)
    }
}
