import Directory
import DistinguishedNames
import SyncConfiguration
import SyncPlan
import SyncRun
import UserFile

/// Tells somebody at the terminal what an import would do, and asks whether it may.
struct ImportConfirmation: Sendable {
    private let terminal: Terminal
    private let prompt: Prompt

    /// - Throws: ``CommandFailure`` with status 64 where nobody is there to be asked.
    init(terminal: Terminal) throws {
        guard terminal.isForPeople, let prompt = Prompt() else {
            throw CommandFailure(
                .usage,
                "--confirm asks somebody: it needs a terminal on standard input and output, and no --json; nothing was "
                    + "written")
        }
        self.terminal = terminal
        self.prompt = prompt
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
        try terminal.write(found(plan, file, configuration) + text.beforehand)
        while true {
            switch try prompt.line("\nGo on? [y]es, [n]o, [t]able: ").map({ $0.lowercased() }) {
            case "y"?, "yes"?: return true
            case "n"?, "no"?: return try refused()
            case "t"?, "table"?: try terminal.write(text.wholePlan)
            case .some: prompt.say("Please answer y, n or t.\n")
            case nil:
                prompt.say("\n")
                return try refused()
            }
        }
    }

    private func found(
        _ plan: ApprovedPlan, _ file: VerifiedUserFile, _ configuration: ImportConfiguration
    ) -> String {
        let users = file.population.users
        var table = TextTable(indent: 0)
        table.add(configuration.inputFile, "\(users.count) users, of them disabled \(users.count { $0.isDisabled })")
        table.add("\(configuration.managedUserPath)".printable, "\(plan.plan.statistics.managed) managed users")
        return table.lines(columns: terminal.columns).joined(separator: "\n") + "\n\n"
    }

    private func refused() throws -> Bool {
        try terminal.write("nothing was written\n")
        return false
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
