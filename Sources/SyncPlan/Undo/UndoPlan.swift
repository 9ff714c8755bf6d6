import Directory

/// What taking a run back comes down to, as things stand now. It is not applicable; ``confirmed()`` makes it so.
///
/// There is no other way to make one than ``UndoPlanner/plan(holders:places:now:)``.
public struct UndoPlan: Sendable {
    /// The id of the run.
    public let run: String
    /// In the order they have to happen.
    public let operations: [Operation]
    public let leftAlone: [LeftAlone]
    public let remainders: [Remainder]
    public let openings: [Opening]
    public let lapses: [Lapse]
    /// Managed users that no operation is about.
    public let unchangedCount: Int
    let base: Base

    /// What every plan carries.
    struct Base: Sendable {
        let managed: Int
        let groups: GroupRules
    }

    init(
        run: String, operations: [Operation], leftAlone: [LeftAlone], remainders: [Remainder], openings: [Opening],
        lapses: [Lapse], base: Base
    ) {
        self.run = run
        self.operations = operations
        self.leftAlone = leftAlone
        self.remainders = remainders
        self.openings = openings
        self.lapses = lapses
        self.base = base
        unchangedCount = base.managed - Set(operations.compactMap(\.change.user?.guid)).count
    }

    /// The operator's yes to exactly what he was shown.
    public func confirmed() -> ApprovedPlan {
        let plan = Plan(
            operations: operations, questions: [], failures: [], notices: [], brakes: [], standingAnswers: [],
            statistics: Plan.Statistics(records: 0, selected: nil, managed: base.managed),
            enabling: EnablingPolicy(mustChangePassword: false, cannotChangePassword: false), subjects: [],
            unmatched: [], groups: base.groups)
        return ApprovedPlan(
            operations: operations, pending: [], rejected: [], plan: plan, notices: [], approvals: [:])
    }
}
