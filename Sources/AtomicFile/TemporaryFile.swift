import Glibc

/// The new content under a name of its own, until it is complete.
struct TemporaryFile {
    /// The path the content is meant for; errors name this one, the temporary name says nothing to anybody.
    private let target: String
    private let path: String
    private let descriptor: Int32

    /// Creates an empty file, mode 0600, with a random name in the folder of `target`.
    init(beside target: String) throws(AtomicFileError) {
        self.target = target
        let name = target.split(separator: "/").last ?? ""
        let suffix = Self.suffixMark + String(UInt64.random(in: .min ... .max), radix: 36)
        // A rename is atomic only within one file system, hence the same folder.
        path = "\(AtomicFile.folder(of: target))/.\(name).\(suffix)"
        // O_EXCL: nobody can have planted a file or a link under the name beforehand.
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AtomicFileError(.create, path: target, code: errno) }
    }

    /// Tells our temporary files from other hidden ones, such as lock files.
    private static let suffixMark = "new-"

    static func isSuffix(_ text: some Sequence<UInt8>) -> Bool { text.starts(with: suffixMark.utf8) }

    /// Writes what `content` hands over, brings it to disk and closes the file, whether that succeeds or not.
    func fill(mode: mode_t = 0o600, _ content: (_ append: ([UInt8]) throws -> Void) throws -> Void) throws {
        do {
            // The umask may have narrowed the mode further, to a file that its own owner cannot read.
            guard fchmod(descriptor, 0o600) == 0 else { throw failure(.create) }
            try content(append)
            guard mode == 0o600 || fchmod(descriptor, mode) == 0 else { throw failure(.create) }
            guard fsync(descriptor) == 0 else { throw failure(.sync) }
        } catch {
            close(descriptor)
            throw error
        }
        // Network file systems report a full disk only here.
        guard close(descriptor) == 0 else { throw failure(.write) }
    }

    func rename(to path: String) throws(AtomicFileError) {
        guard Glibc.rename(self.path, path) == 0 else { throw failure(.rename) }
    }

    /// Removes the file after a failure. That this fails too is not worth hiding the first error for.
    func remove() {
        unlink(path)
    }

    private func append(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 {
                guard errno == EINTR else { throw failure(.write) }
            } else {
                written += count
            }
        }
    }

    private func failure(_ step: AtomicFileError.Step) -> AtomicFileError {
        AtomicFileError(step, path: target, code: errno)
    }
}
