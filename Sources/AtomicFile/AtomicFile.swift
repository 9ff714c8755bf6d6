import Glibc

/// Replaces a file as a whole: a crash, at whatever moment, leaves the old file or the new one, never half of one.
///
/// The bytes go to a temporary file in the same folder, are synced, and the file is renamed into place; then the
/// folder is synced, because the rename is an entry of the folder and would else not survive a power cut (rename(2),
/// fsync(2)). A run that is killed may leave a temporary file called `.NAME.` and a random suffix behind; it is never
/// read.
public enum AtomicFile {
    /// Writes `bytes` to `path`, whatever the umask and whatever mode the old file had.
    ///
    /// - Parameter mode: of the new file; what everybody may read must be nobody's secret.
    /// - Throws: ``AtomicFileError``; the old file then stays as it was. One exception that nobody can avoid: when only
    ///   the last step fails, the sync of the folder, the new file is in place but may not survive a power cut.
    public static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600
    ) throws(AtomicFileError) {
        do {
            try write(to: path, mode: mode) { append in try append(bytes) }
        } catch let error as AtomicFileError {
            throw error
        } catch {
            // Nothing above throws anything else.
            throw AtomicFileError(.write, path: path, reason: "\(error)")
        }
    }

    /// Writes what `content` hands to `append`, piece by piece, so that a large file need not be there as a whole.
    ///
    /// - Throws: ``AtomicFileError``, and what `content` throws; the old file then stays as it was, as above.
    public static func write(
        to path: String, mode: UInt32 = 0o600, _ content: (_ append: ([UInt8]) throws -> Void) throws -> Void
    ) throws {
        try refuseSpecialFile(at: path)
        let temporary = try TemporaryFile(beside: path)
        do {
            try temporary.fill(mode: mode, content)
            try temporary.rename(to: path)
        } catch {
            temporary.remove()
            throw error
        }
        try syncFolder(of: path)
    }

    /// Finds out, before anything depends on it, whether ``write(_:to:)`` could create its file there.
    public static func requireWritable(_ path: String) throws {
        try refuseSpecialFile(at: path)
        let temporary = try TemporaryFile(beside: path)
        defer { temporary.remove() }
        try temporary.fill { _ in }
    }

    /// The folder part of `path`, as dirname(3) has it.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Renaming over `/dev/stdout` would destroy the device, over a symbolic link the link: neither is what was meant.
    private static func refuseSpecialFile(at path: String) throws(AtomicFileError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw AtomicFileError(.inspect, path: path, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw AtomicFileError(.create, path: path, reason: "it exists and is no regular file")
        }
    }

    static func syncFolder(of path: String) throws(AtomicFileError) {
        let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFileError(.sync, path: path, code: errno) }
        defer { close(descriptor) }
        // EINVAL: the file system cannot sync folders (some network mounts); there is nothing more to be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw AtomicFileError(.sync, path: path, code: errno)
        }
    }
}
