import ArgumentParser

struct ResolutionsRejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Answer with no: it is not done, and not asked again.",
        discussion: """
            An answer stays until it is reset.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            try await AnswerRun(answer, applying: nil, selection: selection.selection, runner: runner).reject()
        }
    }
}
