import Glibc

/// A file that grows line by line, mode 0600, and belongs to the process that created it until that ends.
///
/// It is held with flock(2), so that a reader can tell a file somebody still writes from one whose writer is gone,
/// however that ended: see ``isHeld(_:)``.
public final class AppendOnlyFile: Sendable {
    public let path: String
    private let descriptor: Int32

    /// Creates it; a file of that name is never touched. Its entry in the folder is on disk when this returns.
    public init(creating path: String) throws(AtomicFileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AtomicFileError(.create, path: path, code: errno) }
        // The umask may have narrowed the mode further, to a file that its own owner cannot read.
        guard fchmod(descriptor, 0o600) == 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw AtomicFileError(.create, path: path, code: errno)
        }
        try AtomicFile.syncFolder(of: path)
    }

    /// Writes all of it at the end, or nothing: what a full disk took of it is cut off again.
    public func append(_ bytes: [UInt8]) throws(AtomicFileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw AtomicFileError(.write, path: path, code: errno) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                let code = errno
                if written > 0 { ftruncate(descriptor, status.st_size) }
                throw AtomicFileError(.write, path: path, code: code)
            }
        }
    }

    /// Returns when everything written so far would survive a power cut (fdatasync(2)).
    public func sync() throws(AtomicFileError) {
        guard fdatasync(descriptor) == 0 else { throw AtomicFileError(.sync, path: path, code: errno) }
    }

    /// Whether the process that created the file is still there. Asking disturbs nobody: only ``AppendOnlyFile`` ever
    /// wants this lock for itself, and it has it from the start.
    public static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    deinit { close(descriptor) }
}

extension AtomicFile {
    /// Creates a folder with mode 0700, unless there is one; those above it must be there.
    public static func createFolder(_ path: String) throws(AtomicFileError) {
        guard mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw AtomicFileError(.create, path: path, code: errno)
        }
        try syncFolder(of: path)
    }

    /// Removes a file; one that is not there is none the worse.
    public static func remove(_ path: String) throws(AtomicFileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw AtomicFileError(.remove, path: path, code: errno) }
    }
}
