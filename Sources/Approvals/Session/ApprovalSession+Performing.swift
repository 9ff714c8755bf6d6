import Directory
import Logging
import SyncPlan
import SyncRun

extension ApprovalSession {
    /// The whole road for some decisions. Called by whoever has the turn.
    func perform(_ decisions: [Decided]) async -> [DecisionOutcome] {
        var results: [DecisionOutcome] = []
        var accepted: [Accepted] = []
        do {
            let read = try file.read()
            var answered = read
            for decided in decisions {
                guard let question = question(decided.id) else { continue }
                let shown = action(question, Answers(entries))
                if let problem = await problem(with: decided.decision, for: question) {
                    results.append(record(shown, decided.decision.word, .failed(problem)))
                    continue
                }
                answered = answered.answering(question, with: decided.decision, at: ground.now)
                if case .accept = decided.decision {
                    accepted.append(Accepted(action: shown, concern: question.concern))
                } else {
                    kept[decided.id] = nil
                    results.append(record(shown, decided.decision.word, .recorded))
                }
            }
            try store(answered, insteadOf: read)
        } catch {
            return decisions.compactMap { decided in
                question(decided.id).map {
                    record(action($0, Answers(entries)), decided.decision.word, .failed("\(error)"))
                }
            }
        }
        replan()
        return results + (await carryOut(accepted))
    }

    /// What can be said against a decision before anything is written.
    private func problem(with decision: Decision, for question: Question) async -> String? {
        if let problem = decision.problem(as: question) { return problem }
        guard case .accept(.enable(let password?)) = decision else { return nil }
        let problems = await problems(with: password, for: question.id.description)
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    /// Writes the file, and takes note of what stands in it then.
    func store(_ changed: [Resolution], insteadOf read: [Resolution]) throws {
        try file.replace(read, with: changed)
        entries = try file.read()
    }

    /// Performs accepted answers that stand in the file.
    func carryOut(_ accepted: [Accepted]) async -> [DecisionOutcome] {
        guard !accepted.isEmpty else { return [] }
        do {
            let lock = try ground.lock()
            defer { lock.release() }
            try await look(at: accepted.map(\.concern))
            let part = plan.limited(to: selection(accepted))
            let done = await Runner(writer: try await directory(), logger: logger).apply(part)
            return await conclude(accepted, done)
        } catch let failure as DirectoryFailure where failure.kind.meansLost {
            lost(failure)
            return accepted.map { keep($0.action, failure.message, sent: false) }
        } catch let error as DeskError {
            return accepted.map { keep($0.action, error.description, sent: false) }
        } catch {
            return accepted.map { record($0.action, "accepted", .failed("\(error)")) }
        }
    }

    /// A fresh look at what some decisions are about, and a plan with it.
    func look(at concerns: [Concern]) async throws {
        let concern = concerns.reduce(into: Concern()) { $0.formUnion($1) }
        let (world, entries, now) = (world, entries, ground.now)
        self.world = try await reading { directory in
            var world = world
            try await world.look(at: concern, in: directory, entries, now: now)
            return world
        }
        plan = try self.world.plan(entries, now: now)
    }

    /// The operations that the answers allow. For somebody who gets a name, or who has no account yet, also what needs no
    /// approval and waited for that.
    private func selection(_ accepted: [Accepted]) -> (Operation) -> Bool {
        let ids = Set(accepted.map(\.action.id))
        let named = accepted.filter { $0.action.kind == .name }.flatMap(\.concern.records)
        let absent = plan.plan.records(withoutAccount: Set(accepted.flatMap(\.concern.records)))
        let people = plan.plan.people(ofRecords: absent.union(named))
        return { operation in
            operation.fulfils.map { ids.contains($0.description) } ?? people.contains(operation.person)
        }
    }

    /// After the server's answers: the results, the file, and another look.
    private func conclude(_ accepted: [Accepted], _ done: [Outcome]) async -> [DecisionOutcome] {
        outcomes += done.filter(\.isDone)
        var results: [DecisionOutcome] = []
        var failed: Set<String> = []
        for item in accepted {
            let people = plan.plan.people(ofRecords: item.concern.records)
            let mine = done.filter { outcome in
                outcome.operation.fulfils.map { $0.description == item.action.id }
                    ?? people.contains(outcome.operation.person)
            }
            let outcome = conclude(item.action, mine)
            if case .failed = outcome.result { failed.insert(item.action.id) }
            results.append(outcome)
        }
        let settled = Set(results.filter { !$0.isKept }.map(\.action.id))
        await tidyUp(settled: settled, waitingAgain: failed, accepted.map(\.concern))
        return results
    }

    private func conclude(_ action: ApprovalAction, _ outcomes: [Outcome]) -> DecisionOutcome {
        let failures = outcomes.compactMap { outcome -> DirectoryFailure? in
            if case .failed(let failure) = outcome.result { failure } else { nil }
        }
        if let failure = failures.first(where: { $0.kind.meansLost }) {
            lost(failure)
            return keep(action, failure.message, sent: failure.kind == .unanswered)
        }
        if !failures.isEmpty {
            return record(action, "accepted", .failed(failures.map(\.message).unique.joined(separator: "; ")))
        }
        if let problem = plan.pending.first(where: { $0.id.description == action.id })
            .map({ plan.problem(withAnswerTo: $0.id) ?? $0.explanation })
        {
            return record(action, "accepted", .failed(problem))
        }
        let keptBefore = kept.removeValue(forKey: action.id)
        for outcome in outcomes { issue(outcome.operation) }
        if outcomes.isEmpty, action.kind != .name {
            guard let keptBefore, keptBefore.wasSent else {
                return record(action, "accepted", .obsolete("it is not asked any more: the account has been changed"))
            }
            issueIfEnabled(action, keptBefore.password)
            return record(action, "accepted", .done(["The directory had done it before the connection was lost"]))
        }
        return record(
            action, "accepted", outcomes.isEmpty ? .recorded : .done(outcomes.map(\.operation.confirmation)))
    }

    /// The file without what was performed, and everything concerned as it stands now.
    func tidyUp(settled: Set<String>, waitingAgain failed: Set<String>, _ concerns: [Concern]) async {
        do {
            let unfinished = plan.fulfilledQuestions.filter { !settled.contains($0.description) }
            try store(
                plan.settled(entries, unfinished: unfinished, at: ground.now).waitingAgain(failed, at: ground.now),
                insteadOf: entries)
        } catch {
            logger.error("\(error)")
        }
        do {
            try await look(at: concerns)
        } catch {
            if let failure = error as? DirectoryFailure, failure.kind.meansLost { lost(failure) }
            replan()
        }
    }

    private func keep(_ action: ApprovalAction, _ reason: String, sent: Bool) -> DecisionOutcome {
        let password = entries.last { $0.id == action.id }?.password
        kept[action.id] = KeptAnswer(wasSent: sent || kept[action.id]?.wasSent == true, password: password)
        return record(action, "accepted", .kept(reason))
    }

    public func reconnect() async {
        await beginTurn()
        defer { endTurn() }
        do {
            _ = try await directory()
        } catch {
            lost(error)
            return
        }
        let answers = Answers(entries)
        _ = await carryOut(
            plan.plan.questions.filter { kept[$0.id.description] != nil }
                .map { Accepted(action: action($0, answers), concern: $0.concern) })
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

/// An accepted action on its way to the directory.
struct Accepted: Sendable {
    let action: ApprovalAction
    let concern: Concern
}

extension DecisionOutcome {
    fileprivate var isKept: Bool {
        if case .kept = result { true } else { false }
    }
}

extension [String] {
    /// Each once, in the order of its first appearance.
    fileprivate var unique: [String] {
        var seen = Set<String>()
        return filter { seen.insert($0).inserted }
    }
}
