import ArgumentParser
import SyncConfiguration

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take a past run back.",
        discussion: """
            Plans the way back from the journal of the run: attributes, names, memberships, the enabled and the disabled, \
            each to what it was before. Whoever the run created is disabled where that run had enabled \
            him, and never deleted. What anybody changed since \
            stays as it is, and is told. Shows the plan and asks; an undo is a run itself, in `history`, and can be taken \
            back too.

            The next import of the same file does everything again: stop its timer, and correct the source or the \
            configuration first.
            """)

    @Argument(
        help: ArgumentHelp(
            "The id of a run, as much of its beginning as tells it from others, or `last`.", valueName: "run"))
    var id: String

    @Option(help: ArgumentHelp("The configuration file of the import.", valueName: "file"), completion: .file())
    var config = "import-config.json"

    @Flag(help: "Show everything that would happen, and write nothing.")
    var dryRun = false

    @Flag(help: "Do it without asking: for scripts.")
    var yes = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !id.isEmpty else { throw ValidationError("The beginning of an id cannot be empty.") }
        guard !(dryRun && yes) else {
            throw ValidationError("--dry-run writes nothing that could be agreed to: leave --yes out.")
        }
    }

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let consent: UndoRun.Consent
            if dryRun {
                consent = .none
            } else if yes {
                consent = .given
            } else {
                consent = .asked(
                    try Confirmation(
                        terminal: runner.environment.terminal,
                        orElse: "undo asks before it writes, which needs a terminal on standard input and output, "
                            + "and no --json: --dry-run shows what it would do, --yes does it unasked"))
            }
            let configuration = try ConfigurationLoader.import(config)
            return try await UndoRun(
                name: id, configuration: configuration, consent: consent, environment: runner.environment,
                loggers: try runner.loggers(configuration.log)
            ).perform()
        }
    }
}
