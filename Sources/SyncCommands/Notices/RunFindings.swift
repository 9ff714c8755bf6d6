import Directory
import RunNotices
import SyncPlan
import SyncRun
import Synchronization
import UserFile

/// What can be told of a run when it has ended, gathered while it is at work.
final class RunFindings: Sendable {
    private let state = Mutex(State())

    private struct State {
        var users = 0
        var fileWritten: Timestamp?
        /// The ids of what waited before; nil until that is known.
        var waitedBefore: Set<String>?
        var report: RunNotice.Report?
    }

    /// Nil as long as the run has not come to its end.
    var report: RunNotice.Report? { state.withLock { $0.report } }

    func note(_ input: ImportInput) {
        let waiting = input.resolutions.filter { $0.accept == nil }.compactMap(\.id)
        state.withLock { state in
            state.users = input.file.population.users.count
            state.fileWritten = input.file.header.timestamp
            // A session may import again; what waited before it is what counts.
            state.waitedBefore = state.waitedBefore ?? Set(waiting)
        }
    }

    func note(_ summary: RunSummary, text: String) {
        state.withLock { state in
            let waitedBefore = state.waitedBefore ?? []
            let totals = RunTotals(
                users: state.users, fileWritten: state.fileWritten, changes: summary.totals,
                failures: summary.failed.count, pending: summary.requiredInteractions.count,
                newlyPending: summary.requiredInteractions.count { !waitedBefore.contains($0.id) })
            state.report = RunNotice.Report(document: summary, text: text, totals: totals)
        }
    }

    func note(_ report: ExportReport, at time: Timestamp, text: String) {
        let totals = RunTotals(users: report.users, fileWritten: time)
        state.withLock { $0.report = RunNotice.Report(document: report, text: text, totals: totals) }
    }
}

extension RunSummary {
    /// What the server confirmed, by kind.
    fileprivate var totals: [RunTotals.Change] {
        // Only an undo gives back, and of those no notice is given.
        ChangeTally.Change.allCases.filter { $0 != .giveBack }.map { RunTotals.Change($0.key, tally[$0]) }
    }
}
