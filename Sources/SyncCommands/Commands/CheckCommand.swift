import ArgumentParser
import Delegation
import SyncConfiguration

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

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "export-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let loggers = try runner.loggers(nil)
            var sheet = CheckSheet(runner.environment.terminal)
            if let configuration = ConfigurationCheck.configuration(
                config, &sheet, warnings: \ExportConfiguration.warnings, load: ConfigurationLoader.export)
            {
                let check = ExportCheck(key: key, environment: runner.environment, loggers: loggers)
                try await check.perform(configuration, &sheet)
            }
            return try sheet.finish("check export", config, nil, runner.environment.terminal)
        }
    }
}

struct CheckImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Look at everything an import needs, and write nothing.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "import-config.json"

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let loggers = try runner.loggers(nil)
            var sheet = CheckSheet(runner.environment.terminal)
            var grants: GrantCommands?
            if let configuration = ConfigurationCheck.configuration(
                config, &sheet, warnings: \ImportConfiguration.warnings, load: ConfigurationLoader.import)
            {
                let check = ImportCheck(key: key, environment: runner.environment, loggers: loggers)
                grants = try await check.perform(configuration, &sheet)
            }
            return try sheet.finish("check import", config, grants, runner.environment.terminal)
        }
    }
}

extension CheckSheet {
    /// Prints what is left, and the verdict.
    fileprivate func finish(
        _ command: String, _ configuration: String, _ grants: GrantCommands?, _ terminal: Terminal
    ) throws -> ExitStatus {
        guard terminal.isForPeople else {
            try terminal.write(
                try JSONText.of(
                    CheckReport(command: command, configuration: configuration, findings: findings, grants: grants)))
            return status
        }
        try show()
        if let grants {
            let lines =
                [terminal.paint("To grant what is missing, on Samba", .bold)] + grants.sambaTool
                + ["", terminal.paint("or on Windows", .bold)] + grants.dsacls
            try terminal.write(lines.joined(separator: "\n") + "\n\n")
        }
        try terminal.write(verdict(on: command) + "\n")
        return status
    }
}
