import Directory
import SyncPlan
import SyncRun

extension ApprovalSession {
    /// Gives people the memberships of somebody else: at once where nobody has to approve a group, as a question where
    /// somebody has to. Called by whoever has the turn.
    func giveMemberships(of model: PeopleImport.Model, to ids: Set<Roster.Entry.ID>) async -> [DecisionOutcome] {
        let name = roster()[model.id]?.person.commonName ?? ""
        let said = "memberships like \(name)"
        let chosen = roster().entries.filter { ids.contains($0.id) && $0.id != model.id && $0.takesMemberships }
        do {
            let lock = try await ground.lock()
            defer { lock.release() }
            var concern = Concern(
                records: Set(chosen.compactMap(\.position)),
                accounts: Set(chosen.compactMap(\.dossier.account?.guid)))
            concern.formUnion(Concern(accounts: Set([roster()[model.id]?.dossier.account?.guid].compactMap(\.self))))
            try await look(at: [concern])
            // One of the groups may have come to power since the session began.
            let known = try await lookAtGroups(named: groups(of: model).map(\.group.name))
            let groups = try groups(of: model).filter { known.contains($0.group.guid) }
            let proposals = try propose(Set(groups.map(\.group.guid)), to: Set(chosen.map(\.id)))
            let given = proposals.mapValues(\.given)
            let part = plan.limited { operation in
                guard operation.fulfils == nil, let group = operation.change.joinedGroup else { return false }
                return given[operation.person]?.contains(group.guid) ?? false
            }
            let done = await Runner(writer: try await directory(), journal: material.journal, logger: logger).apply(
                part)
            outcomes += done.filter(\.isDone)
            for case .failed(let failure) in done.map(\.result) where failure.kind.meansLost {
                await lost(failure)
                break
            }
            await tidyUp(settled: [], waitingAgain: [], [concern])
            let byPerson = Dictionary(grouping: done, by: \.operation.person)
            return proposals.sorted { $0.key.commonName < $1.key.commonName }.map { person, proposal in
                record(.person(person), said, proposal.result(byPerson[person] ?? []))
            }
        } catch {
            if let failure = error as? DirectoryFailure, failure.kind.meansLost { await lost(failure) }
            return chosen.map { record(.person($0.person), said, .failed("\(error)")) }
        }
    }

    /// - Throws: ``DeskError`` when they are not those any more that were shown.
    private func groups(
        of model: PeopleImport.Model
    ) throws(DeskError) -> [(group: DirectoryGroupReference, name: String, isRestricted: Bool)] {
        let groups = roster()[model.id].map { plan.plan.groups(of: $0.dossier) } ?? []
        guard groups.map(\.name) == model.shown else {
            throw DeskError("the memberships that were to be given have changed since they were shown: look again")
        }
        return groups
    }

    /// Writes it down, before anything is done, and plans with it.
    private func propose(
        _ groups: Set<GUID>, to ids: Set<Roster.Entry.ID>
    ) throws -> [Person: Plan.MembershipProposal] {
        let read = try file.read()
        let answers = Answers(read)
        var proposals: [Person: Plan.MembershipProposal] = [:]
        for entry in roster().entries where ids.contains(entry.id) {
            proposals[entry.person] = plan.plan.propose(groups, to: entry.dossier, answers: answers, at: ground.now)
        }
        let grants = proposals.values.flatMap(\.grants).sorted { ($0.user, $0.group ?? "") < ($1.user, $1.group ?? "") }
        let replaced = Set(grants.compactMap(\.id))
        try store(read.filter { !($0.id.map(replaced.contains) ?? false) } + grants, insteadOf: read)
        replan()
        return proposals
    }
}

extension Roster.Entry {
    fileprivate var takesMemberships: Bool {
        switch mark {
        case .changing, .unchanged, .nameTaken: dossier.account != nil && dossier.record?.isDisabled == false
        case .new, .failing, .leftAlone, .missing: false
        }
    }
}

extension Plan.MembershipProposal {
    fileprivate func result(_ outcomes: [Outcome]) -> DecisionOutcome.Result {
        let failures = outcomes.compactMap { outcome -> String? in
            if case .failed(let failure) = outcome.result { failure.message } else { nil }
        }
        guard failures.isEmpty else { return .failed(failures.unique.joined(separator: "; ")) }
        let told =
            outcomes.map(\.operation.confirmation) + waiting.map { "\($0) waits for an approval" }
            + rejected.map { "\($0) was rejected before" }
        return .done(told.isEmpty ? ["Is in all of these groups already"] : told)
    }
}
