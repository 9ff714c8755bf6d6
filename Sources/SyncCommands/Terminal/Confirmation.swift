/// Shows somebody at the terminal what a run would do, and asks whether it may.
struct Confirmation: Sendable {
    let terminal: Terminal
    private let prompt: Prompt

    /// - Parameter refusal: what is said where nobody is there to be asked.
    /// - Throws: ``CommandFailure`` with status 64 then.
    init(terminal: Terminal, orElse refusal: String) throws {
        guard terminal.isForPeople, let prompt = Prompt() else {
            throw CommandFailure(.usage, "\(refusal); nothing was written")
        }
        self.terminal = terminal
        self.prompt = prompt
    }

    /// The end of the input is a no.
    ///
    /// - Parameters:
    ///   - preview: shown first.
    ///   - whole: everything that `preview` may have shortened; shown on demand.
    /// - Throws: `CancellationError` when a signal asks the run to end.
    func isGiven(to question: String, preview: String, whole: String) throws -> Bool {
        try terminal.write(preview)
        while true {
            switch try prompt.line("\n\(question) [y]es, [n]o, [t]able: ").map({ $0.lowercased() }) {
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
