import Directory
import Glibc
import SyncPlan

/// Takes passwords from people and pipes.
enum PasswordEntry {
    /// Asks twice, until both are the same.
    ///
    /// - Throws: ``CommandFailure`` at the end of the input.
    static func ask(for entry: Resolution, _ prompt: Prompt) throws -> Secret {
        let name = entry.displayName.printable
        while true {
            guard let first = try prompt.secretLine("Password for \(name): "),
                let second = try prompt.secretLine("The same again: ")
            else { throw CommandFailure(.usage, "no password was typed; nothing was written") }
            guard !first.isEmpty else {
                prompt.say("That was empty.\n")
                continue
            }
            guard first.utf8.elementsEqual(second.utf8) else {
                prompt.say("Those were not the same.\n")
                continue
            }
            return Secret(first)
        }
    }

    /// - Throws: ``CommandFailure`` for input that is not one line.
    static func fromStandardInput() throws -> Secret {
        guard isatty(STDIN_FILENO) == 0 else {
            throw refusal("standard input is a terminal: without --password-stdin, the command asks")
        }
        let bytes = try standardInput()
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal("the password is not UTF-8") }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 1 || (lines.count == 2 && lines[1].isEmpty) else {
            throw refusal("standard input is to be one line")
        }
        let line = lines[0].last == "\r" ? lines[0].dropLast() : lines[0]
        guard !line.isEmpty else { throw refusal("standard input is empty: a password is to be one line") }
        return Secret(String(line))
    }

    /// Everything, or as much as no password is long.
    private static func standardInput() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1024)
        while bytes.count < 16 * 1024 {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure(
                    .inputOutput, "standard input cannot be read: \(SystemError(code: errno)); nothing was written")
            }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
        throw refusal("standard input is longer than any password")
    }

    private static func refusal(_ problem: String) -> CommandFailure {
        CommandFailure(.usage, "\(problem); nothing was written")
    }
}

extension Resolution {
    /// `Jane Doe (jdoe)`, for people.
    var displayName: String {
        guard let first = members.first else { return accountName.map { "\(user) (\($0))" } ?? user }
        return first.group == nil ? "\(members.count) users" : "\(members.count) memberships"
    }
}
