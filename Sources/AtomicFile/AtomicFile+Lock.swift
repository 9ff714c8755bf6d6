import Glibc

extension AtomicFile {
    /// Runs `body` while nobody else does who asks with the same path, in this process or another: for who reads a file,
    /// makes something else of it, and replaces it.
    ///
    /// Waits for the others. The lock is flock(2) on a file of its own, `.NAME.lock` beside `path` with mode 0600: the
    /// file itself is another one after each replacement. It stays there, empty; a lock file that is removed is one that
    /// two can hold. The system gives the lock back when the process ends, however it ends.
    ///
    /// - Throws: ``AtomicFileError`` when the lock file cannot be created; what `body` throws.
    public static func withLock<Result>(on path: String, _ body: () throws -> Result) throws -> Result {
        let name = path.split(separator: "/").last ?? ""
        let lock = "\(folder(of: path))/.\(name).lock"
        let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AtomicFileError(.create, path: lock, code: errno) }
        // Gives the lock back, too.
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AtomicFileError(.create, path: lock, code: errno) }
        }
        return try body()
    }
}
