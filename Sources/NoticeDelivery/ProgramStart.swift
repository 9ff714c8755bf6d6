import CProcess
import Glibc

/// Starts another program, looked up in `PATH`: in a process group of its own, without our secrets in its environment, and
/// with none of our files but those it is given.
public enum ProgramStart {
    public struct Failure: Error {
        /// `errno(3)`
        public let code: Int32
    }

    /// - Parameters:
    ///   - words: the program and its arguments; at least one.
    ///   - input: the descriptor of what it reads; nil for nothing.
    ///   - errors: the descriptor of what hears its standard error; nil for nobody. Its standard output nobody hears: what it
    ///     has to say does not belong into our summary.
    /// - Returns: the number of its process, which leads the group.
    public static func start(
        _ words: [String], input: Int32? = nil, errors: Int32? = nil
    ) throws(Failure) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        give(input, as: STDIN_FILENO, O_RDONLY, &actions)
        give(nil, as: STDOUT_FILENO, O_WRONLY, &actions)
        give(errors, as: STDERR_FILENO, O_WRONLY, &actions)
        cprocess_close_from(&actions, STDERR_FILENO + 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own: Ctrl-C in this terminal is not meant for it. And the signals that are ignored here are
        // not ignored there.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // Dispatch keeps signals from its threads, and a child has the mask of the thread that starts it.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments = CStrings(words)
        var variables = CStrings(ProcessEnvironment.withoutSecrets)
        defer {
            arguments.free()
            variables.free()
        }
        var process = pid_t()
        let result = posix_spawnp(
            &process, words[0], &actions, &attributes, &arguments.pointers, &variables.pointers)
        guard result == 0 else { throw Failure(code: result) }
        return process
    }

    private static func give(
        _ descriptor: Int32?, as number: Int32, _ mode: Int32, _ actions: inout posix_spawn_file_actions_t
    ) {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        } else {
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
        }
    }
}
