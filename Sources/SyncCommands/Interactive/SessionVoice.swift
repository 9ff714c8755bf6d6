import Approvals
import ApprovalsWeb
import Directory
import Glibc

/// What a session says in the terminal it was started from. Addresses with tokens in them go there and nowhere else: no
/// log, no argument list.
struct SessionVoice: Sendable {
    let server: ApprovalServer
    let environment: CommandEnvironment

    /// Opens a browser, or says where the page is.
    func invite(_ entrance: Entrance) async {
        guard let browser = Browser(environment.variables) else {
            say("The approvals are at \(entrance.url.reveal())", "This address works once. Ctrl-C ends the session.")
            return
        }
        do {
            let page = try await server.redirectPage(to: entrance)
            try browser.open(page.path)
            say(
                "The approvals are open in your browser; if none appears, open file://\(page.path) in one.",
                "Ctrl-C ends the session.")
        } catch {
            say("No browser could be started (\(error)). The approvals are at \(entrance.url.reveal())")
        }
    }

    /// The last page is gone, and with it the way in.
    func callBack(for unexported: Int) async {
        guard let entrance = await server.newEntrance() else { return }
        say(
            "The page was closed, and \(passwords(unexported)) not exported yet. Go on at \(entrance.url.reveal())",
            "or press Ctrl-C twice to leave without them.")
    }

    func askBeforeLeaving(_ session: SessionOverview) {
        var losses: [String] = []
        if session.unexportedPasswords > 0 {
            losses.append("\(passwords(session.unexportedPasswords)) not exported yet and will be lost.")
        }
        if session.keptAnswers > 0 {
            losses.append(
                "\(session.keptAnswers) accepted actions wait for the directory: the next import performs them, save those "
                    + "with generated passwords, which are asked again.")
        }
        if losses.isEmpty { losses.append("The session is still open; nothing that was decided is lost.") }
        say((losses + ["Press Ctrl-C again to end it."]).joined(separator: " "))
    }

    private func passwords(_ count: Int) -> String { count == 1 ? "1 password was" : "\(count) passwords were" }

    private func say(_ lines: String...) {
        Terminal.write(Array(("\r\u{1B}[K" + lines.joined(separator: "\n") + "\n").utf8), to: STDERR_FILENO)
    }
}
