import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import NoticeDelivery
import SyncConfiguration
import Synchronization

/// Runs the body of a command: errors become one message and a status, signals end it in order.
final class CommandRunner: Sendable {
    let environment: CommandEnvironment
    let signals = SignalWatch()
    let notices = NoticeMemory()
    private let output: OutputOptions
    private let voices = Mutex<RunLoggers?>(nil)

    init(_ output: OutputOptions) {
        self.output = output
        environment = CommandEnvironment.current(json: output.json, beginWork: signals.beginWork)
    }

    /// The loggers of the run, once the configuration says where to; errors go there too from then on.
    ///
    /// - Parameter configured: nil for a command without configuration.
    func loggers(_ configured: LogSettings?) throws -> RunLoggers {
        // Of several runs in one process, the first begins the dump, and the others go on with it.
        let loggers = try output.loggers(configured, environment, continuing: voices.withLock { $0 != nil })
        voices.withLock { $0 = loggers }
        return loggers
    }

    func run(_ body: @escaping @Sendable (CommandRunner) async throws -> ExitStatus) async throws {
        // A reader that goes away is an error of the write, not the end of the run.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that gets larger than setrlimit(2) allows.
        signal(SIGXFSZ, SIG_IGN)
        let work = Task { try await body(self) }
        signals.onSignal { work.cancel() }
        signals.beforeEnd { [notices] in notices.children.killAll() }
        let status: ExitStatus
        do {
            status = try await work.value
        } catch {
            let failure = CommandFailure(error)
            try tell(failure)
            throw ExitCode(signals.status?.rawValue ?? failure.status.rawValue)
        }
        let sink = voices.withLock { $0?.sink }
        throw ExitCode((signals.status ?? status.unlessIncomplete(sink)).rawValue)
    }

    /// Of the configuration that was read last; nil before that.
    var logger: Logger? { voices.withLock { $0?.main } }

    func tell(_ failure: CommandFailure) throws {
        guard !failure.isTold else { return }
        let logger = try logger ?? output.loggers(nil, environment).main
        logger.log(level: failure.status == .noInput ? .warning : .error, "\(failure.message)")
    }
}

extension ExitStatus {
    /// A log that lacks lines is told, unless there is worse to tell.
    func unlessIncomplete(_ log: LogSink?) -> ExitStatus {
        self == .done && log?.isIncomplete == true ? .inputOutput : self
    }
}

/// The JSON of a report: keys sorted, so that two runs can be compared as text.
enum JSONText {
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
