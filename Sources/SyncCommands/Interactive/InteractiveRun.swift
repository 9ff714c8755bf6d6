import Approvals
import ApprovalsWeb
import Directory
import Logging
import SyncConfiguration
import SyncPlan
import SyncRun

/// `import --interactive`: an import, then a session in the browser, then the summary of both.
struct InteractiveRun: Sendable {
    let run: ImportRun
    let signals: SignalWatch

    private var environment: CommandEnvironment { run.environment }

    func perform() async throws -> ExitStatus {
        let stopwatch = Stopwatch(environment)
        let maker = try run.configuration.passwords.maker()
        warn(of: maker)
        let domain = try await run.openDirectory(.ofARun)
        let ground = InteractiveGround(run: run, command: "import --interactive", stopwatch)
        return try ground.conclude(await Result(awaiting: { try await hold(ground, maker, domain, stopwatch) })) { $0 }
    }

    /// The session from its import to its summary.
    private func hold(
        _ ground: InteractiveGround, _ maker: PasswordMaker, _ domain: FailoverDirectory, _ stopwatch: Stopwatch
    ) async throws -> ExitStatus {
        let session = try ApprovalSession(
            try await ground.performImport(domain), on: ground, file: run.resolutionsFile, maker: maker,
            connection: domain,
            logger: run.loggers.detail)
        let served = await serve(session)
        await session.close()
        let (plan, outcomes) = await session.result()
        let summary = RunSummary(
            plan: plan, outcomes: outcomes, isDryRun: false, warnings: ground.warnings,
            run: stopwatch.record(
                directoryOperations: await session.operationCount + ground.operationsOfItsOwn,
                by: run.configuration.connection))
        try run.print(summary)
        try served.get()
        return run.status(of: summary)
    }

    /// Until the session ends, however it does.
    private func serve(_ session: ApprovalSession) async -> Result<Void, any Error> {
        let page = run.configuration.approvalPage
        let server = ApprovalServer(
            desk: session,
            settings: ApprovalServerSettings(
                port: page.port, heartbeatInterval: page.heartbeatInterval,
                lastPage: page.terminatesOnBrowserClose ? .endsSession : .keepsSession,
                start: run.options.choosesLater ? .people : .approvals),
            logger: run.loggers.main)
        let voice = SessionVoice(server: server, environment: environment)
        signals.ask { Task { voice.askBeforeLeaving(await session.overview()) } }
        defer { signals.stopAsking() }
        do {
            _ = try await server.run(
                onReady: { await voice.invite($0) },
                onEvent: { event in
                    if case .pageClosedWithUnexportedPasswords(let count) = event { await voice.callBack(for: count) }
                })
            return .success(())
        } catch let error as ServerError {
            return .failure(CommandFailure(.unavailable, "\(error); the import itself is done"))
        } catch {
            return .failure(error)
        }
    }

    private func warn(of maker: PasswordMaker) {
        guard maker.entropyBits < 40 else { return }
        run.loggers.main.warning(
            "passwords made as configured can be guessed (\(Int(maker.entropyBits)) bits): choose a longer password_wordlist, or a higher password_word_count"
        )
    }
}
