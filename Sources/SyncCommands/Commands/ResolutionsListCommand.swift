import Approvals
import ArgumentParser
import SyncConfiguration
import SyncPlan

struct ResolutionsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show what waits for an answer, and what was answered.",
        discussion: """
            An entry waits, was accepted or rejected, or is standing: an accepted name or grant stays in force. No \
            password is ever shown.
            """)

    @Option(help: ArgumentHelp("The configuration file of the import.", valueName: "file"), completion: .file())
    var config = "import-config.json"

    @OptionGroup var filter: FilterOptions

    @Option(help: ArgumentHelp("Only entries in this state.", valueName: "state"))
    var state: Resolution.State?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let configuration = try ConfigurationLoader.import(config)
            _ = try runner.loggers(configuration.log)
            let entries = try ResolutionsFile(path: configuration.resolutionsFile).read()
            let found = entries.filter(filter.filter(state: state).matches)
            let terminal = runner.environment.terminal
            try terminal.write(
                terminal.isForPeople
                    ? ResolutionsText(terminal: terminal).list(
                        found, of: entries.count, file: configuration.resolutionsFile)
                    : try JSONText.of(["resolutions": found.map { ShownResolution($0) }]))
            return .done
        }
    }
}
