import Directory
import DistinguishedNames
import SyncPlan

/// Both sides as a session knows them. The file stays as it was verified; of the directory, what a decision is about is
/// read afresh, and the rest is as it was when the session began.
struct SessionWorld: Sendable {
    let policy: SyncPolicy
    let source: SourcePopulation
    let query: UserQuery
    /// Positions of the records that the session is for; nil for all.
    private(set) var part: Set<Int>?
    private(set) var target: TargetSnapshot
    private(set) var holders: [NameHolder]

    init(_ material: SessionMaterial) {
        policy = material.policy
        source = material.source
        query = material.query
        part = material.part
        target = material.snapshot
        holders = material.holders
    }

    /// Pure, and linear in the number of users: 0.2 s for a hundred thousand.
    func plan(_ answers: [Resolution], now: Timestamp) throws(PlanRefusal) -> ApprovedPlan {
        try plan(answers, now: now, part: part)
    }

    /// The same for some records; nil for all.
    func plan(_ answers: [Resolution], now: Timestamp, part: Set<Int>?) throws(PlanRefusal) -> ApprovedPlan {
        let answers = Answers(answers)
        return try matching(answers, now).plan(holders: holders, part: part).approved(by: answers)
    }

    /// The session is for these, too, from now on.
    mutating func include(_ positions: Set<Int>) { part?.formUnion(positions) }

    private func matching(_ answers: Answers, _ now: Timestamp) throws(PlanRefusal) -> Matching {
        try Planner(policy: policy, source: source, target: target, answers: answers, now: now).match()
    }

    /// Looks at what a decision is about as it stands now, in two requests at most for each few hundred people: the
    /// accounts by their GUIDs, and whoever holds the names they are to get.
    mutating func look(
        at concern: Concern, in directory: any DirectoryReader, _ answers: [Resolution], now: Timestamp
    ) async throws {
        if !concern.accounts.isEmpty {
            target = target.updated(
                asked: concern.accounts, found: try await directory.users(concern.accounts, query))
        }
        let questions = try matching(Answers(answers), now).nameQuestions(ofRecords: concern.records)
        guard !questions.isEmpty else { return }
        let found = try await directory.holders(of: questions, reading: query.below(target.domain.name))
        // Accounts that turned up in the container are managed like all others there.
        let insiders = found.compactMap { holder in
            if case .user(let user, _) = holder.kind, user.name.isDescendant(of: target.container.name) {
                user
            } else {
                nil
            }
        }
        target = target.updated(asked: [], found: insiders)
        holders = holders.updated(asked: questions, found: found)
    }

    /// Looks at groups as they stand now: one may have come to power since the session began.
    ///
    /// - Returns: those that were found.
    mutating func look(at groups: [DistinguishedName], in directory: any DirectoryReader) async throws -> Set<GUID> {
        let found = try await directory.groups(groups).compactMap(\.self)
        target = target.updated(groups: found)
        return Set(found.map(\.guid))
    }
}
