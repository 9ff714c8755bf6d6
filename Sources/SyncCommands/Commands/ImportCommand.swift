import ArgumentParser
import Logging
import SyncConfiguration

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Verify the user file and bring the target domain to the state it describes.",
        discussion: LongHelp.ifAsked { ConfigurationCatalogue.import.discussion })

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config = "import-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup(title: "A part of the people") var part: PartOptions
    @OptionGroup(title: "A part of the life cycle") var lifeCycle: LifeCycleOptions

    @Flag(help: "Show everything that would happen, and write nothing.")
    var dryRun = false

    @Flag(help: "Take a file that is older than the last one imported.")
    var allowOlder = false

    @Flag(help: "Take a file without anchors although users of the container carry them.")
    var acceptUnanchored = false

    @Flag(help: "End with status 2 when something waits for an answer.")
    var failOnPending = false

    @Flag(help: "Say what would happen, and ask before anything is written. On a terminal only.")
    var confirm = false

    @Flag(help: "Then open a page in the browser that goes through what needs an approval.")
    var interactive = false

    @Flag(help: "With --interactive: import nobody beforehand, and choose on the page whom to import.")
    var choose = false

    @Flag(help: "Never ask anything, whatever else is given: for timers.")
    var noInteraction = false

    @Flag(help: "Import each user file that arrives, until it is told to stop.")
    var watch = false

    func validate() throws {
        guard !(watch && (interactive || confirm || dryRun || allowOlder)) else {
            throw ValidationError(
                "--watch imports what arrives, and asks nobody: leave out --interactive, --confirm, --dry-run and "
                    + "--allow-older.")
        }
        guard !(confirm && noInteraction) else {
            throw ValidationError("--no-interaction never asks, and --confirm does: leave one of them out.")
        }
        guard !(interactive && noInteraction) else {
            throw ValidationError("--no-interaction never asks, and --interactive does: leave one of them out.")
        }
        guard !(interactive && (dryRun || confirm)) else {
            throw ValidationError(
                "--interactive imports and then asks on its page: use --dry-run or --confirm in a run of its own.")
        }
        guard interactive || !choose else {
            throw ValidationError("--choose is about the page that --interactive opens: add it.")
        }
        guard !(choose && part.isGiven) else {
            throw ValidationError(
                "--choose imports nobody beforehand, and --user, --group and --filter name some: leave one of them out."
            )
        }
        guard !(confirm && dryRun) else {
            throw ValidationError("--dry-run writes nothing that could be confirmed: leave --confirm out.")
        }
    }

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            guard watch else { return try await once(runner) }
            let configuration = try ConfigurationLoader.import(config)
            _ = try runner.loggers(configuration.log)
            try refuseUnsigned(configuration, runner)
            return try await ImportWatch(path: configuration.inputFile, runner: runner).perform {
                try await once(runner)
            }
        }
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

    private func once(_ runner: CommandRunner) async throws -> ExitStatus {
        let question = confirm ? try ImportConfirmation(terminal: runner.environment.terminal) : nil
        let configuration = try ConfigurationLoader.import(config)
        let loggers = try runner.loggers(configuration.log)
        configuration.warnings.forEach { loggers.main.warning("\(config): \($0)") }
        if watch { try refuseUnsigned(configuration, runner) }
        var run = ImportRun(
            configuration: configuration, key: try key.key(runner.environment, configured: configuration.hmacKey),
            options: ImportRun.Options(
                isDryRun: dryRun, allowsOlderFile: allowOlder, acceptsUnanchoredFile: acceptUnanchored,
                failsOnPending: failOnPending, selection: try part.selection(), choosesLater: choose,
                lifeCycle: lifeCycle.lifeCycle(configuration.lifeCycle)),
            environment: runner.environment, loggers: loggers)
        if let question {
            run.confirm = { try question.isGiven(to: $0, of: $1, configuration, at: runner.environment.now()) }
        }
        return try await interactive
            ? InteractiveRun(run: run, signals: runner.signals).perform() : run.perform()
    }
}
