import Directory
import Glibc
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
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // What a browser has to say does not belong into the summary.
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own: Ctrl-C in this terminal is not meant for the browser. And the signals that are
        // ignored here are not ignored there.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
        var words = CStrings(arguments)
        var variables = CStrings(ProcessEnvironment.withoutSecrets)
        defer {
            words.free()
            variables.free()
        }
        var process = pid_t()
        let result = posix_spawnp(
            &process, arguments[0], &actions, &attributes, &words.pointers, &variables.pointers)
        guard result == 0 else { throw CommandFailure(.unavailable, "\(arguments[0]): \(SystemError(code: result))") }
    }
}
