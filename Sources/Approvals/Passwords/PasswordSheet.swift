import Directory
import SyncPlan

/// The passwords of an archive as a text for people: a block for each user, in the order given.
enum PasswordSheet {
    /// Lines end with CRLF, which every editor of Windows and Linux shows as line ends.
    static func text(of passwords: [IssuedPassword], at time: Timestamp) -> String {
        let users = passwords.count == 1 ? "1 user" : "\(passwords.count) users"
        let title = "Passwords of \(users), exported at \(time.iso8601(.withZone)) by ad-user-sync"
        return ([[title]] + passwords.map(block)).map { lines in lines.map { $0 + "\r\n" }.joined() }
            .joined(separator: "\r\n")
    }

    /// Names may be anything; the password stands there to the letter.
    private static func block(_ issued: IssuedPassword) -> [String] {
        [
            "Name:            \(issued.person.commonName.printable)",
            "Account name:    \(issued.person.accountName.printable)",
            "Sign-in name:    \(issued.principalName?.printable ?? "-")",
            "Password:        \(issued.password.reveal())",
            "First sign-in:   \(issued.mustChange ? "the password must be changed" : "the password stays")",
        ]
    }
}
