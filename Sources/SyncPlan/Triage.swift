import Directory

/// Tells those for whom something may have to be done from those who are as their records want them: after most nights
/// that is nearly everybody.
struct Triage: Sendable {
    let groups: GroupRules
    /// The subjects that a plan has to look at, in the order of the file.
    private(set) var open: [Int] = []
    /// By subject: the names somebody is to get and does not hold yet. In most runs there are none.
    private(set) var claims: [Int: [NameClaim]] = [:]
    /// Memberships of the others, by group.
    private(set) var memberships: [GUID: Int] = [:]

    /// - Parameter memberships: of those who are known to be settled.
    init(_ subjects: [Subject], of planner: Planner, _ groups: GroupRules, _ memberships: [[GUID: Int]]) {
        self.groups = groups
        let parts = subjects.indices.parts { part in Part(subjects, part, planner, groups) }
        for part in parts {
            open += part.open
            claims.merge(part.claims) { _, claims in claims }
        }
        for (group, count) in (memberships + parts.map(\.memberships)).joined() {
            self.memberships[group, default: 0] += count
        }
    }

    /// What there is to say about some of the subjects.
    private struct Part: Sendable {
        var open: [Int] = []
        var claims: [Int: [NameClaim]] = [:]
        let memberships: [GUID: Int]

        init(_ subjects: [Subject], _ part: Range<Int>, _ planner: Planner, _ groups: GroupRules) {
            var settled = SettledSubjects(planner, groups)
            for index in part where !subjects[index].isSettled && !settled.takes(subjects[index]) {
                open.append(index)
                guard subjects[index].isWanted, subjects[index].user?.protection == nil else { continue }
                let changed = subjects[index].changedClaims(in: planner.target)
                if !changed.isEmpty { claims[index] = changed }
            }
            memberships = settled.memberships
        }
    }
}
