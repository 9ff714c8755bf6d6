import Directory
public import SyncPlan

extension Runner {
    /// Performs the undo of a run as ``apply(_:)`` performs an import, with one rule more: nobody is enabled, and no
    /// account leaves the container, unless all the rest of it was taken back. Half of what an account was before may be
    /// more than either state allowed.
    ///
    /// One outcome for each operation of the plan.
    public func takeBack(_ plan: ApprovedPlan) async -> [Outcome] {
        var outcomes: [Outcome] = []
        var stuck = Set<GUID>()
        for part in UndoPart.allCases {
            outcomes += plan.operations.filter { UndoPart($0.stage) == part && stuck.contains($0) }.map {
                Outcome(operation: $0, result: .skipped("something else of the account could not be taken back"))
            }
            let runner = counting(from: outcomes.count, of: plan.operations.count)
            outcomes += await runner.apply(plan.limited { UndoPart($0.stage) == part && !stuck.contains($0) })
            stuck.formUnion(outcomes.filter { !$0.isDone }.compactMap(\.operation.change.user?.guid))
        }
        return outcomes
    }

    /// The same, for a part of the work.
    private func counting(from finished: Int, of total: Int) -> Runner {
        Runner(writer: writer, journal: journal, logger: logger) { [progress] done, _ in
            progress(finished + done, total)
        }
    }
}

/// What must have gone well before the next may begin.
private enum UndoPart: CaseIterable {
    case everythingElse, enabling, givingBack

    init(_ stage: Operation.Stage) {
        switch stage {
        case .withdraw, .change, .takeOver, .create, .join: self = .everythingElse
        case .enable: self = .enabling
        case .giveBack: self = .givingBack
        }
    }
}

extension Set<GUID> {
    fileprivate func contains(_ operation: Operation) -> Bool {
        operation.change.user?.guid.map { contains($0) } ?? false
    }
}
