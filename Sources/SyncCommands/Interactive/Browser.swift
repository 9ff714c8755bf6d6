import NoticeDelivery

/// The browser of whoever started the command.
struct Browser: Sendable {
    /// A command, and what stands before the page in its arguments; `%s` is the page.
    private let command: [String]

    /// `$BROWSER`, the first of its alternatives; or `xdg-open`, where there is a display to open something on. Nil where
    /// there is neither: on a server, `xdg-open` would take the terminal.
    init?(_ variables: [String: String]) {
        if let browser = variables["BROWSER"]?.split(separator: ":").first {
            command = browser.split(separator: " ").map(String.init)
        } else if variables["DISPLAY"] != nil || variables["WAYLAND_DISPLAY"] != nil {
            command = ["xdg-open"]
        } else {
            return nil
        }
        guard !command.isEmpty else { return nil }
    }

    /// Starts it, and does not wait for its end.
    ///
    /// - Throws: ``CommandFailure`` when there is no such program.
    func open(_ path: String) throws {
        let takesPlace = command.contains { $0 == "%s" }
        let arguments = takesPlace ? command.map { $0 == "%s" ? path : $0 } : command + [path]
        do throws(ProgramStart.Failure) {
            _ = try ProgramStart.start(arguments)
        } catch {
            throw CommandFailure(.unavailable, "\(arguments[0]): \(SystemError(code: error.code))")
        }
    }
}
