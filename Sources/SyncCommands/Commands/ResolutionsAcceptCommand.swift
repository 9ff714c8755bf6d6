import ArgumentParser

struct ResolutionsAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Answer with yes.",
        discussion: """
            A name conflict needs one of --new-name, --take-over and --take-over-account. To enable takes a password, \
            for which the command asks on a terminal, unless --password-stdin, --generate or --keep-password is given. \
            Everything else takes a plain yes.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup(title: "To a name conflict") var name: NameOptions
    @OptionGroup(title: "To enable") var password: PasswordOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let acceptance = Acceptance(name: name.answer, password: password.source)
            return try await AnswerRun(
                answer, applying: application.apply ? application.key : nil, selection: selection.selection,
                runner: runner
            ).accept(acceptance)
        }
    }
}

/// How a name conflict is solved.
struct NameOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The user gets this name instead: a cn, account name or user principal name, as the conflict is about.",
            valueName: "name"))
    var newName: String?

    @Flag(help: "The account that holds the name is this user's: it is taken over.")
    var takeOver = false

    @Option(
        help: ArgumentHelp(
            "The same with the account's name, typed, which some accounts ask for.", valueName: "account"))
    var takeOverAccount: String?

    func validate() throws {
        guard [newName != nil, takeOver, takeOverAccount != nil].count(where: \.self) <= 1 else {
            throw ValidationError("Only one of --new-name, --take-over and --take-over-account.")
        }
        guard newName?.isEmpty != true, takeOverAccount?.isEmpty != true else {
            throw ValidationError("The name is empty.")
        }
    }

    var answer: Acceptance.Name? {
        if let newName { return .newName(newName) }
        if let takeOverAccount { return .takeOverAccount(takeOverAccount) }
        return takeOver ? .takeOver : nil
    }
}

/// Where the password of a user to be enabled comes from.
struct PasswordOptions: ParsableArguments {
    @Flag(help: "Read the password from standard input, one line; for one user.")
    var passwordStdin = false

    @Flag(help: "Make a password for each user; they are printed once, with the summary.")
    var generate = false

    @Flag(help: "Keep the password that was set before.")
    var keepPassword = false

    func validate() throws {
        guard [passwordStdin, generate, keepPassword].count(where: \.self) <= 1 else {
            throw ValidationError("Only one of --password-stdin, --generate and --keep-password.")
        }
    }

    var source: Acceptance.PasswordSource? {
        if passwordStdin { return .standardInput }
        if generate { return .generated }
        return keepPassword ? .kept : nil
    }
}
