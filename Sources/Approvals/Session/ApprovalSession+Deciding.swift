import Directory
import SyncPlan

extension ApprovalSession {
    public func decide(_ decision: Decision, about id: String) async -> DecisionOutcome? {
        await beginTurn()
        defer { endTurn() }
        return await perform([Decided(id: id, decision: decision)]).first
    }

    public func begin(_ work: BulkWork) async throws(DeskError) {
        guard self.work?.isFinished ?? true else {
            throw DeskError("other work is still under way: wait until it has ended")
        }
        // A decision about many is taken on its own, and seen as a whole.
        let takesMany = if case .accept = work { false } else { true }
        let ids = actions().filter { work.ids.contains($0.id) && (takesMany || $0.members.isEmpty) }.map(\.id)
        guard !ids.isEmpty else { throw DeskError("none of these actions is asked any more") }
        if case .copyGroups(let template, _, _) = work, account(template) == nil {
            throw DeskError("the user whose memberships were to be copied is not in the managed container")
        }
        self.work = SessionOverview.Work(
            title: title(of: work, count: ids.count), done: 0, total: ids.count, outcomes: [], isFinished: false)
        startBulk { await self.perform(work, ids) }
    }

    /// In pieces: each leaves the file and the directory in order, and others may decide something in between.
    private func perform(_ work: BulkWork, _ ids: [String]) async {
        var results: [DecisionOutcome] = []
        for start in stride(from: 0, to: ids.count, by: Self.actionsInOnePiece) {
            let piece = Array(ids[start...].prefix(Self.actionsInOnePiece))
            if Task.isCancelled { break }
            await beginTurn()
            results += await perform(work, piece: piece)
            endTurn()
            self.work = self.work.map {
                SessionOverview.Work(
                    title: $0.title, done: start + piece.count, total: ids.count, outcomes: results, isFinished: false)
            }
        }
        self.work = self.work.map {
            SessionOverview.Work(
                title: $0.title, done: $0.done, total: $0.total, outcomes: results, isFinished: true)
        }
    }

    /// Few enough for the bar to move, many enough for the requests to be pipelined.
    static let actionsInOnePiece = 20

    private func perform(_ work: BulkWork, piece: [String]) async -> [DecisionOutcome] {
        switch work {
        case .accept: await perform(piece.map { Decided(id: $0, decision: .accept(.plain)) })
        case .reject: await perform(piece.map { Decided(id: $0, decision: .reject) })
        case .reset: await perform(piece.map { Decided(id: $0, decision: .reset) })
        case .enableWithGeneratedPasswords: await enableWithGeneratedPasswords(piece)
        case .copyGroups(let template, let shown, _):
            await copyGroups(from: template, shown: shown, toPeopleOf: piece)
        }
    }

    func enableWithGeneratedPasswords(_ ids: [String]) async -> [DecisionOutcome] {
        var decisions: [Decided] = []
        var failed: [DecisionOutcome] = []
        for id in ids {
            do {
                let password = try await suggestedPassword(for: id)
                decisions.append(
                    Decided(id: id, decision: .accept(.enable(password: password)), isWrittenDown: false))
            } catch {
                guard let question = question(id) else { continue }
                failed.append(record(action(question, Answers(entries)), "accepted", .failed(error.description)))
            }
        }
        return failed + (await perform(decisions))
    }

    private func title(of work: BulkWork, count: Int) -> String {
        let actions = count == 1 ? "1 action" : "\(count) actions"
        switch work {
        case .accept: return "Accepting \(actions)"
        case .reject: return "Rejecting \(actions)"
        case .reset: return "Taking back the answers to \(actions)"
        case .enableWithGeneratedPasswords: return count == 1 ? "Enabling 1 user" : "Enabling \(count) users"
        case .copyGroups(let template, _, _):
            return "Copying the group memberships of \(account(template)?.commonName ?? "")"
        }
    }

    func account(_ guid: GUID) -> DirectoryUser? { world.target.users.first { $0.guid == guid } }

    /// Remembers what became of a decision.
    func record(_ action: ApprovalAction, _ said: String, _ result: DecisionOutcome.Result) -> DecisionOutcome {
        let outcome = record(.action(action), said, result)
        switch result {
        case .failed(let problem), .kept(let problem): problems[action.id] = problem
        case .done, .recorded, .obsolete: problems[action.id] = nil
        }
        return outcome
    }
}

extension ApprovalSession {
    func record(
        _ matter: DecisionOutcome.Matter, _ said: String, _ result: DecisionOutcome.Result
    ) -> DecisionOutcome {
        let outcome = DecisionOutcome(matter: matter, said: said, result: result, at: ground.now)
        decided.append(outcome)
        return outcome
    }
}

/// One decision on its way.
struct Decided: Sendable {
    let id: String
    let decision: Decision
    /// False for an answer with a password that nobody has seen.
    var isWrittenDown = true
}

extension BulkWork {
    fileprivate var ids: Set<String> {
        switch self {
        case .accept(let ids), .reject(let ids), .reset(let ids), .enableWithGeneratedPasswords(let ids),
            .copyGroups(_, _, let ids):
            ids
        }
    }
}
