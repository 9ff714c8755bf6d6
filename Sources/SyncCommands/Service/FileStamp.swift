import Glibc

/// Which file stands at a path, and how it looks from outside: another one, or one that was written to, has another stamp.
///
/// The time of the last change of the inode counts too: a copy may bring its time of writing along (`cp -p`, `rsync -t`),
/// and a file that could not be read may have been made readable.
struct FileStamp: Equatable, Sendable {
    private let device: dev_t
    private let inode: ino_t
    private let size: Int
    private let written: Time
    private let changed: Time

    private struct Time: Equatable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }
    }

    /// Nil where there is none.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
        size = Int(status.st_size)
        written = Time(status.st_mtim)
        changed = Time(status.st_ctim)
    }

    /// Whether both are the same file or folder, whatever was done to it.
    func isSameFile(as other: FileStamp) -> Bool { device == other.device && inode == other.inode }
}
