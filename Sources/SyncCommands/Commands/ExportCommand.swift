import ArgumentParser
import Logging
import SyncConfiguration

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Read the users of the source domain and write the user file.",
        discussion: LongHelp.ifAsked { ConfigurationCatalogue.export.discussion })

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config = "export-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Write the file although no users are found, and there were some before.")
    var allowEmpty = false

    @Option(
        help: ArgumentHelp(
            "Export again and again, so long from one beginning to the next: 90s, 15m, 1h, 1d.", valueName: "time"))
    var every: RunInterval?

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            guard let every else { return try await once(runner) }
            return try await Recurrence(interval: every.duration, runner: runner).perform { try await once(runner) }
        }
    }

    private func once(_ runner: CommandRunner) async throws -> ExitStatus {
        let configuration = try ConfigurationLoader.export(config)
        let loggers = try runner.loggers(configuration.log)
        configuration.warnings.forEach { loggers.main.warning("\(config): \($0)") }
        let findings = RunFindings()
        return try await runner.telling(configuration.notices, of: "export", with: config, findings) {
            let run = ExportRun(
                configuration: configuration, key: try key.key(runner.environment, configured: configuration.hmacKey),
                allowsEmpty: allowEmpty, environment: runner.environment, loggers: loggers, findings: findings)
            return try await run.perform()
        }
    }
}
