import Logging
import SyncConfiguration
import SyncPlan
import SyncRun

/// What an import says of itself: in the log, as its summary, by its status.
extension ImportRun {
    func log(_ plan: ApprovedPlan) {
        for notice in plan.notices { loggers.detail.warning("\(notice.sentence)") }
        for brake in plan.brakes { loggers.detail.error("\(brake.sentence)") }
        for failure in plan.plan.failures {
            let field = failure.field.map { ", \($0)" } ?? ""
            let record = failure.position.map { "record \($0)" } ?? "account"
            loggers.detail.error("\(record) (\(failure.person.commonName)\(field)): \(failure.reason)")
        }
    }

    func print(_ summary: RunSummary) throws {
        var text = self.text(of: summary)
        text.terminal = .plain
        text.wayToTheRest = "resolutions list and history show all"
        findings.note(summary, text: text.text)
        if let deliver { return try deliver(summary) }
        let terminal = environment.terminal
        try terminal.write(terminal.isForPeople ? self.text(of: summary).text : try JSONText.of(summary))
    }

    func text(of summary: RunSummary) -> ImportText {
        ImportText(
            summary: summary, file: configuration.inputFile, resolutionsFile: configuration.resolutionsFile,
            terminal: environment.terminal)
    }

    func status(of summary: RunSummary) -> ExitStatus {
        if options.isDryRun { return .done }
        if !summary.brakes.isEmpty { return .heldBack }
        if !summary.failed.isEmpty { return .partlyFailed }
        return options.failsOnPending && !summary.requiredInteractions.isEmpty ? .pending : .done
    }
}
