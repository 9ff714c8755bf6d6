import Directory
import DistinguishedNames

extension PlanBuilder {
    mutating func finish() -> Plan {
        planManagers()
        narrow()
        settleManagers()
        settleDeactivations()
        settleDepartures()
        if planner.source.users.isEmpty, !planner.target.users.isEmpty { brakes.append(.emptyFile) }
        if let reason = planner.source.incompleteness { brakes.append(.incompleteFile(reason)) }
        for (name, group) in groups.inOrder(Set(groups.mapped.keys)) {
            if let chain = group.privilegedThrough, !planner.policy.restrictedGroups.contains(name) {
                notices.append(
                    .restrictedByNesting(
                        group: group.commonName, through: chain.compactMap { $0.leaf?.value }))
            }
        }
        notices += renamedSuspiciously()
        dropAnsweredDecisionsOfOthers()
        return Plan(
            operations: operations.sortedByStage(),
            questions: warned(questions.inOrder()),
            failures: failures,
            notices: notices,
            brakes: brakes,
            standingAnswers: standingAnswers + answersWithoutAFile,
            statistics: Plan.Statistics(
                records: subjects.count, selected: part?.count,
                managed: part.map(managedCount) ?? planner.target.users.count),
            enabling: EnablingPolicy(
                mustChangePassword: planner.policy.usersMustChangePassword,
                cannotChangePassword: planner.policy.usersCannotChangePassword),
            subjects: subjects, unmatched: unmatched, groups: groups)
    }
}

extension PlanBuilder {
    /// A file with no users says nothing about anybody, one that is not complete nothing about who left: no answer has
    /// lost its reason by it.
    private var answersWithoutAFile: [Resolution] {
        let entries = planner.answers.entries
        if planner.source.users.isEmpty { return entries }
        guard planner.source.incompleteness != nil else { return [] }
        return entries.filter { $0.kind == .disable || $0.kind == .leave }
    }
}

extension [Operation] {
    /// Stable: within a stage the order stays, because it carries the dependencies between names.
    func sortedByStage() -> [Operation] {
        Operation.Stage.allCases.flatMap { stage in filter { $0.stage == stage } }
    }
}

extension [Question] {
    /// By person, by kind, and by the group or the name.
    func inOrder() -> [Question] {
        map { (key: PersonKey($0.person), question: $0) }.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            let (left, right) = (left.question, right.question)
            return (left.kind.rawValue, left.detail, left.id.description)
                < (right.kind.rawValue, right.detail, right.id.description)
        }.map(\.question)
    }
}

extension Question {
    fileprivate var detail: String {
        if case .nameConflict(let conflict) = reason { conflict.aspect.rawValue } else { group?.description ?? "" }
    }
}
