public import Directory
public import Logging
public import SyncPlan

/// Performs the undo of a run as ``Runner`` performs an import, with one rule more: nobody is enabled, and no account leaves
/// the container, unless all the rest of it was taken back. Half of what an account was before may be more than either
/// state allowed.
public struct UndoRunner: Sendable {
    private let writer: any DirectoryWriter
    private let journal: any RunJournal
    private let logger: Logger
    private let progress: @Sendable (_ done: Int, _ of: Int) -> Void

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

    /// One outcome for each operation of the plan.
    public func apply(_ plan: ApprovedPlan) async -> [Outcome] {
        var outcomes: [Outcome] = []
        var stuck = Set<GUID>()
        for part in Part.allCases {
            outcomes += plan.operations.filter { Part($0.stage) == part && stuck.contains($0) }.map {
                Outcome(operation: $0, result: .skipped("something else of the account could not be taken back"))
            }
            let runner = Runner(writer: writer, journal: journal, logger: logger) {
                [progress, finished = outcomes.count, total = plan.operations.count] done, _ in
                progress(finished + done, total)
            }
            outcomes += await runner.apply(plan.limited { Part($0.stage) == part && !stuck.contains($0) })
            stuck.formUnion(outcomes.filter { !$0.isDone }.compactMap(\.operation.change.user?.guid))
        }
        return outcomes
    }

    /// What must have gone well before the next may begin.
    private enum Part: CaseIterable {
        case everythingElse, enabling, givingBack

        init(_ stage: Operation.Stage) {
            switch stage {
            case .withdraw, .change, .takeOver, .create, .join: self = .everythingElse
            case .enable: self = .enabling
            case .giveBack: self = .givingBack
            }
        }
    }
}

extension Set<GUID> {
    fileprivate func contains(_ operation: Operation) -> Bool {
        operation.change.user?.guid.map { contains($0) } ?? false
    }
}
