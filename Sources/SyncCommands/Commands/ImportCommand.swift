import ArgumentParser
import SyncConfiguration

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Verify the user file and bring the target domain to the state it describes.",
        discussion: LongHelp.ifAsked { ConfigurationCatalogue.import.discussion })

    @Option(
        help: ArgumentHelp("The configuration file. (default: \(Self.defaultConfig))", valueName: "file"),
        completion: .file())
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Import from several sources: one after the other, with each configuration file (*.json) of this folder, in the "
                + "order of their names.", valueName: "folder"),
        completion: .directory)
    var configFolder: String?

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

    @Flag(
        help: "Fill a container that was made anew in the place of another, or emptied: everybody is created once more."
    )
    var acceptNewContainer = false

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

    private static let defaultConfig = "import-config.json"

    var configurationFile: String { config ?? Self.defaultConfig }

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            if let configFolder { return try await fromSeveralSources(configFolder, runner) }
            return watch ? try await byItself(runner) : try await once(runner)
        }
    }
}
