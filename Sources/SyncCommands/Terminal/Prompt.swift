import Glibc
import Synchronization

/// Asks somebody at the terminal. Standard input is one; the questions go where they are seen.
struct Prompt: Sendable {
    private let output: Int32

    /// Nil when standard input is no terminal: nobody is there to be asked.
    init?() {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        output = isatty(STDERR_FILENO) == 1 || isatty(STDOUT_FILENO) == 0 ? STDERR_FILENO : STDOUT_FILENO
    }

    /// One line, without its end; nil at the end of the input (Ctrl-D).
    ///
    /// - Throws: `CancellationError` when a signal asks the command to end.
    func line(_ question: String) throws -> String? {
        say(question)
        return try read()
    }

    /// The same without echo.
    func secretLine(_ question: String) throws -> String? {
        var old = termios()
        guard tcgetattr(STDIN_FILENO, &old) == 0 else { throw failure("echo cannot be turned off") }
        Self.echoing.withLock { $0 = old }
        var silent = old
        silent.c_lflag &= ~tcflag_t(ECHO)
        // What was typed ahead was shown: it is no password.
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw failure("echo cannot be turned off") }
        defer {
            Self.restoreEcho()
            say("\n")
        }
        say(question)
        return try read()
    }

    /// How the terminal was before echo was turned off; nil while it is on.
    private static let echoing = Mutex<termios?>(nil)

    /// For whoever ends the process in the midst of a question.
    static func restoreEcho() {
        guard var settings = echoing.withLock({ $0.take() }) else { return }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }

    func say(_ text: String) {
        Terminal.write(Array(text.utf8), to: output)
    }

    private func read() throws -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            // Not for ever: a signal is heard between two looks.
            let ready = poll(&waiting, 1, 100)
            try Task.checkCancellation()
            if ready == 0 || (ready < 0 && errno == EINTR) { continue }
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { throw failure("the terminal cannot be read: \(SystemError(code: errno))") }
            guard count == 1 else { return bytes.isEmpty ? nil : try text(bytes) }
            guard byte != UInt8(ascii: "\n") else { return try text(bytes) }
            bytes.append(byte)
        }
    }

    private func text(_ bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("what was typed is not UTF-8") }
        return text
    }

    private func failure(_ problem: String) -> CommandFailure { CommandFailure(.inputOutput, problem) }
}
