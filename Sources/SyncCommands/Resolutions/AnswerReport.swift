import Approvals
import Directory
import SyncPlan

/// What a command did to the resolutions file, as one value for people and programs.
struct AnswerReport: Encodable {
    enum Word: String, Sendable {
        case accepted = "Accepted"
        case rejected = "Rejected"
        case reset = "Reset"
    }

    /// The one place where a password is shown: it was made here, and nobody knows it yet.
    struct Password: Encodable {
        let user: String
        let accountName: String?
        let id: String?
        let password: String

        enum CodingKeys: String, CodingKey {
            case user, id, password
            case accountName = "sAMAccountName"
        }
    }

    private let said: Word
    /// As they were, and as they are; nil for one that left the file.
    private let changes: [(before: Resolution, after: Resolution?)]
    private let passwords: [MadePassword]
    /// Nil where that is left to the next import.
    private let applied: AppliedAnswers?

    init(
        said: Word, answered: [(before: Resolution, after: Resolution?)], passwords: [MadePassword],
        applied: AppliedAnswers?
    ) {
        self.said = said
        changes = answered
        self.passwords = passwords
        self.applied = applied
    }

    enum CodingKeys: String, CodingKey { case answered, passwords, applied }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(
            changes.map { change in
                change.after.map { ShownResolution($0) } ?? ShownResolution.removed(change.before)
            }, forKey: .answered)
        try container.encodeIfPresent(applied, forKey: .applied)
        guard !passwords.isEmpty else { return }
        try container.encode(
            passwords.map { made in
                Password(
                    user: made.entry.user, accountName: made.entry.accountName, id: made.entry.id,
                    password: made.password.reveal())
            }, forKey: .passwords)
    }

    // MARK: for people

    func text(file: String, _ terminal: Terminal) -> String {
        let title = "\(said.rawValue) in \(file) (\(changes.count))"
        var lines = [terminal.paint(title, .bold)]
        lines += ResolutionsText(terminal: terminal).table(of: changes.map { $0.after ?? $0.before })
        if !passwords.isEmpty {
            lines += ["", terminal.paint("Passwords, shown this once", .yellow)]
            var table = TextTable()
            for made in passwords { table.add(made.entry.displayName.printable, made.password.reveal().printable) }
            lines += table.lines(columns: terminal.columns)
        }
        lines +=
            [""]
            + (applied?.lines(terminal) ?? [])
            + consequences.flatMap { sentence in
                var table = TextTable(indent: 0)
                table.add(sentence)
                return table.lines(columns: terminal.columns)
            }
        return lines.joined(separator: "\n") + "\n"
    }

    private var consequences: [String] {
        switch said {
        case .accepted: return applied != nil ? [] : ["The next import performs it; --apply does so at once."]
        case .rejected: return ["Not done, and not asked again until `resolutions reset` takes that back."]
        case .reset:
            var sentences: [String] = []
            if changes.contains(where: { $0.after != nil && $0.before.state != .standing }) {
                sentences.append("What was answered waits again.")
            }
            if changes.contains(where: { $0.after == nil }) {
                sentences.append("Grants are out of the file: the next import takes the memberships back.")
            }
            if changes.contains(where: { $0.before.kind == .name && $0.before.state == .standing }) {
                sentences.append(
                    "Names wait again: while another account has the name of the user file, the next import asks anew; once it is "
                        + "free, the user gets it. An account that was taken over stays his.")
            }
            return sentences
        }
    }
}
