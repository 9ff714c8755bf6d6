/// Shows somebody at the terminal what an undo would do, and asks whether it may.
struct UndoQuestion: Sendable {
    private let terminal: Terminal
    private let prompt: Prompt

    /// - Throws: ``CommandFailure`` with status 64 where nobody is there to be asked.
    init(terminal: Terminal) throws {
        guard terminal.isForPeople, let prompt = Prompt() else {
            throw CommandFailure(
                .usage,
                "undo asks before it writes, which needs a terminal on standard input and output, and no --json: "
                    + "--dry-run shows what it would do, --yes does it unasked; nothing was written")
        }
        self.terminal = terminal
        self.prompt = prompt
    }

    /// The end of the input is a no.
    ///
    /// - Parameter whole: everything that `preview` may have shortened.
    /// - Throws: `CancellationError` when a signal asks the run to end.
    func isGiven(to preview: String, whole: String) throws -> Bool {
        try terminal.write(preview)
        while true {
            switch try prompt.line("\nTake it back? [y]es, [n]o, [t]able: ").map({ $0.lowercased() }) {
            case "y"?, "yes"?: return true
            case "n"?, "no"?: return try refused()
            case "t"?, "table"?: try terminal.write(whole)
            case .some: prompt.say("Please answer y, n or t.\n")
            case nil:
                prompt.say("\n")
                return try refused()
            }
        }
    }

    private func refused() throws -> Bool {
        try terminal.write("nothing was written\n")
        return false
    }
}
