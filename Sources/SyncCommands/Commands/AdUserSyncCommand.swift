public import ArgumentParser

/// The command line. `ad-user-sync`'s `@main` hands over to it.
public struct AdUserSyncCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "ad-user-sync",
        abstract: "Carries users from one Active Directory domain into another that cannot trust it.",
        discussion: """
            On the source side, export writes the users to a file, usually from a timer. Somebody carries the file \
            across. On the target side, import creates and updates the users, maps their groups, deactivates the missing, \
            and queues what needs a person's approval. \
            history shows past runs, undo takes one back.
            """,
        version: CommandLine.arguments.contains("--version") ? BuildDescription.text : version,
        subcommands: [
            ExportCommand.self, ImportCommand.self, ResolutionsCommand.self, VerifyCommand.self, HistoryCommand.self,
            UndoCommand.self, CheckCommand.self, GroupsCommand.self, InitCommand.self, SchemaCommand.self,
        ])

    /// Of this program; the package and its CHANGELOG say the same.
    public static let version = "0.1.0"

    public init() {}
}
