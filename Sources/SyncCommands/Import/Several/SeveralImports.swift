import Logging
import SyncConfiguration
import SyncRun
import Synchronization

/// Imports from several sources, one after the other: each with its own configuration, container, state and lock, so that
/// nothing that is wrong with one reaches the people of another.
struct SeveralImports: Sendable {
    let folder: ConfigurationFolder
    let isDryRun: Bool
    let runner: CommandRunner
    let makeRun: @Sendable (ImportConfiguration, RunLoggers, RunFindings) throws -> ImportRun

    private var terminal: Terminal { runner.environment.terminal }

    /// - Returns: the gravest of the statuses that the imports would have ended with alone.
    /// - Throws: ``CommandFailure`` with status 78 when two of them are not separate; nothing was written then.
    func perform() async throws -> ExitStatus {
        let general = try runner.loggers(nil)
        let sources = try folder.files().map { file in
            Source(file: file, configuration: Result { try ConfigurationLoader.import(file) })
        }
        try refuseShared(sources)
        var results: [SeveralImportsReport.Entry] = []
        for source in sources {
            results.append(await result(of: source, general.main))
        }
        let report = SeveralImportsReport(imports: results, isDryRun: isDryRun)
        try terminal.write(terminal.isForPeople ? report.text(terminal) : try JSONText.of(report))
        return report.exitStatus
    }

    private struct Source {
        let file: String
        let configuration: Result<ImportConfiguration, any Error>
    }

    private func refuseShared(_ sources: [Source]) throws(CommandFailure) {
        let readable = sources.compactMap { source in
            (try? source.configuration.get()).map { (file: source.file, $0) }
        }
        let problems = SeparateSources(readable).problems
        guard problems.isEmpty else {
            throw CommandFailure(.badConfiguration, problems.joined(separator: "\n") + "; nothing was written")
        }
    }

    private func result(of source: Source, _ logger: Logger) async -> SeveralImportsReport.Entry {
        let summary = SummaryHolder()
        var logger = logger
        do {
            guard !Task.isCancelled else { throw CommandFailure(.interrupted, "not begun: interrupted before it") }
            let configuration = try source.configuration.get()
            let loggers = try runner.loggers(configuration.log)
            logger = loggers.main
            configuration.warnings.forEach { logger.warning("\(source.file): \($0)") }
            logger.info("\(source.file): \(configuration.inputFile) is imported into \(configuration.managedUserPath)")
            let findings = RunFindings()
            let status = try await runner.telling(
                isDryRun ? nil : configuration.notices, of: "import", with: source.file, findings
            ) {
                do {
                    var run = try makeRun(configuration, loggers, findings)
                    run.deliver = { [run] in try deliver($0, of: run, source, summary) }
                    return try await run.perform()
                } catch {
                    throw CommandFailure(error).naming(source.file)
                }
            }
            return entry(source, status.unlessIncomplete(loggers.sink), summary)
        } catch {
            let failure = CommandFailure(error).naming(source.file)
            if !failure.isTold {
                logger.log(level: failure.status == .noInput ? .warning : .error, "\(failure.message)")
            }
            return entry(source, failure.status, summary, message: failure.message)
        }
    }

    private func deliver(_ report: RunSummary, of run: ImportRun, _ source: Source, _ summary: SummaryHolder) throws {
        summary.hold(report)
        guard terminal.isForPeople else { return }
        try terminal.write(terminal.paint("── \(source.file)", .dim) + "\n" + run.text(of: report).text + "\n")
    }

    private func entry(
        _ source: Source, _ status: ExitStatus, _ summary: SummaryHolder, message: String? = nil
    ) -> SeveralImportsReport.Entry {
        SeveralImportsReport.Entry(
            configuration: source.file, exitStatus: runner.signals.status ?? status, report: summary.value,
            error: message)
    }
}

extension CommandFailure {
    /// Of several sources, which one it is. What is wrong with a configuration begins with its name already.
    fileprivate func naming(_ file: String) -> CommandFailure {
        guard !message.hasPrefix(file) else { return self }
        var failure = CommandFailure(status, "\(file): \(message)", needsAnotherFile: needsAnotherFile)
        failure.isTold = isTold
        return failure
    }
}

/// What an import tells before it ends, one way or the other.
private final class SummaryHolder: Sendable {
    private let held = Mutex<RunSummary?>(nil)

    var value: RunSummary? { held.withLock { $0 } }

    func hold(_ summary: RunSummary) { held.withLock { $0 = summary } }
}
