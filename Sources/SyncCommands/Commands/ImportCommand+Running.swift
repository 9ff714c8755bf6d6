import Logging
import SyncConfiguration

/// The three ways to import: once, by itself, from several sources.
extension ImportCommand {
    func once(_ runner: CommandRunner) async throws -> ExitStatus {
        let question = confirm ? try ImportConfirmation(terminal: runner.environment.terminal) : nil
        let configuration = try ConfigurationLoader.import(configurationFile)
        let loggers = try runner.loggers(configuration.log)
        configuration.warnings.forEach { loggers.main.warning("\(configurationFile): \($0)") }
        if watch { try refuseUnsigned(configuration, runner) }
        let findings = RunFindings()
        return try await runner.telling(
            dryRun ? nil : configuration.notices, of: "import", with: configurationFile,
            writesMetrics: !part.isGiven && !choose, findings
        ) {
            var run = try importRun(configuration, loggers, findings, runner)
            if let question {
                run.confirm = { try question.isGiven(to: $0, of: $1, configuration, at: runner.environment.now()) }
            }
            return try await interactive
                ? InteractiveRun(run: run, signals: runner.signals).perform() : run.perform()
        }
    }

    func byItself(_ runner: CommandRunner) async throws -> ExitStatus {
        try await ImportWatch(
            configuration: configurationFile, runner: runner,
            place: {
                let configuration = try ConfigurationLoader.import(configurationFile)
                _ = try runner.loggers(configuration.log)
                try refuseUnsigned(configuration, runner)
                return configuration.inputFile
            },
            once: { try await once(runner) }
        ).perform()
    }

    func fromSeveralSources(_ folder: String, _ runner: CommandRunner) async throws -> ExitStatus {
        // What the command line or the environment has wrong is wrong for all.
        _ = try key.key(runner.environment, configured: nil)
        return try await SeveralImports(folder: ConfigurationFolder(path: folder), isDryRun: dryRun, runner: runner) {
            try importRun($0, $1, $2, runner)
        }.perform()
    }

    private func importRun(
        _ configuration: ImportConfiguration, _ loggers: RunLoggers, _ findings: RunFindings, _ runner: CommandRunner
    ) throws -> ImportRun {
        ImportRun(
            configuration: configuration, key: try key.key(runner.environment, configured: configuration.hmacKey),
            options: ImportRun.Options(
                isDryRun: dryRun, allowsOlderFile: allowOlder, acceptsUnanchoredFile: acceptUnanchored,
                acceptsNewContainer: acceptNewContainer,
                failsOnPending: failOnPending, selection: try part.selection(), choosesLater: choose,
                lifeCycle: lifeCycle.lifeCycle(configuration.lifeCycle)),
            environment: runner.environment, loggers: loggers, findings: findings)
    }

    /// Whoever may write into the folder decides who gets an account, where nobody looks at the file first.
    private func refuseUnsigned(_ configuration: ImportConfiguration, _ runner: CommandRunner) throws {
        guard !configuration.allowsUnsigned,
            try key.key(runner.environment, configured: configuration.hmacKey) == nil
        else { return }
        throw CommandFailure(
            .badConfiguration,
            "--watch imports whatever arrives as \(configuration.inputFile), and without a key nobody can tell who wrote "
                + "it: give both sides the same key (hmac), or set allow_unsigned")
    }
}
