import ArgumentParser
import Journal
import SyncConfiguration

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show past runs: who ran what when, what it did, how it ended.",
        discussion: """
            Without an id, lists the runs that the state folder of an import configuration knows, the newest last. With \
            one, shows every operation of that run: what was there before, what after, and what the server said. No \
            directory is needed.
            """)

    @Argument(
        help: ArgumentHelp(
            "The id of a run, as much of its beginning as tells it from others, or `last`.", valueName: "run"))
    var id: String?

    @Option(help: ArgumentHelp("The configuration file of the import.", valueName: "file"), completion: .file())
    var config = "import-config.json"

    @Option(help: ArgumentHelp("How many runs are listed.", valueName: "number"))
    var last = 30

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard last > 0 else { throw ValidationError("--last takes a number of at least 1.") }
        guard id?.isEmpty != true else { throw ValidationError("The beginning of an id cannot be empty.") }
    }

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let configuration = try ConfigurationLoader.import(config)
            _ = try runner.loggers(configuration.log)
            let history = try RunHistory(stateFolder: configuration.stateFolder)
            let terminal = runner.environment.terminal
            if let id {
                let shown = HistoryRun(try history.run(id))
                try terminal.write(terminal.isForPeople ? shown.text(terminal) : try JSONText.of(shown))
            } else {
                let list = HistoryList(try history.runs(last: last, .thorough))
                try terminal.write(
                    terminal.isForPeople
                        ? list.text(terminal, stateFolder: configuration.stateFolder) : try JSONText.of(list))
            }
            return .done
        }
    }
}
