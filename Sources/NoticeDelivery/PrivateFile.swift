import Glibc

/// A small file that may hold a secret.
struct PrivateFile {
    let bytes: [UInt8]
    /// Whether the mode lets anybody but the owner read it.
    let isAccessibleToOthers: Bool

    /// Beyond it, it is another file than was meant.
    private static let limit = 1 << 16

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    init(_ path: String) throws(Unreadable) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(description: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Unreadable(description: String(cString: strerror(errno))) }
        isAccessibleToOthers = status.st_mode & 0o077 != 0
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Unreadable(description: String(cString: strerror(errno))) }
            guard count > 0 else { break }
            content += chunk[..<count]
            guard content.count <= Self.limit else { throw Unreadable(description: "larger than \(Self.limit) bytes") }
        }
        bytes = content
    }
}
