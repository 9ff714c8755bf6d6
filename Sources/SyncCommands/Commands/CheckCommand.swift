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

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config = "import-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await runner.check(.import, config, key)
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
