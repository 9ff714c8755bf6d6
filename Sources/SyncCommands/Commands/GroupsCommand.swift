import ArgumentParser
import DistinguishedNames
import SyncConfiguration

struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "List the groups of a domain, in a file to choose from.",
        discussion: """
            Writes every group below group_path, one a line, with its members counted, into a text file. Copy it to \
            group_filter.txt, take out the groups that nobody needs, and name that file as group_filter_file in \
            export-config.json.
            """)

    @Flag(help: "Of the target domain: reads import-config.json.")
    var `import` = false

    @Option(
        help: ArgumentHelp("The configuration file; its server, bind, tls and group_path count.", valueName: "file"),
        completion: .file())
    var config: String?

    @Option(help: ArgumentHelp("Below this distinguished name, in the place of group_path.", valueName: "name"))
    var base: String?

    @Option(
        name: .customLong("output"), help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
    var file = "group_list.txt"

    @Flag(help: "Replace the file although it says something else.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let path = config ?? (self.import ? "import-config.json" : "export-config.json")
            let (connection, groupPath, log) = try settings(path)
            let run = GroupsRun(
                connection: connection, groupPath: groupPath, base: try base.map(parsed),
                file: output.json ? nil : file, replacesOther: force,
                environment: runner.environment, loggers: try runner.loggers(log))
            return try await run.perform()
        }
    }

    private func settings(_ path: String) throws -> (ConnectionSettings, DistinguishedName, LogSettings) {
        guard !self.import else {
            let configuration = try ConfigurationLoader.import(path)
            return (configuration.connection, configuration.groupPath, configuration.log)
        }
        let configuration = try ConfigurationLoader.exportBeforeGroupsAreChosen(path)
        return (configuration.connection, configuration.groupPath, configuration.log)
    }

    private func parsed(_ text: String) throws -> DistinguishedName {
        do {
            return try DistinguishedName(parsing: text)
        } catch {
            throw CommandFailure(.usage, "--base: \(error)")
        }
    }
}
