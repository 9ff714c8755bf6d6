public import Directory
import DistinguishedNames
public import Logging
public import SyncPlan
import Synchronization

/// Performs an approved plan against a directory, stage after stage.
public struct Runner: Sendable {
    let writer: any DirectoryWriter
    let journal: any RunJournal
    let logger: Logger
    let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// - Parameter progress: hears of every answer, with the number of operations finished and their total.
    public init(
        writer: any DirectoryWriter, journal: any RunJournal, logger: Logger,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.writer = writer
        self.journal = journal
        self.logger = logger
        self.progress = progress
    }

    /// One outcome for each operation of the plan, in its order. One that fails does not stop the others; what stands
    /// on an account that could not be created is skipped.
    ///
    /// Each stage is announced to the journal before anything of it is sent. What the journal does not take is not sent.
    public func apply(_ plan: ApprovedPlan) async -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(plan.operations.count)
        var withheld = WithheldAccounts()
        let approvals = ApprovalIndex(plan)
        var start = plan.operations.startIndex
        while start < plan.operations.endIndex {
            let stage = plan.operations[start].stage
            let end = plan.operations[start...].firstIndex { $0.stage != stage } ?? plan.operations.endIndex
            let operations = Array(plan.operations[start..<end])
            do throws(JournalFailure) {
                let first = try journal.announce(operations.map { Intention(operation: $0, approval: approvals[$0]) })
                outcomes += await perform(
                    operations, announcedFrom: first, withheld: withheld, before: start, of: plan.operations.count)
            } catch {
                outcomes += operations.map { Outcome(operation: $0, result: .failed(DirectoryFailure(error))) }
            }
            for outcome in outcomes[start..<end] where !outcome.isDone { withheld.insert(outcome.operation) }
            start = end
        }
        return outcomes
    }

    private func perform(
        _ operations: [Operation], announcedFrom number: Int, withheld: WithheldAccounts, before finished: Int,
        of total: Int
    ) async -> [Outcome] {
        var results = [Outcome.Result?](repeating: nil, count: operations.count)
        var sent: [Int] = []
        for (index, operation) in operations.enumerated() {
            if let reason = withheld.reason(toSkip: operation.change) {
                results[index] = .skipped(reason)
                report(operation, number + index, .skipped(reason))
            } else {
                sent.append(index)
            }
        }
        let answered = Mutex<[Int: Outcome.Result]>([:])
        let skipped = operations.count - sent.count
        await writer.apply(sent.map { operations[$0].change }) { [sent] position, answer in
            let index = sent[position]
            let result: Outcome.Result
            switch answer {
            case .success: result = .done
            case .failure(let failure): result = .failed(failure)
            }
            let count = answered.withLock { answered in
                answered[index] = result
                return answered.count
            }
            report(operations[index], number + index, result)
            progress(finished + skipped + count, total)
        }
        let received = answered.withLock { $0 }
        return operations.enumerated().map { index, operation in
            Outcome(operation: operation, result: results[index] ?? received[index] ?? .failed(.neverAnswered))
        }
    }

    private func report(_ operation: Operation, _ number: Int, _ result: Outcome.Result) {
        journal.record(result, of: number)
        let description = "\(operation.verb.name) \(operation.person.commonName)\(operation.verb.detail)"
        switch result {
        case .done: logger.info("\(description): done")
        case .failed(let failure): logger.error("\(description): \(failure.message)")
        case .skipped(let reason): logger.error("\(description): skipped, \(reason)")
        }
    }
}

extension DirectoryFailure {
    fileprivate static let neverAnswered = DirectoryFailure(
        kind: .unanswered, message: "the run ended before the server's answer; run the import again")

    fileprivate init(_ failure: JournalFailure) {
        self.init(kind: .notSent, message: "not sent, since it could not be announced: \(failure)")
    }
}

/// Accounts that a run could not create or take over; nothing else is done to them.
private struct WithheldAccounts {
    private var notCreated = Set<DistinguishedName>()
    private var notTakenOver = Set<GUID>()

    /// Takes note of a change that was not made.
    ///
    /// A move within the container is not among them: whose place or name is an old one is still managed, and above all
    /// still disabled.
    mutating func insert(_ operation: Operation) {
        switch (operation.verb, operation.change) {
        case (_, .create(let user)): notCreated.insert(user.name)
        case (.takeOver, .move(let user, _)): if let guid = user.guid { notTakenOver.insert(guid) }
        default: break
        }
    }

    func reason(toSkip change: DirectoryChange) -> String? {
        switch change {
        case .create, .move: nil
        case .update(let user, _), .rename(let user, _), .disable(let user, _), .enable(let user, _, _),
            .join(let user, _), .leave(let user, _):
            if let guid = user.guid {
                notTakenOver.contains(guid) ? "the account could not be taken over" : nil
            } else {
                notCreated.contains(user.name) ? "the account could not be created" : nil
            }
        }
    }
}
