import Directory
import SyncPlan
import SyncRun

extension ApprovalSession {
    /// Gives people the memberships of somebody else. Called by whoever has the turn.
    func copyGroups(from template: GUID, shown: [String]?, toPeopleOf ids: [String]) async -> [DecisionOutcome] {
        let questions = ids.compactMap(question)
        let said = "groups copied from \(account(template)?.commonName ?? "")"
        do {
            let lock = try await ground.lock()
            defer { lock.release() }
            let concerns = questions.map(\.concern) + [Concern(accounts: [template])]
            try await look(at: concerns)
            let groups = account(template)?.groups ?? []
            if let shown, shown != plan.plan.commonNames(of: groups) {
                throw DeskError("his memberships have changed since they were shown: look again")
            }
            var copies: [GroupCopying] = []
            let read = try file.read()
            var answered = read
            let (seen, now, answers) = (Answers(fileEntries), Answers(read), Answers(entries))
            for question in questions where !copies.contains(where: { $0.action.person == question.person }) {
                guard let copy = plan.plan.copy(groups, toPersonOf: question, at: ground.now) else { continue }
                copies.append(GroupCopying(action: action(question, answers), copy: copy))
                for join in copy.joins {
                    if let problem = answeredElsewhere(join, since: seen, in: now) { throw DeskError(problem) }
                    answered = try answered.answering(join, with: .accept(.plain), at: ground.now)
                }
                let given = Set(copy.grants.compactMap(\.id))
                answered = answered.filter { !($0.id.map(given.contains) ?? false) } + copy.grants
            }
            try store(answered, insteadOf: read)
            replan()
            let part = plan.limited { operation in
                copies.contains { $0.action.person == operation.person && $0.copy.includes(operation) }
            }
            let runner = Runner(writer: try await directory(), journal: material.journal, logger: logger)
            let done = await runner.apply(part)
            outcomes += done.filter(\.isDone)
            let results = copies.map { copying in
                record(
                    copying.action, said, copying.result(done.filter { $0.operation.person == copying.action.person }))
            }
            let joins = Set(copies.flatMap { $0.copy.joins.map(\.id.description) })
            let undone = Set(done.filter { !$0.isDone }.compactMap(\.operation.fulfils?.description))
            await tidyUp(settled: joins.subtracting(undone), waitingAgain: undone, concerns)
            return results
        } catch {
            if let failure = error as? DirectoryFailure, failure.kind.meansLost { await lost(failure) }
            return questions.map { record(action($0, Answers(entries)), said, .failed("\(error)")) }
        }
    }
}

/// One person who gets somebody else's memberships.
private struct GroupCopying {
    let action: ApprovalAction
    let copy: Plan.GroupCopy

    func result(_ outcomes: [Outcome]) -> DecisionOutcome.Result {
        if copy.missing.isEmpty { return .done(["Is in all of these groups already"]) }
        let failures = outcomes.compactMap { outcome -> String? in
            if case .failed(let failure) = outcome.result { failure.message } else { nil }
        }
        if let first = failures.first { return .failed(first) }
        return outcomes.isEmpty ? .recorded : .done(outcomes.map(\.operation.confirmation))
    }
}
