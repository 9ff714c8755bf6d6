import Directory
import Dispatch
import Glibc

/// A program that is given something to read, and is ended when it takes too long: SIGTERM, and a few seconds later SIGKILL, to
/// its process group, in which are it and what it has started.
struct ChildProcess: Sendable {
    private let words: [String]
    private let input: [UInt8]
    private let timeout: Duration
    /// Between the two signals.
    private let grace: Duration

    init(_ words: [String], input: [UInt8], timeout: Duration, grace: Duration) {
        self.words = words
        self.input = input
        self.timeout = timeout
        self.grace = grace
    }

    /// - Throws: ``DeliveryFailure`` when it cannot be started, ends with another status than 0, or is ended.
    func run(_ children: RunningChildren) async throws(DeliveryFailure) {
        let result = await withCheckedContinuation { continuation in
            // A thread of its own: it waits for the child, and nothing else waits for it.
            DispatchQueue(label: "hook").async {
                continuation.resume(returning: Result { () throws(DeliveryFailure) in try runHere(children) })
            }
        }
        try result.get()
    }

    private func runHere(_ children: RunningChildren) throws(DeliveryFailure) {
        var files = try ChildFiles(input: input)
        defer { files.close() }
        let child = try children.start { () throws(DeliveryFailure) in try spawn(files) }
        files.closeChildSide()
        let start = ContinuousClock.now
        var isTold = false
        var isKilled = false
        while true {
            files.readErrors(waiting: Self.glance)
            if let status = children.status(of: child) {
                guard !isTold else { break }
                return try judge(status, files.errors)
            }
            let elapsed = start.duration(to: .now)
            if !isTold, elapsed >= timeout {
                isTold = true
                children.signal(child, SIGTERM)
            } else if !isKilled, elapsed >= timeout + grace {
                isKilled = true
                children.signal(child, SIGKILL)
            }
        }
        throw DeliveryFailure(
            "it did not end within \(timeout.components.seconds) s and was \(isKilled ? "killed" : "ended")")
    }

    /// How long the end of the child may go unnoticed, in milliseconds.
    private static let glance: Int32 = 20

    private func judge(_ status: Int32, _ errors: String) throws(DeliveryFailure) {
        guard status != 0 else { return }
        let said = errors.isEmpty ? "" : ": \(errors)"
        let signal = status & 0x7F
        throw DeliveryFailure(
            (signal == 0 ? "it ended with status \((status >> 8) & 0xFF)" : "signal \(signal) ended it") + said)
    }

    private func spawn(_ files: borrowing ChildFiles) throws(DeliveryFailure) -> pid_t {
        do throws(ProgramStart.Failure) {
            return try ProgramStart.start(words, input: files.input, errors: files.errorsToWrite)
        } catch {
            throw DeliveryFailure("it cannot be started: \(String(cString: strerror(error.code)))")
        }
    }
}
