import Glibc

/// Whole files, and the mode of those that may hold secrets.
enum FileReading {
    /// - Throws: ``SystemError`` with the system's words.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let descriptor = fopen(path, "rb") else { throw SystemError(code: errno) }
        defer { fclose(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, descriptor)
            bytes.append(contentsOf: chunk[..<count])
            if count < chunk.count {
                guard ferror(descriptor) == 0 else { throw SystemError(code: errno) }
                return bytes
            }
        }
    }

    /// The permission bits; nil where the file cannot be looked at.
    static func permissions(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }
}

/// An error number of the system, in its own words.
struct SystemError: Error, CustomStringConvertible {
    let code: Int32

    var description: String { String(cString: strerror(code)) }
}
