import Glibc

/// Reads a regular file as a whole, up to a limit. A symbolic link is followed.
enum FileContents {
    /// - Throws: ``UserFileError`` of the kinds `missing`, `unreadable` and `tooLarge`.
    static func read(_ path: String, limit: Int) throws(UserFileError) -> [UInt8] {
        // Without blocking: opening a pipe would wait until somebody writes to it, perhaps for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, code: errno) }
        if let kind = irregularKind(status.st_mode) {
            throw UserFileError(file: path, kind: .unreadable(reason: "it is \(kind), not a file"))
        }
        // A sparse file of a terabyte costs nothing to make: it must cost nothing here either.
        guard status.st_size <= limit else { throw UserFileError(file: path, kind: .tooLarge(limit: limit)) }
        // The size is a hint only: a file may grow while it is read.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size) + 1)
        while true {
            let count = append(from: descriptor, to: &bytes)
            if count < 0 {
                guard errno == EINTR else { throw failure(path, code: errno) }
            } else if count == 0 {
                return bytes
            }
            guard bytes.count <= limit else { throw UserFileError(file: path, kind: .tooLarge(limit: limit)) }
        }
    }

    /// read(2) of up to 1 MiB; the result is that of the call.
    private static func append(from descriptor: Int32, to bytes: inout [UInt8]) -> Int {
        let chunk = 1 << 20
        var result = 0
        let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            result = Glibc.read(descriptor, buffer.baseAddress, chunk)
            count = max(0, result)
        }
        bytes.append(contentsOf: part)
        return result
    }

    /// Nil for a regular file.
    private static func irregularKind(_ mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFCHR, S_IFBLK: "a device"
        default: "something else"
        }
    }

    private static func failure(_ path: String, code: Int32) -> UserFileError {
        let kind: UserFileError.Kind =
            code == ENOENT ? .missing : .unreadable(reason: String(cString: strerror(code)))
        return UserFileError(file: path, kind: kind)
    }
}
