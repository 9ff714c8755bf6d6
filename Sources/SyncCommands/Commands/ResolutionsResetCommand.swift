import ArgumentParser

struct ResolutionsResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take answers back.",
        discussion: """
            What was accepted or rejected waits again, and its password is removed. A grant leaves the file: the next \
            import takes the membership back. A name waits again: unless it is answered otherwise, the next import asks \
            again while somebody else has the name the user is to get, or else gives it to him; an account that was \
            taken over stays his. Names and grants in force are reset only by id or with --kind.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await AnswerRun(answer, applying: nil, selection: selection.selection, runner: runner).reset()
        }
    }
}
