import Directory
import SyncPlan

/// Answers that wait for the directory, and what becomes of them.
extension ApprovalSession {
    func keep(_ item: Accepted, _ reason: String, sent: Bool) -> DecisionOutcome {
        let id = item.action.id
        kept[id] = KeptAnswer(
            item: item, wasSent: sent || kept[id]?.wasSent == true,
            password: entries.last { $0.id == id }?.password ?? kept[id]?.password)
        return record(item.action, "accepted", .kept(reason))
    }

    /// An answer whose question is gone: it was done and only the server's word was lost, or another import has found it
    /// in the file.
    func concludeKept(_ id: String) -> DecisionOutcome? {
        guard let answer = kept[id], question(id) == nil else { return nil }
        kept[id] = nil
        let action = answer.item.action
        let isIssued = issueIfEnabled(action, answer.password)
        guard answer.wasSent || isIssued else {
            return record(action, "accepted", .obsolete(whyObsolete(answer.item.question)))
        }
        let how =
            answer.wasSent ? "the connection was lost before the directory could say so" : "by another import meanwhile"
        return record(action, "accepted", .done(["Done; \(how)"]))
    }

    /// Why a question is not asked any more, as far as the fresh look tells.
    func whyObsolete(_ question: Question) -> String {
        let people = plan.plan.people(ofRecords: question.concern.records)
        for case .protected(let person, let protection) in plan.notices where people.contains(person) {
            return "it is not asked any more: the account is left alone, because \(protection.rawValue)"
        }
        let accounts = world.target.users.filter { question.concern.accounts.contains($0.guid) }
        guard let account = accounts.first else {
            return "it is not asked any more: the account is not in the managed container"
        }
        switch question.kind {
        case .enable where !account.isDisabled: return "it is not asked any more: somebody has enabled the account"
        case .disable where account.isDisabled: return "it is not asked any more: somebody has disabled the account"
        default: return "it is not asked any more: somebody has changed the account"
        }
    }

    public func reconnect() async {
        await beginTurn()
        defer { endTurn() }
        do {
            _ = try await directory()
        } catch {
            await lost(error)
            return
        }
        _ = await carryOut(kept.values.map(\.item).sorted { $0.action.id < $1.action.id })
    }

    public func importAgain() async throws(DeskError) {
        await beginTurn()
        defer { endTurn() }
        // Who was chosen stays chosen, wherever the new file has him.
        let chosen = world.part.map { part in
            Set(roster().entries.filter { $0.position.map(part.contains) ?? false }.map(\.id))
        }
        let material = try await ground.importAgain()
        self.material = material
        world = SessionWorld(material)
        outcomes += material.outcomes
        kept = [:]
        unsaved = [:]
        problems = [:]
        do {
            try load()
        } catch {
            throw DeskError("\(error)")
        }
        if let chosen { world.include(positions(of: chosen)) }
        replan()
    }
}
