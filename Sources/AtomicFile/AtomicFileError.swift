import Glibc

/// Why a file could not be written. Whatever stood at the path before stands there still.
public struct AtomicFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was being done: the first two are "cannot create" (`EX_CANTCREAT`, 73), the others "input/output error"
    /// (`EX_IOERR`, 74).
    public enum Step: String, Sendable {
        case inspect = "cannot be looked at"
        case create = "cannot be created"
        case write = "cannot be written"
        case sync = "cannot be brought to disk"
        case rename = "cannot be put in place"
        case remove = "cannot be removed"
    }

    public let path: String
    public let step: Step
    /// The system's error number (`errno`); nil when the refusal is ours: ``reason`` tells.
    public let code: Int32?
    /// The system's words for ``code``, or ours.
    public let reason: String

    init(_ step: Step, path: String, code: Int32) {
        self.path = path
        self.step = step
        self.code = code
        // The system means the folder, but does not say so.
        reason = step == .create && code == ENOENT ? "the folder does not exist" : String(cString: strerror(code))
    }

    init(_ step: Step, path: String, reason: String) {
        self.path = path
        self.step = step
        code = nil
        self.reason = reason
    }

    public var description: String { "\(path) \(step.rawValue): \(reason)" }
}
