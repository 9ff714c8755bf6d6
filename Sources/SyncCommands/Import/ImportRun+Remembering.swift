import Approvals
import Logging
import SyncPlan
import SyncRun

/// What an import leaves for the next one: the resolutions file, and what is remembered of the file, the answers and the
/// accounts.
extension ImportRun {
    /// Before the first change. What was known of the answers stays known until they are settled.
    ///
    /// Not inlined, for the same reason as `settle`.
    @inline(never)
    func remember(_ prepared: PreparedImport, _ queued: [Resolution]) throws {
        guard !options.isDryRun else { return }
        try prepared.memory.remember(
            prepared.state(accounts: prepared.snapshot.users.count, answers: prepared.memory.last?.answers))
        try resolutionsFile.replace(prepared.input.resolutions, with: queued)
    }

    /// Takes the answers that were performed out of the resolutions file, passwords and all, and remembers the accounts that
    /// are there now.
    ///
    /// Not inlined: the optimiser of Swift 6.3.1 crashes on it inside an async function.
    @inline(never)
    func settle(_ queued: [Resolution], _ prepared: PreparedImport, _ outcomes: [Outcome]) throws {
        guard !options.isDryRun else { return }
        let unfinished = Set(outcomes.filter { !$0.isDone }.compactMap(\.operation.fulfils))
        let settled = prepared.plan.settled(prepared.input.resolutions, unfinished: unfinished, at: now())
        do {
            try resolutionsFile.replace(queued, with: settled)
        } catch {
            throw CommandFailure(notSettled: resolutionsFile.path, because: error)
        }
        let answers = RememberedAnswers(settled, in: resolutionsFile.path)
        // Not before it is done: a run that is killed while it fills a container has not lost whom it did not create.
        let arrived = outcomes.count { $0.isDone && $0.operation.bringsAccount }
        guard arrived > 0 || answers != prepared.memory.last?.answers else { return }
        remember(
            prepared.state(accounts: prepared.snapshot.users.count + arrived, answers: answers), in: prepared.memory)
    }

    /// A run whose work is done does not fail for it: the next one would know less of what it finds, no more.
    func remember(_ state: ImportState, in memory: ImportMemory) {
        do {
            try memory.remember(state)
        } catch {
            loggers.main.warning(
                "what stands in \(resolutionsFile.path) and in the container is not remembered, and would not be missed: \(CommandFailure(error).message)"
            )
        }
    }
}
