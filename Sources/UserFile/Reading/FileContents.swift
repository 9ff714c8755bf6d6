import Glibc

/// Reads a file as a whole, up to a limit.
enum FileContents {
    /// - Throws: ``UserFileError`` of the kinds `missing`, `unreadable` and `tooLarge`.
    static func read(_ path: String, limit: Int) throws(UserFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, code: errno) }
        // The size is a hint only: a pipe has none, and a file may grow while it is read.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(0, Int(status.st_size)), limit) + 1)
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

    private static func failure(_ path: String, code: Int32) -> UserFileError {
        let kind: UserFileError.Kind =
            code == ENOENT ? .missing : .unreadable(reason: String(cString: strerror(code)))
        return UserFileError(file: path, kind: kind)
    }
}
