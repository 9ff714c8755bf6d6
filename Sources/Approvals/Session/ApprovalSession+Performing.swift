import Directory
import DistinguishedNames
import Logging
import SyncPlan
import SyncRun

extension ApprovalSession {
    /// The whole road for some decisions. Called by whoever has the turn.
    func perform(_ decisions: [Decided]) async -> [DecisionOutcome] {
        var results: [DecisionOutcome] = []
        var accepted: [Accepted] = []
        do {
            // Who decides on what is out of date must not leave an answer that the next import would perform.
            try ground.requireSameFile()
            let read = try file.read()
            var answered = read
            let (seen, now) = (Answers(fileEntries), Answers(read))
            let answers = Answers(entries)
            for decided in decisions {
                guard let question = question(decided.id) else { continue }
                let shown = action(question, answers)
                var problem = answeredElsewhere(question, since: seen, in: now)
                if problem == nil { problem = await self.problem(with: decided.decision, for: question) }
                if let problem {
                    results.append(record(shown, decided.decision.word, .failed(problem)))
                    continue
                }
                if decided.isWrittenDown {
                    answered = try answered.answering(question, with: decided.decision, at: ground.now)
                    unsaved[decided.id] = nil
                } else {
                    unsaved[decided.id] = decided.decision
                }
                if case .accept = decided.decision {
                    accepted.append(Accepted(action: shown, question: question))
                } else {
                    kept[decided.id] = nil
                    results.append(record(shown, decided.decision.word, .recorded))
                }
            }
            try store(answered, insteadOf: read)
        } catch {
            let answers = Answers(entries)
            return decisions.compactMap { decided in
                question(decided.id).map {
                    record(action($0, answers), decided.decision.word, .failed("\(error)"))
                }
            }
        }
        replan()
        return results + (await carryOut(accepted))
    }

    /// What the operator saw may have been answered meanwhile, on the command line or by hand: that is not overridden by
    /// somebody who does not know of it.
    func answeredElsewhere(_ question: Question, since seen: Answers, in read: Answers) -> String? {
        let (seen, now) = (seen.latest(to: question), read.latest(to: question))
        guard seen?.accept != now?.accept || seen?.timestamp != now?.timestamp else { return nil }
        let word =
            switch now?.accept {
            case true?: "accepted"
            case false?: "rejected"
            case nil: "taken back"
            }
        return "the answer was \(word) elsewhere meanwhile: look again, and decide anew if need be"
    }

    /// Performs answers that stand in the file already, and nothing else.
    ///
    /// - Returns: one for each question that the plan knows by one of these ids.
    public func performAnswers(_ ids: Set<String>) async throws -> [DecisionOutcome] {
        await beginTurn()
        defer { endTurn() }
        // What was asked, before it was answered: a plan that has taken an answer into account does not ask any more.
        let unanswered = try entries.waitingAgain(ids, at: ground.now)
        let concern = entries.filter { $0.id.map(ids.contains) ?? false }
            .reduce(into: Concern()) { $0.formUnion(plan.plan.concern(of: $1)) }
        let before = try (await looked(at: concern, with: unanswered)).plan(unanswered, now: ground.now).plan
        let answers = Answers(entries)
        return await carryOut(
            before.questions.filter { ids.contains($0.id.description) }
                .map { Accepted(action: action($0, answers), question: $0) })
    }

    /// What can be said against a decision before anything is written.
    private func problem(with decision: Decision, for question: Question) async -> String? {
        do {
            _ = try [].answering(question, with: decision, at: ground.now)
        } catch {
            return error.description
        }
        guard case .accept(.enable(let password?)) = decision else { return nil }
        let problems = await problems(with: password, for: question.id.description)
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    /// Writes the file, and takes note of what stands in it then.
    func store(_ changed: [Resolution], insteadOf read: [Resolution]) throws {
        try file.replace(read, with: changed)
        try load()
    }

    func load() throws {
        fileEntries = try file.read()
        entries = try fileEntries.map { entry in
            guard let id = entry.id, let decision = unsaved[id] else { return entry }
            return try entry.decided(decision, at: ground.now) ?? entry
        }
    }

    /// Performs accepted answers that stand in the file.
    func carryOut(_ accepted: [Accepted]) async -> [DecisionOutcome] {
        guard !accepted.isEmpty else { return [] }
        do {
            let lock = try await ground.lock()
            defer { lock.release() }
            try await look(at: accepted.map(\.question.concern))
            let known = try await lookAtGroups(in: plan.limited(to: selection(accepted)))
            let isSelected = selection(accepted)
            let part = plan.limited {
                isSelected($0) && ($0.fulfils != nil || $0.change.joinedGroup.map { known.contains($0.guid) } ?? true)
            }
            let runner = Runner(writer: try await directory(), journal: material.journal, logger: logger)
            let done = await runner.apply(part)
            return await conclude(accepted, done)
        } catch let failure as DirectoryFailure where failure.kind.meansLost {
            await lost(failure)
            return accepted.map { keep($0, failure.message, sent: false) }
        } catch let error as DeskError {
            return accepted.map { keep($0, error.description, sent: false) }
        } catch {
            return accepted.map { record($0.action, "accepted", .failed("\(error)")) }
        }
    }

    /// The operations that the answers allow. For somebody who gets a name, or who has no account yet, also what needs no
    /// approval and waited for that.
    private func selection(_ accepted: [Accepted]) -> (Operation) -> Bool {
        let ids = Set(accepted.map(\.action.id))
        let named = accepted.filter { $0.action.kind == .name }.flatMap(\.question.concern.records)
        let absent = plan.plan.records(withoutAccount: Set(accepted.flatMap(\.question.concern.records)))
        let people = plan.plan.people(ofRecords: absent.union(named))
        // The planner has taken a grant into account already: what it brings about is a membership like others.
        let granted = accepted.filter { $0.action.kind == .grant }.map(\.question)
        return { [plan] operation in
            if let question = operation.fulfils { return ids.contains(question.description) }
            return people.contains(operation.person)
                || granted.contains { plan.plan.fulfils(operation, grant: $0) }
        }
    }

    /// After the server's answers: the results, the file, and another look.
    private func conclude(_ accepted: [Accepted], _ done: [Outcome]) async -> [DecisionOutcome] {
        outcomes += done.filter(\.isDone)
        var results: [DecisionOutcome] = []
        for item in accepted {
            let people = plan.plan.people(ofRecords: item.question.concern.records)
            let mine = done.filter { outcome in
                outcome.operation.fulfils.map { $0 == item.question.id } ?? people.contains(outcome.operation.person)
            }
            results.append(await conclude(item, mine))
        }
        let ids = { (isMeant: (DecisionOutcome.Result) -> Bool) in
            Set(results.filter { isMeant($0.result) }.compactMap(\.action?.id))
        }
        await tidyUp(
            settled: ids { !$0.isKept && !$0.isFailure }, waitingAgain: ids { $0.isFailure },
            accepted.map(\.question.concern))
        // Some answers were lost on the way, but the second look tells what became of them.
        return results.map { result in
            guard let id = result.action?.id, result.result.isKept, kept[id] == nil else { return result }
            return decided.last { $0.action?.id == id } ?? result
        }
    }

    private func conclude(_ item: Accepted, _ outcomes: [Outcome]) async -> DecisionOutcome {
        let failures = outcomes.compactMap { outcome -> DirectoryFailure? in
            if case .failed(let failure) = outcome.result { failure } else { nil }
        }
        if let failure = failures.first(where: { $0.kind.meansLost }) {
            await lost(failure)
            return keep(item, failure.message, sent: failures.contains { $0.kind == .unanswered })
        }
        if !failures.isEmpty {
            return record(item.action, "accepted", .failed(failures.map(\.message).unique.joined(separator: "; ")))
        }
        if let problem = stillInTheWay(of: item.question) {
            return record(item.action, "accepted", .failed(problem))
        }
        for outcome in outcomes { issue(outcome.operation) }
        if outcomes.isEmpty, item.action.kind != .name {
            return concludeKept(item.action.id)
                ?? record(item.action, "accepted", .obsolete(whyObsolete(item.question)))
        }
        kept[item.action.id] = nil
        return record(
            item.action, "accepted", outcomes.isEmpty ? .recorded : .done(outcomes.map(\.operation.confirmation)))
    }

    /// Why an answer could not be used, although it was given.
    private func stillInTheWay(of question: Question) -> String? {
        if plan.pending.contains(where: { $0.id == question.id }) {
            return plan.problem(withAnswerTo: question.id) ?? question.explanation
        }
        guard case .nameConflict(let conflict) = question.reason else { return nil }
        return plan.plan.problem(with: conflict.aspect, ofRecords: question.concern.records)
    }

    /// The file without what was performed, and everything concerned as it stands now.
    func tidyUp(settled: Set<String>, waitingAgain failed: Set<String>, _ concerns: [Concern]) async {
        do {
            let unfinished = plan.fulfilledQuestions.filter { !settled.contains($0.description) }
            let left = plan.settled(entries, unfinished: unfinished, at: ground.now)
            let waiting = failed.union(unsaved.keys)
            for id in settled.union(failed) { unsaved[id] = nil }
            try store(
                try left.waitingAgain(waiting, at: ground.now) + unknown(besides: left, settled),
                insteadOf: fileEntries)
            untidy = nil
        } catch {
            untidy = "answers that were performed could not be taken out of the file, passwords with them: \(error)"
            logger.error("\(error)")
        }
        await lookAgain(at: concerns.reduce(into: Concern()) { $0.formUnion($1) })
        for id in kept.keys.sorted() { _ = concludeKept(id) }
    }

    /// Entries about what this session has not seen, such as what another run has asked since it began: they are not its
    /// business.
    private func unknown(besides left: [Resolution], _ settled: Set<String>) -> [Resolution] {
        let known = settled.union(plan.plan.questions.map(\.id.description)).union(left.compactMap(\.id))
        return fileEntries.filter { entry in entry.id.map { !known.contains($0) } ?? false }
    }
}

/// An accepted action on its way to the directory.
struct Accepted: Sendable {
    let action: ApprovalAction
    let question: Question
}

extension DecisionOutcome.Result {
    fileprivate var isKept: Bool {
        if case .kept = self { true } else { false }
    }

    var isFailure: Bool {
        if case .failed = self { true } else { false }
    }
}

extension [String] {
    /// Each once, in the order of its first appearance.
    var unique: [String] {
        var seen = Set<String>()
        return filter { seen.insert($0).inserted }
    }
}
