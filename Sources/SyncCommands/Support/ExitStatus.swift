/// The statuses the commands end with; those from 64 are of sysexits.h. All of them stand in docs/troubleshooting.md.
enum ExitStatus: Int32, Sendable {
    /// All was done, or queued for an operator.
    case done = 0
    /// Single records or operations failed; the rest was done.
    case partlyFailed = 1
    /// Something is pending, and `--fail-on-pending` was given.
    case pending = 2
    /// A brake held something back.
    case heldBack = 3
    case usage = 64
    /// The user file or the resolutions file is refused.
    case badData = 65
    /// A file is missing or empty.
    case noInput = 66
    /// The directory cannot be reached.
    case unavailable = 69
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    /// Another run holds the lock, or the file is stale.
    case tryAgain = 75
    /// The directory refuses the sign-in, or a right is missing.
    case notAuthorised = 77
    case badConfiguration = 78
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143
}

/// Why a command ends without having done its work.
struct CommandFailure: Error, Sendable {
    let status: ExitStatus
    /// For the operator: what is wrong, where, and what to do.
    let message: String
    /// It is the user file that is at fault: as long as the same one stands there, trying again ends the same way.
    let needsAnotherFile: Bool
    /// Whether it stands in the log already.
    var isTold = false

    init(_ status: ExitStatus, _ message: String, needsAnotherFile: Bool = false) {
        self.status = status
        self.message = message
        self.needsAnotherFile = needsAnotherFile
    }
}
