import ArgumentParser

struct ResolutionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolutions",
        abstract: "List what waits for an answer, and answer it.",
        discussion: """
            Answers are written into the resolutions file that the configuration of the import names, and performed by \
            the next import, or at once with accept --apply. A command that cannot do all it was asked to writes nothing.
            """,
        subcommands: [
            ResolutionsListCommand.self, ResolutionsAcceptCommand.self, ResolutionsRejectCommand.self,
            ResolutionsResetCommand.self,
        ])
}
