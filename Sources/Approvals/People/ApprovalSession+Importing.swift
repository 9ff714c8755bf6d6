import Directory
import Logging
import SyncPlan
import SyncRun

/// Importing some of the people: the road of an import of a part, with a fresh look at these people instead of a reading of
/// the whole container.
extension ApprovalSession {
    public func begin(_ choice: PeopleImport) async throws(DeskError) {
        guard work?.isFinished ?? true else {
            throw DeskError("other work is still under way: wait until it has ended")
        }
        let chosen = roster().entries.filter { choice.ids.contains($0.id) && $0.isImportable }
        guard !chosen.isEmpty else { throw DeskError("none of these people is in the file") }
        guard choice.model.map({ roster()[$0.id] != nil }) ?? true else {
            throw DeskError("the person whose memberships were to be given is not there any more")
        }
        work = SessionOverview.Work(
            title: chosen.count == 1 ? "Importing \(chosen[0].person.commonName)" : "Importing \(chosen.count) people",
            done: 0, total: chosen.count, outcomes: [], isFinished: false)
        startBulk { await self.perform(choice, Set(chosen.map(\.id))) }
    }

    private func perform(_ choice: PeopleImport, _ ids: Set<Roster.Entry.ID>) async {
        await beginTurn()
        let (imported, told) = await importPeople(ids)
        var results = told
        if let model = choice.model, !imported.isEmpty, !Task.isCancelled {
            results += await giveMemberships(of: model, to: imported)
        }
        endTurn()
        if choice.enables, !Task.isCancelled { results += await enable(imported) }
        work = work.map {
            SessionOverview.Work(
                title: $0.title, done: $0.total, total: $0.total, outcomes: results, isFinished: true)
        }
    }

    /// The people are planned and performed as one part, however many they are: the limits are about all of them, and
    /// names change hands among them. Called by whoever has the turn.
    ///
    /// - Returns: also, of whom nothing was refused.
    private func importPeople(
        _ ids: Set<Roster.Entry.ID>
    ) async -> (imported: Set<Roster.Entry.ID>, [DecisionOutcome]) {
        let chosen = roster().entries.filter { ids.contains($0.id) && $0.isImportable }
        let positions = Set(chosen.compactMap(\.position))
        let concern = Concern(records: positions, accounts: Set(chosen.compactMap(\.dossier.account?.guid)))
        do {
            try ground.requireSameFile()
            let lock = try await ground.lock()
            defer { lock.release() }
            try load()
            let read = fileEntries
            let part = try await plannedPart(positions, concern, with: read)
            // As an import does: a place that cannot be written stops it here, and who is killed has left his questions.
            try store(part.settled(read, unfinished: part.fulfilledQuestions, at: ground.now), insteadOf: read)
            let done = try await run(part, for: positions)
            settle(part, read, done)
            world.include(positions)
            await lookAgain(at: concern)
            for id in kept.keys.sorted() { _ = concludeKept(id) }
            let byPerson = Dictionary(grouping: done, by: \.operation.person)
            let told = part.roster.entries.filter { ids.contains($0.id) }.map { entry in
                (id: entry.id, person: entry.person, result: entry.result(byPerson[entry.person] ?? []))
            }
            return (
                Set(told.filter { !$0.result.isFailure }.map(\.id)),
                told.map { record(.person($0.person), "import", $0.result) }
            )
        } catch {
            if let failure = error as? DirectoryFailure, failure.kind.meansLost { await lost(failure) }
            replan()
            return ([], chosen.map { record(.person($0.person), "import", .failed("\(error)")) })
        }
    }

    /// With a fresh look at the people, and at the groups that they would join without being asked about.
    private func plannedPart(
        _ positions: Set<Int>, _ concern: Concern, with answers: [Resolution]
    ) async throws -> ApprovedPlan {
        world = try await looked(at: concern, with: answers)
        let part = try world.plan(answers, now: ground.now, part: positions)
        let known = try await lookAtGroups(in: part)
        return try world.plan(answers, now: ground.now, part: positions).limited { operation in
            operation.fulfils != nil || operation.change.joinedGroup.map { known.contains($0.guid) } ?? true
        }
    }

    private func run(_ part: ApprovedPlan, for positions: Set<Int>) async throws -> [Outcome] {
        let runner = Runner(writer: try await directory(), journal: material.journal, logger: logger) { done, total in
            Task { await self.advance(to: done, of: total) }
        }
        let done = await runner.apply(part)
        // What failed the last time, and was tried again now.
        let people = part.plan.people(ofRecords: positions)
        outcomes.removeAll { !$0.isDone && people.contains($0.operation.person) }
        outcomes += done
        for case .failed(let failure) in done.map(\.result) where failure.kind.meansLost {
            await lost(failure)
            break
        }
        return done
    }

    /// Takes the answers that were performed out of the file, passwords and all.
    private func settle(_ part: ApprovedPlan, _ read: [Resolution], _ done: [Outcome]) {
        let unfinished = Set(done.filter { !$0.isDone }.compactMap(\.operation.fulfils))
        do {
            try store(part.settled(read, unfinished: unfinished, at: ground.now), insteadOf: fileEntries)
            untidy = nil
        } catch {
            untidy = "answers that were performed could not be taken out of the file, passwords with them: \(error)"
            logger.error("\(error)")
        }
    }

    private func advance(to done: Int, of total: Int) {
        guard let work, !work.isFinished, total > 0 else { return }
        self.work = SessionOverview.Work(
            title: work.title, done: max(work.done, work.total * done / total), total: work.total, outcomes: [],
            isFinished: false)
    }

    /// Those who wait for it, each with a password of his own. A no that was said before is not overridden.
    private func enable(_ ids: Set<Roster.Entry.ID>) async -> [DecisionOutcome] {
        let positions = positions(of: ids)
        let answers = Answers(entries)
        var waiting: [String] = []
        var results: [DecisionOutcome] = []
        for question in plan.plan.questions where question.kind == .enable {
            guard !question.concern.accounts.isEmpty, !question.concern.records.isDisjoint(with: positions) else {
                continue
            }
            if answers.latest(to: question)?.accept == false {
                results.append(
                    record(
                        action(question, answers), "not enabled",
                        .failed("enabling was rejected before: take that answer back first")))
            } else {
                waiting.append(question.id.description)
            }
        }
        for start in stride(from: 0, to: waiting.count, by: Self.actionsInOnePiece) where !Task.isCancelled {
            await beginTurn()
            results += await enableWithGeneratedPasswords(Array(waiting[start...].prefix(Self.actionsInOnePiece)))
            endTurn()
        }
        return results
    }
}

extension Roster.Entry {
    /// What the server's answers about this person came to, as the plan that was performed saw him.
    fileprivate func result(_ outcomes: [Outcome]) -> DecisionOutcome.Result {
        var problems = outcomes.compactMap { outcome -> String? in
            switch outcome.result {
            case .done: nil
            case .failed(let failure): failure.message
            case .skipped(let reason): reason
            }
        }
        if mark == .failing || mark == .leftAlone { problems += reasons }
        problems += questions.filter { $0.kind == .name }.map(\.explanation)
        guard problems.isEmpty else { return .failed(problems.unique.joined(separator: "; ")) }
        let waiting = Set(questions.map(\.kind)).sorted { $0.rawValue < $1.rawValue }.map(\.rawValue)
        let told = outcomes.isEmpty ? ["Nothing to change"] : outcomes.map(\.operation.confirmation).unique
        return .done(told + (waiting.isEmpty ? [] : ["Waits for an answer: \(waiting.joined(separator: ", "))"]))
    }
}
