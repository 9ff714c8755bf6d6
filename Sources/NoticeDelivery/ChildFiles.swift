import CProcess
import Directory
import Glibc

/// What a child reads and where it complains.
struct ChildFiles: ~Copyable {
    /// A file in memory with all there is to read: nobody has to write while the child reads, or does not.
    let input: Int32
    private let errorsToRead: Int32
    private(set) var errorsToWrite: Int32
    private var complaint: [UInt8] = []

    /// As much of a complaint as is worth a line.
    private static let longestComplaint = 400

    init(input bytes: [UInt8]) throws(DeliveryFailure) {
        input = cprocess_memory_file("notice")
        guard input >= 0 else { throw Self.failure() }
        var ends: [Int32] = [-1, -1]
        guard Self.fill(input, bytes), pipe(&ends) == 0 else {
            let failure = Self.failure()
            Glibc.close(input)
            throw failure
        }
        (errorsToRead, errorsToWrite) = (ends[0], ends[1])
        // Nothing but what is duplicated for it reaches a child.
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(errorsToRead, F_SETFL, O_NONBLOCK)
    }

    private static func failure() -> DeliveryFailure {
        DeliveryFailure("it cannot be given anything to read: \(String(cString: strerror(errno)))")
    }

    private static func fill(_ file: Int32, _ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(file, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            written += count
        }
        return lseek(file, 0, SEEK_SET) == 0
    }

    /// What the child said on its standard error, on one line.
    var errors: String {
        let text = String(decoding: complaint.prefix(Self.longestComplaint), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ").printable
    }

    /// Only then is the end of the child the end of the pipe.
    mutating func closeChildSide() {
        Glibc.close(errorsToWrite)
        errorsToWrite = -1
    }

    /// Reads what there is, and throws away what is too much.
    ///
    /// - Parameter waiting: for something to read, in milliseconds.
    mutating func readErrors(waiting: Int32) {
        var place = pollfd(fd: errorsToRead, events: Int16(POLLIN), revents: 0)
        guard poll(&place, 1, waiting) > 0 else { return }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(errorsToRead, &chunk, chunk.count)
        if count > 0 {
            complaint += chunk[..<min(count, max(0, Self.longestComplaint - complaint.count))]
        } else if count == 0 {
            // Closed while the child goes on: poll would come back at once, each time.
            poll(nil, 0, waiting)
        }
    }

    mutating func close() {
        Glibc.close(input)
        Glibc.close(errorsToRead)
        if errorsToWrite >= 0 { Glibc.close(errorsToWrite) }
    }
}
