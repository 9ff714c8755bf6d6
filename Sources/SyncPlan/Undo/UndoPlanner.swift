public import Directory
public import DistinguishedNames

/// Compares what a run left with how things stand now, and plans the way back. Pure: what it is given is all it knows.
///
/// Each field of each account goes by itself: as the run left it, it is taken back; as it was before the run, there is
/// nothing to do; anything else is somebody's doing since, and stays.
public struct UndoPlanner: Sendable {
    let run: PastRun
    let policy: SyncPolicy
    let target: TargetSnapshot
    let groups: GroupRules
    private(set) var candidates: [UndoCandidate] = []
    /// Of accounts that are not there.
    private(set) var leftAlone: [LeftAlone] = []

    /// - Parameters:
    ///   - later: runs after it, oldest first: what they changed is told with their names.
    ///   - target: with every attribute in ``PastRun/attributes``.
    ///   - elsewhere: accounts of the run that stand outside the container.
    public init(
        run: PastRun, later: [PastRun], policy: SyncPolicy, target: TargetSnapshot, elsewhere: [DirectoryUser]
    ) {
        self.run = run
        self.policy = policy
        self.target = target
        groups = GroupRules(policy: policy, target: target)
        let finder = AccountFinder(target.users + elsewhere)
        let laterRuns = later.map { LaterRun($0, finder) }
        for history in AccountHistory.all(of: run, finder) { add(history, laterRuns) }
        candidates.sort { (PersonKey($0.history.person), $0.user.guid) < (PersonKey($1.history.person), $1.user.guid) }
    }

    /// The names that have to be looked up before there can be a plan.
    public var nameQuestions: [NameQuestion] {
        candidates.flatMap { candidate in
            let user = candidate.user
            let wanted = NameQuestion(
                accountName: candidate.accountName, userPrincipalName: candidate.principalName, name: candidate.name)
            let held = NameQuestion(
                accountName: user.accountName, userPrincipalName: user.userPrincipalName, name: user.name)
            return (candidate.claims.isEmpty ? [] : [wanted]) + (candidate.isLookedAtWhole ? [held] : [])
        }
    }

    /// Containers that accounts are to go back to.
    public var oldPlaces: Set<DistinguishedName> {
        Set(candidates.compactMap { $0.restored[.place] == nil ? nil : $0.name.parent })
    }

    /// - Parameters:
    ///   - holders: who holds the names asked for.
    ///   - places: those of ``oldPlaces`` that are there.
    public func plan(holders: [NameHolder], places: [Container], now: Timestamp) -> UndoPlan {
        let bounds = UndoBounds(policy: policy, target: target, places: places, holders: holders)
        var names = UndoNames(candidates: bounds.applied(to: candidates), holders: holders, target: target)
        names.settle(anchor: policy.anchorAttribute)
        var builder = UndoBuilder(
            names.candidates, groups: groups, domain: target.domain, now: now, entanglements: bounds.entanglements)
        for step in names.order() {
            switch step {
            case .person(let index): builder.add(index)
            case .park(let index): builder.park(index)
            }
        }
        return UndoPlan(
            run: run.id, operations: builder.operations.sortedByStage(),
            leftAlone: leftAlone + names.candidates.flatMap(\.leftAlone),
            remainders: names.candidates.flatMap(\.remainders), openings: builder.openings,
            lapses: builder.lapses, base: UndoPlan.Base(managed: target.users.count, groups: groups))
    }

    private mutating func add(_ history: AccountHistory, _ later: [LaterRun]) {
        let anew = history.isCreated ? later.first { $0.created(history) } : nil
        // Created again after an attempt that nobody knows the end of: that attempt came to nothing.
        if anew != nil, !history.isConfirmed { return }
        guard anew == nil, let user = history.user else {
            guard history.isConfirmed else { return }
            leftAlone.append(
                LeftAlone(
                    person: history.person, field: nil, group: nil, then: nil, before: nil, now: nil,
                    reason: anew.map { .createdAnew(by: $0.id) } ?? .gone))
            return
        }
        var candidate = UndoCandidate(user, history, in: target.container)
        for field in history.order { judge(field, of: history, &candidate, later) }
        if let protection = user.protection {
            candidate.leaveAll(because: .protected(protection))
        } else if !candidate.isInside, !candidate.isMovedIn {
            candidate.leaveAll(because: .movedAway(to: user.name))
        }
        candidates.append(candidate)
    }

    private func judge(
        _ field: AccountField, of history: AccountHistory, _ candidate: inout UndoCandidate, _ later: [LaterRun]
    ) {
        // It is told as a remainder; an account that needs no password would be open to anybody.
        guard field != .needsNoPassword, let past = history.fields[field] else { return }
        if case .membership(let group) = field, groups.mapped[group] == nil {
            candidate.leave(field, because: .groupNotMapped)
            return
        }
        let user = candidate.user
        let now = user.value(of: field)
        if now == past.before { return }
        if past.after == [past.before], !(history.isCreated && field == .isEnabled) { return }
        if let now, past.after.contains(now) {
            // A later run that found things as they were before: this one had not changed them.
            let next = later.lazy.compactMap { $0.history(of: user)?.fields[field] }.first
            if !past.isConfirmed, next?.before == past.before { return }
            if let problem = past.before.problem(as: field, in: target.domain) {
                candidate.leave(field, because: .unfitName(problem))
            } else {
                candidate.restore(field, to: past.before)
            }
        } else {
            let culprit = later.last { run in
                guard let now, let changed = run.history(of: user)?.fields[field] else { return false }
                return changed.after.contains(now)
            }
            candidate.leave(field, because: .changedSince(by: culprit?.id))
        }
    }
}

extension UndoCandidate {
    fileprivate var remainders: [Remainder] {
        guard user.protection == nil else { return [] }
        let creation: UndoTrace = isEnabledInTheEnd ? .openCreation : .creation
        return ((history.isCreated ? [creation] : []) + history.traces).map {
            Remainder(person: history.person, trace: $0)
        }
    }
}

/// A run after the one that is taken back.
private struct LaterRun: Sendable {
    let id: String
    private let byAccount: [GUID: AccountHistory]
    private let creations: [AccountHistory]

    init(_ run: PastRun, _ finder: AccountFinder) {
        id = run.id
        let histories = AccountHistory.all(of: run, finder)
        byAccount = Dictionary(
            histories.compactMap { history in history.user.map { ($0.guid, history) } }, uniquingKeysWith: { $1 })
        creations = histories.filter { $0.isCreated && $0.isConfirmed }
    }

    func history(of user: DirectoryUser) -> AccountHistory? { byAccount[user.guid] }

    /// Whether it created an account for the same person.
    func created(_ other: AccountHistory) -> Bool {
        creations.contains { creation in
            if let anchor = other.person.anchor { return creation.person.anchor == anchor }
            return creation.person.anchor == nil && creation.name == other.name
        }
    }
}
