import Directory
import DistinguishedNames
import Journal
import Logging
import SyncConfiguration
import SyncPlan
import SyncRun
import UserFile

/// One undo, front door to back door: journal → past run → how things stand → undo plan → the operator's yes → outcomes.
struct UndoRun: Sendable {
    /// Who says yes.
    enum Consent: Sendable {
        case asked(Confirmation)
        /// On the command line.
        case given
        /// Nobody: it is looked at only.
        case none
    }

    /// `last`, or the beginning of an id.
    let name: String
    let configuration: ImportConfiguration
    let consent: Consent
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform() async throws -> ExitStatus {
        let stopwatch = Stopwatch(environment)
        let found = try UndoSource.find(name, configuration)
        let domain = try await configuration.connection.openDirectory(.ofARun, environment, logger: loggers.main)
        let container = try await domain.reading {
            try await $0.container(configuration.managedUserPath, key: "managed_user_path")
        }
        let memory = try ImportMemory(
            container: container, folder: configuration.stateFolder, isDryRun: isLookOnly)
        // Read once more, now that nobody else writes.
        let source = try UndoSource(
            found.id, JournalFolder(in: memory.folder.path), container, await domain.domain(), configuration)
        let mayLack = await warnOfOtherServers(source, domain)
        let progress = ProgressLine(environment.terminal)
        let ground = UndoGround(
            source: source, configuration: configuration, progress: progress, now: stopwatch.started)
        let view = try await domain.reading { try await ground.look(at: container, $0) }
        progress.clear()
        let preview = RunSummary(
            preview: view.plan,
            run: stopwatch.record(directoryOperations: await domain.operationCount, by: configuration.connection))
        let text = text(
            UndoReport(view.plan, command: source.header.words, afterwards: afterwards(view.plan, source)), source)
        guard !isLookOnly, !view.plan.operations.isEmpty else {
            await domain.close()
            try print(isLookOnly ? preview : RunSummary(nothingOf: view.plan, run: preview.run), text)
            return isLookOnly || !mayLack ? .done : .partlyFailed
        }
        guard try await isConfirmed(view, preview, text, ground, domain) else {
            await domain.close()
            return .done
        }
        if case .given = consent {
            // Whoever said yes beforehand has not seen it; the log has, before it happens.
            for opening in text.report.opens + text.report.closes {
                loggers.main.warning("\(opening.user): \(opening.what)")
            }
        }
        let journal = try OpenJournal.begin(
            header(stopwatch, view.snapshot, source), in: JournalFolder(in: memory.folder.path), configuration,
            environment, loggers)
        let status = try journal.conclude(
            await Result(awaiting: { try await carryOut(view.plan, source, journal, stopwatch, domain, progress) }),
            at: environment.now())
        memory.holdUntilHere()
        return status == .done && mayLack ? .partlyFailed : status
    }

    /// - Returns: whether this server may lack some of what the run did.
    private func warnOfOtherServers(_ source: UndoSource, _ domain: FailoverDirectory) async -> Bool {
        let server = await domain.domain().server
        let others = source.otherServers(than: server, at: environment.now())
        guard !others.isEmpty else { return false }
        loggers.main.warning(
            "\(source.past.id) was made on \(others.joined(separator: ", ")), and \(server) answers now: what it does not have yet looks as if it had never been done, and is not taken back. Undo the run once more when all has arrived"
        )
        return true
    }

    private var isLookOnly: Bool {
        if case .none = consent { true } else { false }
    }

    /// What was shown must still be so when it is done: somebody may have thought it over for long.
    private func isConfirmed(
        _ view: UndoGround.View, _ preview: RunSummary, _ text: UndoText, _ ground: UndoGround,
        _ domain: FailoverDirectory
    ) async throws -> Bool {
        guard case .asked(let confirmation) = consent else { return true }
        guard
            try confirmation.isGiven(
                to: "Take it back?", preview: text.preview(preview), whole: text.whole(preview))
        else { return false }
        let now = try await domain.reading { try await ground.look(at: view.snapshot.container, $0) }
        guard now.plan.operations == view.plan.operations else {
            throw CommandFailure(
                .tryAgain,
                "somebody changed these accounts while you were asked: run it again and look once more; nothing was written"
            )
        }
        return true
    }

    private func carryOut(
        _ plan: UndoPlan, _ source: UndoSource, _ journal: OpenJournal, _ stopwatch: Stopwatch,
        _ domain: FailoverDirectory, _ progress: ProgressLine
    ) async throws -> ExitStatus {
        let approved = plan.confirmed()
        let runner = Runner(writer: domain, journal: journal.file, logger: loggers.detail) { done, total in
            progress.show("Taking back", done, of: total)
        }
        await domain.whenServerChanges { journal.file.note(server: $0) }
        let outcomes = await runner.takeBack(approved)
        let summary = RunSummary(
            plan: approved, outcomes: outcomes, isDryRun: false,
            run: stopwatch.record(directoryOperations: await domain.operationCount, by: configuration.connection))
        await domain.close()
        progress.clear()
        let report = UndoReport(
            plan, command: source.header.words, afterwards: afterwards(plan, source), outcomes: outcomes)
        for left in report.leftAlone {
            loggers.detail.warning("\(left.user)\(left.field.map { ", \($0)" } ?? ""): left alone, \(left.reason)")
        }
        try print(summary, text(report, source))
        return outcomes.allSatisfy(\.isDone) ? .done : .partlyFailed
    }

    private func print(_ summary: RunSummary, _ text: UndoText) throws {
        let terminal = environment.terminal
        try terminal.write(
            terminal.isForPeople
                ? text.text(summary) : try JSONText.of(UndoDocument(summary: summary, report: text.report)))
    }

    private func text(_ report: UndoReport, _ source: UndoSource) -> UndoText {
        UndoText(
            report: report, header: source.header, counts: source.counts,
            resolutionsFile: configuration.resolutionsFile, terminal: environment.terminal)
    }

    private func afterwards(_ plan: UndoPlan, _ source: UndoSource) -> [String] {
        guard !plan.operations.isEmpty else { return [] }
        guard source.undoneUndos.isMultiple(of: 2) else {
            return ["what the undo had taken back is in force again; the next import goes on from there"]
        }
        return [
            "the next import of the same file does all of it again: stop its timer, correct the source and export anew, or "
                + "correct the configuration, before anybody imports",
            "the last imported file is still remembered: an older one needs --allow-older, the same one does not",
            "answers that were performed do not come back to \(configuration.resolutionsFile); those that stay in force "
                + "(name, grant) are still in it: take back the wrong ones with `resolutions reset`",
        ]
    }

    private func header(_ stopwatch: Stopwatch, _ snapshot: TargetSnapshot, _ source: UndoSource) -> RunHeader {
        RunHeader(
            run: stopwatch.run, command: "undo",
            started: stopwatch.started.roundedDownToSecond.iso8601(.withZone), version: AdUserSyncCommand.version,
            who: .current(account: configuration.connection.account), file: nil, undoes: source.past.id,
            target: RunHeader.Target(snapshot))
    }
}

/// The summary of the run, and `undo` beside it.
private struct UndoDocument: Encodable {
    let summary: RunSummary
    let report: UndoReport

    private enum CodingKeys: String, CodingKey { case undo }

    func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(report, forKey: .undo)
    }
}
