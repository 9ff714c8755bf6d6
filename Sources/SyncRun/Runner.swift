public import Directory
import DistinguishedNames
public import Logging
public import SyncPlan
import Synchronization

/// Performs an approved plan against a directory, stage after stage.
public struct Runner: Sendable {
    private let writer: any DirectoryWriter
    private let logger: Logger
    private let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// - Parameter progress: hears of every answer, with the number of operations finished and their total.
    public init(
        writer: any DirectoryWriter, logger: Logger,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.writer = writer
        self.logger = logger
        self.progress = progress
    }

    /// One outcome for each operation of the plan, in its order. One that fails does not stop the others; what stands
    /// on an account that could not be created is skipped.
    public func apply(_ plan: ApprovedPlan) async -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(plan.operations.count)
        var missingAccounts: [DistinguishedName: String] = [:]
        var start = plan.operations.startIndex
        while start < plan.operations.endIndex {
            let stage = plan.operations[start].stage
            let end = plan.operations[start...].firstIndex { $0.stage != stage } ?? plan.operations.endIndex
            outcomes += await perform(
                Array(plan.operations[start..<end]), missingAccounts: missingAccounts, before: start,
                of: plan.operations.count)
            for outcome in outcomes[start..<end] {
                if case .create(let user) = outcome.operation.change, let reason = outcome.result.failureReason {
                    missingAccounts[user.name] = reason
                }
            }
            start = end
        }
        return outcomes
    }

    private func perform(
        _ operations: [Operation], missingAccounts: [DistinguishedName: String], before finished: Int, of total: Int
    ) async -> [Outcome] {
        var results = [Outcome.Result?](repeating: nil, count: operations.count)
        var sent: [Int] = []
        for (index, operation) in operations.enumerated() {
            if let name = operation.change.accountCreatedInThisRun, missingAccounts[name] != nil {
                results[index] = .skipped("the account could not be created")
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
            log(operations[index], result)
            progress(finished + skipped + count, total)
        }
        let received = answered.withLock { $0 }
        return operations.enumerated().map { index, operation in
            Outcome(operation: operation, result: results[index] ?? received[index] ?? .failed(.neverAnswered))
        }
    }

    private func log(_ operation: Operation, _ result: Outcome.Result) {
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
}

extension Outcome.Result {
    fileprivate var failureReason: String? {
        switch self {
        case .done: nil
        case .failed(let failure): failure.message
        case .skipped(let reason): reason
        }
    }
}

extension DirectoryChange {
    /// The name of the account this stands on, when the same run has to create it first.
    fileprivate var accountCreatedInThisRun: DistinguishedName? {
        switch self {
        case .create: nil
        case .update(let user, _), .rename(let user, _), .move(let user, _), .disable(let user, _),
            .enable(let user, _, _), .join(let user, _), .leave(let user, _):
            user.guid == nil ? user.name : nil
        }
    }
}
