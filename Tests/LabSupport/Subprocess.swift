import Dispatch
import Foundation
import Glibc

/// Runs another program, in a folder and with an environment of its own.
public struct Subprocess: Sendable {
    public let executable: String
    public let arguments: [String]
    /// Nothing is inherited but the search path: a variable of the caller must not decide a test.
    public var environment: [String: String] = [:]
    public var folder = "/"
    public var input: [UInt8] = []
    /// After this it is killed, and the run throws ``TimedOut``.
    public var limitInSeconds = 120

    public struct Result: Sendable {
        public let status: Int32
        public let output: [UInt8]
        public let errors: [UInt8]

        public var outputText: String { String(decoding: output, as: UTF8.self) }
        public var errorText: String { String(decoding: errors, as: UTF8.self) }
    }

    public struct TimedOut: Error {
        public let command: [String]
        public let errorText: String
    }

    public struct Failed: Error {
        public let command: [String]
        public let status: Int32
        public let errorText: String
    }

    public init(_ executable: String, _ arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// - Throws: ``TimedOut``, or Foundation's error when the program cannot be started.
    public func run() async throws -> Result {
        let scratch = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let base = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"]
        process.environment = base.merging(environment) { _, given in given }
        // Files, not pipes: nobody has to read while the program writes.
        try scratch.write(input, to: "input")
        try scratch.write([], to: "output")
        try scratch.write([], to: "errors")
        let files = [
            try FileHandle(forReadingFrom: URL(filePath: scratch.path("input"))),
            try FileHandle(forWritingTo: URL(filePath: scratch.path("output"))),
            try FileHandle(forWritingTo: URL(filePath: scratch.path("errors"))),
        ]
        // Foundation keeps a process, and what it was given, for longer than it runs: thousands of them would use up the
        // descriptors that one process may have.
        defer { for file in files { try? file.close() } }
        (process.standardInput, process.standardOutput, process.standardError) = (files[0], files[1], files[2])

        let wasKilled = KillSwitch()
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            wasKilled.disarm()
            continuation.yield(process.terminationReason == .exit ? process.terminationStatus : -1)
            continuation.finish()
        }
        try process.run()
        let identifier = process.processIdentifier
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(limitInSeconds)) { wasKilled.fire(identifier) }
        var status: Int32 = -1
        for await end in ends { status = end }

        let result = Result(
            status: status, output: try scratch.read("output"), errors: try scratch.read("errors"))
        if wasKilled.hasFired {
            throw TimedOut(command: [executable] + arguments, errorText: result.errorText)
        }
        return result
    }

    /// The same for programs that only help: any status but those expected is an error.
    @discardableResult
    public func succeed(orEndWith accepted: Set<Int32> = []) async throws -> Result {
        let result = try await run()
        guard result.status == 0 || accepted.contains(result.status) else {
            throw Failed(command: [executable] + arguments, status: result.status, errorText: result.errorText)
        }
        return result
    }
}

/// Kills once, and never after the process has ended: its number may be another's by then.
private final class KillSwitch: @unchecked Sendable {
    // Every access to the two is under the lock.
    private let lock = NSLock()
    private var isArmed = true
    private var fired = false

    func disarm() { lock.withLock { isArmed = false } }

    func fire(_ process: pid_t) {
        lock.withLock {
            guard isArmed else { return }
            fired = true
            kill(process, SIGKILL)
        }
    }

    var hasFired: Bool { lock.withLock { fired } }
}
