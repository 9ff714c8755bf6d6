import ArgumentParser
import Logging
import SyncConfiguration

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Verify the user file and bring the target domain to the state it describes.",
        discussion: ConfigurationCatalogue.import.discussion)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "import-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Show everything that would happen, and write nothing.")
    var dryRun = false

    @Flag(help: "Take a file that is older than the last one imported.")
    var allowOlder = false

    @Flag(help: "Take a file without anchors although users of the container carry them.")
    var acceptUnanchored = false

    @Flag(help: "End with status 2 when something waits for an answer.")
    var failOnPending = false

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let configuration = try ConfigurationLoader.import(config)
            let loggers = try runner.loggers(configuration.log)
            configuration.warnings.forEach { loggers.main.warning("\(config): \($0)") }
            let run = ImportRun(
                configuration: configuration, key: try key.key(runner.environment, configured: configuration.hmacKey),
                options: ImportRun.Options(
                    isDryRun: dryRun, allowsOlderFile: allowOlder, acceptsUnanchoredFile: acceptUnanchored,
                    failsOnPending: failOnPending),
                environment: runner.environment, loggers: loggers)
            return try await run.perform()
        }
    }
}
