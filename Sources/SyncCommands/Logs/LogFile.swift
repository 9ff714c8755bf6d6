import Directory
import Glibc

/// A file that lines are added to, and that begins anew when it has become large.
///
/// Several processes may log to one file, a timer's and an operator's: each line is one write, whoever finds the file
/// too large moves it away under a lock, and the others notice and go on with the new one.
struct LogFile: Sendable {
    /// What stands in messages about it: the key or the option that names it.
    let name: String
    let path: String
    /// In bytes; 0 for a file that only grows.
    let maximumBytes: Int
    let backupCount: Int
    private var descriptor: Int32
    /// Of the file behind the descriptor; nil for what is no regular file, a terminal or a pipe, and never moved away.
    private var inode: ino_t?
    private var cannotRotate = false

    /// Created with mode 0600.
    ///
    /// - Throws: ``CommandFailure`` when the file cannot be opened.
    init(
        _ name: String, _ path: String, maximumBytes: Int = 0, backupCount: Int = 0, truncating: Bool = false
    ) throws(CommandFailure) {
        (self.name, self.path) = (name, path)
        (self.maximumBytes, self.backupCount) = (maximumBytes, backupCount)
        guard let descriptor = Self.open(path, truncating ? O_TRUNC : 0) else {
            throw CommandFailure(.cannotCreate, "\(name): \(path) cannot be opened: \(SystemError(code: errno))")
        }
        self.descriptor = descriptor
        inode = Self.status(of: descriptor)?.inode
    }

    private static func open(_ path: String, _ flags: Int32) -> Int32? {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | flags, 0o600)
        return descriptor >= 0 ? descriptor : nil
    }

    func close() { Glibc.close(descriptor) }

    /// What went wrong, if something did.
    enum Trouble {
        /// The line is missing from the file.
        case unwritten(SystemError)
        /// The file goes on growing; told once.
        case unrotated(SystemError)
    }

    mutating func write(_ line: String) -> Trouble? {
        let bytes = Array((line + "\n").utf8)
        let trouble = makeRoom(for: bytes.count)
        guard Terminal.write(bytes, to: descriptor) else { return .unwritten(SystemError(code: errno)) }
        return trouble
    }

    private mutating func makeRoom(for count: Int) -> Trouble? {
        guard maximumBytes > 0, backupCount > 0, let own = inode, !cannotRotate,
            let size = Self.status(of: descriptor)?.size
        else { return nil }
        if Self.inode(at: path) != own { return reopen() }
        guard size > 0, size + count > maximumBytes else { return nil }
        // Whoever holds the lock moves the file away; who comes after finds that it is another one.
        guard flock(descriptor, LOCK_EX) == 0 else { return nil }
        if Self.inode(at: path) == own, !rotate() {
            cannotRotate = true
            flock(descriptor, LOCK_UN)
            return .unrotated(SystemError(code: errno))
        }
        return reopen()
    }

    /// `log` becomes `log.1`, `log.1` becomes `log.2`; the last one is lost.
    private func rotate() -> Bool {
        for number in stride(from: backupCount - 1, through: 1, by: -1) {
            let old = "\(path).\(number)"
            guard rename(old, "\(path).\(number + 1)") == 0 || errno == ENOENT else { return false }
        }
        return rename(path, "\(path).1") == 0
    }

    private mutating func reopen() -> Trouble? {
        guard let new = Self.open(path, 0) else {
            cannotRotate = true
            return .unrotated(SystemError(code: errno))
        }
        // Gives the lock back, too.
        Glibc.close(descriptor)
        descriptor = new
        inode = Self.status(of: new)?.inode
        return nil
    }

    private static func status(of descriptor: Int32) -> (size: Int, inode: ino_t)? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return (Int(status.st_size), status.st_ino)
    }

    private static func inode(at path: String) -> ino_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_ino : nil
    }
}
