public import Directory

/// Decides what a run would do. Pure: the same arguments give the same plan, down to the order.
///
/// Planning has two steps, because names must be looked up in between:
///
/// ```
/// let matching = try planner.match()
/// let plan = matching.plan(holders: …holders of matching.nameQuestions…)
/// ```
public struct Planner: Sendable {
    let policy: SyncPolicy
    let source: SourcePopulation
    let target: TargetSnapshot
    let answers: Answers
    let now: Timestamp

    public init(
        policy: SyncPolicy, source: SourcePopulation, target: TargetSnapshot, answers: Answers, now: Timestamp
    ) {
        self.policy = policy
        self.source = source
        self.target = target
        self.answers = answers
        self.now = now
    }

    /// Whether identity is told by anchors: they are on, and this file carries them.
    var usesAnchors: Bool { policy.anchorAttribute != nil && fileCarriesAnchors }

    var fileCarriesAnchors: Bool { source.users.contains { $0.anchor != nil } }
}
