import AtomicFile
import Directory
import Glibc
import Journal
import Logging
import NoticeDelivery
import RunNotices
import SyncConfiguration

/// Tells the hooks and the metrics file of one run how it ended. Nothing that goes wrong here changes what the run ends with.
struct RunTeller: Sendable {
    let settings: NoticeSettings
    /// Whether the run was for everybody: of others, metrics would tell that all is well while nobody else is imported.
    let writesMetrics: Bool
    let delivery: NoticeDelivery
    let memory: NoticeMemory
    let logger: Logger
    /// Called before anything is told: from then on a signal waits.
    let beginWork: @Sendable () -> Void

    func tell(_ notice: RunNotice, _ status: ExitStatus) async {
        writeMetrics(notice)
        let isNews = memory.isNews(status, of: notice.configuration)
        guard isNews, settings.hooks.contains(where: { $0.isCalled(for: notice) }) else { return }
        beginWork()
        await delivery.deliver(notice, to: settings.hooks)
    }

    /// Not inlined: the optimiser of Swift 6.3.1 crashes on such a write inside an async function.
    @inline(never)
    private func writeMetrics(_ notice: RunNotice) {
        guard writesMetrics, let path = settings.metricsFile else { return }
        let text = RunMetrics(of: notice, after: Self.previousText(at: path)).text
        do {
            try AtomicFile.write(Array(text.utf8), to: path, mode: 0o644)
        } catch {
            logger.warning("metrics_file: \(error)")
        }
    }

    /// Nil for what cannot be one of ours; it is about to be replaced, or refused, anyway.
    private static func previousText(at path: String) -> String? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 1 << 20 else {
            return nil
        }
        return (try? FileReading.bytes(path)).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension CommandRunner {
    /// Performs a run and tells how it ended, whatever that is.
    ///
    /// - Parameters:
    ///   - settings: nil for a run that writes nothing, of which nobody is told.
    ///   - findings: what the run fills in.
    func telling(
        _ settings: NoticeSettings?, of command: String, with configuration: String, writesMetrics: Bool = true,
        _ findings: RunFindings, _ perform: () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        guard let settings, let logger, !settings.hooks.isEmpty || settings.metricsFile != nil else {
            return try await perform()
        }
        let (started, start) = (environment.now(), ContinuousClock.now)
        let result = await Result(awaiting: perform)
        let (status, error) = ending(result)
        // An operator who was asked said no: nothing was run.
        guard status != .done || findings.report != nil else { return try result.get() }
        let notice = RunNotice(
            // So that one file has one name.
            command: command, configuration: FilePlace.resolved(configuration) ?? configuration,
            host: RunHeader.Who.current(account: "").host, version: AdUserSyncCommand.version, started: started,
            elapsed: start.duration(to: .now), status: status.rawValue, error: error, report: findings.report)
        let teller = RunTeller(
            settings: settings, writesMetrics: writesMetrics,
            delivery: NoticeDelivery(
                children: notices.children, logger: logger, isInHurry: { [signals] in signals.status != nil }),
            memory: notices, logger: logger, beginWork: signals.beginWork)
        let told = try log(result)
        // A task of its own: what has cancelled the run is one of the things to be told.
        await Task { await teller.tell(notice, status) }.value
        return try told.get()
    }

    /// Whoever watches need not wait for hooks to read what went wrong.
    private func log(_ result: Result<ExitStatus, any Error>) throws -> Result<ExitStatus, any Error> {
        guard case .failure(let error) = result, !Task.isCancelled else { return result }
        var failure = CommandFailure(error)
        try tell(failure)
        failure.isTold = true
        return .failure(failure)
    }

    private func ending(_ result: Result<ExitStatus, any Error>) -> (ExitStatus, error: String?) {
        switch result {
        case .success(let status): return (signals.status ?? status, nil)
        case .failure(let error):
            let failure = CommandFailure(error)
            return (signals.status ?? failure.status, failure.message)
        }
    }
}
