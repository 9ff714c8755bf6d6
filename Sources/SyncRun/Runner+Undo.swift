import Directory
public import SyncPlan

extension Runner {
    /// The same for the undo of a run, with one rule more: nobody is enabled, and no account leaves the container, unless
    /// all the rest of it was taken back. Half of what an account was before may be more than either state allowed.
    public func applyUndo(_ plan: ApprovedPlan) async -> [Outcome] {
        var outcomes: [Outcome] = []
        var stuck = Set<GUID>()
        for part in UndoPart.allCases {
            let operations = plan.operations.filter { UndoPart($0.stage) == part }
            outcomes += operations.filter { stuck.contains($0) }.map {
                Outcome(operation: $0, result: .skipped("something else of the account could not be taken back"))
            }
            outcomes += await apply(plan.limited { UndoPart($0.stage) == part && !stuck.contains($0) })
            stuck.formUnion(outcomes.filter { !$0.isDone }.compactMap(\.operation.change.user?.guid))
        }
        return outcomes
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
