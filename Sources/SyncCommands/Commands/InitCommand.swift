import ArgumentParser
import SyncConfiguration

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a first configuration from what is found in the domain, and check it.",
        discussion: """
            Connects, looks around, and asks at the terminal for what no option gave. A file that is there is not replaced \
            without --force. Ends with the status of the check; the configuration has been written then, whatever it is.
            """,
        subcommands: [InitExportCommand.self, InitImportCommand.self])
}

struct InitExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a first configuration for the source side, and check it.",
        discussion: LongHelp.ifAsked { CheckRun.Side.export.discussionOfInit })

    @Option(help: ArgumentHelp("The configuration file to write.", valueName: "file"), completion: .file())
    var config = CheckRun.Side.export.standardFile

    @Option(help: ArgumentHelp("The container all users to export are below.", valueName: "name"))
    var userPath: String?

    @Flag(help: "Export the memberships in all groups below group_path.")
    var allGroups = false

    @OptionGroup var options: InitOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await InitRun(
                particulars: .export(userPath: userPath, allGroups: allGroups), file: config, options: options,
                environment: runner.environment, loggers: try runner.loggers(nil)
            ).perform()
        }
    }
}

struct InitImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Write a first configuration for the target side, and check it.",
        discussion: LongHelp.ifAsked { CheckRun.Side.import.discussionOfInit })

    @Option(help: ArgumentHelp("The configuration file to write.", valueName: "file"), completion: .file())
    var config = CheckRun.Side.import.standardFile

    @Option(help: ArgumentHelp("The container that belongs to this tool alone.", valueName: "name"))
    var managedUserPath: String?

    @Flag(help: "Create the managed container where it is missing, if the account may.")
    var createContainer = false

    @OptionGroup var options: InitOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await InitRun(
                particulars: .import(managedUserPath: managedUserPath, createsContainer: createContainer), file: config,
                options: options, environment: runner.environment, loggers: try runner.loggers(nil)
            ).perform()
        }
    }
}

extension CheckRun.Side {
    /// What is written; a little narrower than a terminal, or argument-parser wraps the lines once more.
    fileprivate var discussionOfInit: String {
        """
        Only keys that are required or differ from their default are written. They are these:

        \(catalogue.helpText(width: 76, only: ConfigurationDraft.keys(of: self)))
        """
    }
}
