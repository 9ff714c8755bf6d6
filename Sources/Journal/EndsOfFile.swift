import Glibc

/// The first and the last line of a file, without the rest of it: the journal of a first import may be a hundred megabytes.
struct EndsOfFile: ~Copyable {
    private let descriptor: Int32
    /// In bytes.
    let size: Int

    /// Nil for a file that cannot be read; whoever reads it as a whole is told why.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        var status = stat()
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    deinit { close(descriptor) }

    /// Both, with a line break between them; nil for a file of one line or none.
    var lines: [UInt8]? {
        var length = Self.firstLook
        // A line longer than the look at it is looked at again, further.
        while true {
            guard let head = bytes(0..<min(length, size)), let tail = bytes(max(0, size - length)..<size) else {
                return nil
            }
            let first = head.firstIndex(of: Self.lineBreak)
            // The last byte ends the last line, where that is whole.
            let last = tail.dropLast().lastIndex(of: Self.lineBreak)
            if let first, let last { return Array(head[..<first] + tail[last...]) }
            guard length < size else { return nil }
            length *= 8
        }
    }

    private func bytes(_ range: Range<Int>) -> [UInt8]? {
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            count = 0
            while count < range.count {
                let read = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count, range.lowerBound + count)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { return }
                count += read
            }
            isWhole = true
        }
        return isWhole ? bytes : nil
    }

    private static let firstLook = 4096
    private static let lineBreak = UInt8(ascii: "\n")
}
