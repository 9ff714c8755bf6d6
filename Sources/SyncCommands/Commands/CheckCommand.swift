import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look at everything a run needs, a line each, and write nothing.",
        discussion: """
            Configuration, name resolution, connection, certificate, sign-in, clocks, paths, groups, password policy, \
            files, and the rights of the account: what is needed and there, needed and missing (with the commands that \
            grant it), there and not needed. Ends with 0 when nothing stands in the way, else with what a run would end \
            with.
            """,
        subcommands: [CheckExportCommand.self, CheckImportCommand.self],
        aliases: ["healthcheck"])
}

struct CheckExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Look at everything an export needs, and write nothing.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config = "export-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await runner.check(.export, config, key)
        }
    }
}

struct CheckImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Look at everything an import needs, and write nothing.")

    @Option(
        help: ArgumentHelp("The configuration file. (default: import-config.json)", valueName: "file"),
        completion: .file())
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Check each configuration file (*.json) of this folder, and whether they go together.", valueName: "folder"),
        completion: .directory)
    var configFolder: String?

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard config == nil || configFolder == nil else {
            throw ValidationError(
                "--config names one configuration and --config-folder several: leave one of them out.")
        }
    }

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            guard let configFolder else {
                return try await runner.check(.import, config ?? CheckRun.Side.import.standardFile, key)
            }
            return try await SeveralChecks(
                folder: ConfigurationFolder(path: configFolder), key: key, environment: runner.environment,
                loggers: try runner.loggers(nil)
            ).perform()
        }
    }
}

extension CommandRunner {
    fileprivate func check(_ side: CheckRun.Side, _ file: String, _ key: KeyOptions) async throws -> ExitStatus {
        let run = CheckRun(side: side, file: file, key: key, environment: environment, loggers: try loggers(nil))
        let result = try await run.perform()
        if !environment.terminal.isForPeople { try environment.terminal.write(try JSONText.of(result.report)) }
        return result.status
    }
}
