import Directory

/// What was given or typed and cannot be used: told and asked for again, or the end where an option gave it.
struct InitRefusal: Error, Sendable {
    let status: ExitStatus
    /// What is wrong and what to do, without the name of the option.
    let message: String
    /// To be pasted, on lines of their own.
    let commands: [String]

    init(_ status: ExitStatus, _ message: String, commands: [String] = []) {
        self.status = status
        self.message = message
        self.commands = commands
    }

    private var lines: String { commands.map { "\n    \($0)" }.joined() }

    /// Told before the question is asked again.
    var sentence: String { "\(message).\(lines)" }

    /// The end of the command.
    func failure(of option: String) -> CommandFailure {
        CommandFailure(status, "\(option): \(message); nothing was written\(lines)")
    }
}

/// Somebody at the terminal, who is asked for what no option gave.
struct InitDialogue: Sendable {
    private let prompt: Prompt?

    /// - Parameter mayAsk: false where nobody is to be asked.
    init(mayAsk: Bool) { prompt = mayAsk ? Prompt() : nil }

    var isPossible: Bool { prompt != nil }

    /// Tells what goes with a question; nothing where there are none.
    func say(_ text: String) { prompt?.say(text + "\n") }

    /// The option's value, which has to be right; without one, what is typed, until it is.
    ///
    /// - Parameters:
    ///   - option: for the message, such as `--server`.
    ///   - suggestion: what an empty line stands for.
    ///   - check: throws ``InitRefusal`` for a value that cannot be used.
    func settle<Value>(
        _ option: String, _ given: String?, _ question: String, suggestion: String? = nil,
        _ check: (String) async throws -> Value
    ) async throws -> Value {
        if let given {
            do {
                return try await check(given)
            } catch let refusal as InitRefusal {
                throw refusal.failure(of: option)
            }
        }
        while true {
            let hint = suggestion.map { " [\($0.printable)]" } ?? ""
            let typed = try line("\(question)\(hint): ").trimmed
            guard let text = typed.isEmpty ? suggestion : typed else { continue }
            do {
                return try await check(text)
            } catch let refusal as InitRefusal {
                say(refusal.sentence)
            }
        }
    }

    func confirms(_ question: String) throws -> Bool {
        while true {
            switch try line("\(question) [y]es, [n]o: ").trimmed.lowercased() {
            case "y", "yes": return true
            case "n", "no": return false
            default: say("Please answer y or n.")
            }
        }
    }

    /// One line without echo, not empty.
    func password(_ question: String) throws -> Secret {
        while true {
            guard let typed = try asked().secretLine("\(question): ") else { throw Self.end }
            guard typed.isEmpty else { return Secret(typed) }
            say("That was empty.")
        }
    }

    private func line(_ question: String) throws -> String {
        guard let line = try asked().line(question) else {
            say("")
            throw Self.end
        }
        return line
    }

    private func asked() throws -> Prompt {
        guard let prompt else { throw CommandFailure(.usage, "nobody is there to be asked; nothing was written") }
        return prompt
    }

    private static let end = CommandFailure(.usage, "the answers ended; nothing was written")
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
