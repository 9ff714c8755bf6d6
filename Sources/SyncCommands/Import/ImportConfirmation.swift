import Directory
import DistinguishedNames
import SyncConfiguration
import SyncPlan
import SyncRun
import UserFile

/// Tells somebody at the terminal what an import would do, and asks whether it may.
struct ImportConfirmation: Sendable {
    private let confirmation: Confirmation

    private var terminal: Terminal { confirmation.terminal }

    /// - Throws: ``CommandFailure`` with status 64 where nobody is there to be asked.
    init(terminal: Terminal) throws {
        confirmation = try Confirmation(
            terminal: terminal,
            orElse: "--confirm asks somebody: it needs a terminal on standard input and output, and no --json")
    }

    /// The end of the input is a no.
    ///
    /// - Throws: `CancellationError` when a signal asks the run to end.
    func isGiven(
        to plan: ApprovedPlan, of file: VerifiedUserFile, _ configuration: ImportConfiguration, at time: Timestamp
    ) throws -> Bool {
        let text = ImportText(
            summary: RunSummary(
                plan: plan, outcomes: [], isDryRun: true,
                run: RunRecord(
                    id: RunRecord.newID(at: time), started: time, elapsed: .zero, directoryOperations: 0,
                    by: configuration.connection)),
            file: configuration.inputFile, resolutionsFile: configuration.resolutionsFile, terminal: terminal)
        return try confirmation.isGiven(
            to: "Go on?", preview: found(plan, file, configuration) + text.beforehand, whole: text.wholePlan)
    }

    private func found(
        _ plan: ApprovedPlan, _ file: VerifiedUserFile, _ configuration: ImportConfiguration
    ) -> String {
        let users = file.population.users
        var table = TextTable(indent: 0)
        table.add(configuration.inputFile, "\(users.count) users, of them disabled \(users.count { $0.isDisabled })")
        if let selected = plan.plan.statistics.selected { table.add("of these", "\(selected) meant by this run") }
        table.add("\(configuration.managedUserPath)".printable, "\(plan.plan.statistics.managed) managed users")
        return table.lines(columns: terminal.columns).joined(separator: "\n") + "\n\n"
    }
}

extension ImportText {
    /// What would happen, in numbers; what would not, in full.
    fileprivate var beforehand: String {
        var lines = changes.lines()
        lines += section("Failed", failures, .red)
        lines += section("Held back", paragraphs(summary.brakes), .red)
        return lines.joined(separator: "\n") + "\n"
    }

    fileprivate var wholePlan: String {
        let lines = plannedTable.lines(columns: terminal.columns)
        return "\n" + (lines.isEmpty ? "  nothing to do" : lines.joined(separator: "\n")) + "\n"
    }
}
