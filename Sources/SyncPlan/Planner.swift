public import Directory
import DistinguishedNames

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
    let fileCarriesAnchors: Bool
    /// Whether identity is told by anchors: they are on, and this file carries them.
    let usesAnchors: Bool
    /// Where people are to stand, by position; see ``Directory/SourcePopulation/units``.
    let places: [Int: DistinguishedName]

    public init(
        policy: SyncPolicy, source: SourcePopulation, target: TargetSnapshot, answers: Answers, now: Timestamp
    ) {
        self.policy = policy
        self.target = target
        self.answers = answers
        self.now = now
        // Asked for every user, so told once: a file without anchors has to be read to its end to know.
        fileCarriesAnchors = source.users.contains { $0.anchor != nil }
        usesAnchors = policy.anchorAttribute != nil && fileCarriesAnchors
        self.source = usesAnchors ? source : source.knownByNames()
        // Many people, few places: those in one share its name.
        let names = Set(source.units.values).map { ($0, $0.under(target.container.name)) }
        let byUnit = Dictionary(names, uniquingKeysWith: { first, _ in first })
        places = source.units.compactMapValues { byUnit[$0] }
    }
}
