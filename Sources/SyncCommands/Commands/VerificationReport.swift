import Directory
import UserFile

/// What `verify` found.
struct VerificationReport: Encodable {
    let file: String
    let authenticated: Bool
    let encoding: String
    let format: Int?
    let timestamp: String?
    let sequence: Int?
    let source: String?
    let users: Int
    let disabled: Int
    let complete: String
    /// What the file states about itself is not so: an import deactivates nobody by it.
    let isContradicted: Bool
    /// Of the export before this one, as the file tells.
    let previousUsers: Int?
    let sha256: String

    enum CodingKeys: String, CodingKey {
        case file, authenticated, encoding, format, timestamp, sequence, source, users, disabled, complete, sha256
        case previousUsers = "previous_users"
    }

    init(of file: VerifiedUserFile, named path: String) {
        self.file = path
        authenticated = file.authenticity == .authenticated
        encoding =
            switch file.reading {
            case .asWritten: "UTF-8"
            case .lineFeeds: "UTF-8 with Windows line ends"
            case .windows1252: "Windows-1252"
            }
        format = file.header.format
        timestamp = file.header.timestamp?.iso8601(.withZone)
        sequence = file.header.sequence
        source = file.header.source?.domain
        users = file.population.users.count
        disabled = file.population.users.count { $0.isDisabled }
        (complete, isContradicted) =
            switch file.completeness {
            case .consistent: ("proven", false)
            case .absent: ("not stated", false)
            case .contradicted(let reason): ("contradicted: \(reason)", true)
            }
        previousUsers = file.header.completeness?.previous?.users
        sha256 = file.digest
    }

    func text(_ terminal: Terminal) -> String {
        var table = TextTable()
        table.add(
            "users",
            "\(users), of them disabled \(disabled)" + (previousUsers.map { "; the export before had \($0)" } ?? ""))
        table.add("HMAC", authenticated ? terminal.paint("correct", .green) : terminal.paint("not checked", .yellow))
        table.add("complete", complete)
        table.add("written", timestamp ?? "not stated")
        table.add("source", (source ?? "not stated").printable)
        table.add("sequence", sequence.map(String.init) ?? "not stated")
        table.add("format", format.map(String.init) ?? "UserSync 1.0")
        table.add("encoding", encoding)
        table.add("SHA-256", sha256)
        let verdict =
            isContradicted
            ? terminal.paint("\(file): not a whole user file: an import deactivates nobody by it", .red)
            : terminal.paint("\(file): a sound user file", .bold)
        return ([verdict] + table.lines()).joined(separator: "\n") + "\n"
    }
}
