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

    /// An answer whose request was sent, and whose question is gone: it was done, only the server's word was lost.
    func concludeKept(_ id: String) -> DecisionOutcome? {
        guard let answer = kept[id], answer.wasSent, question(id) == nil else { return nil }
        kept[id] = nil
        issueIfEnabled(answer.item.action, answer.password)
        return record(
            answer.item.action, "accepted", .done(["Done; the connection was lost before the directory could say so"]))
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
        let material = try await ground.importAgain()
        self.material = material
        world = SessionWorld(material)
        outcomes += material.outcomes
        kept = [:]
        problems = [:]
        do {
            entries = try file.read()
        } catch {
            throw DeskError("\(error)")
        }
        replan()
    }
}
