import Directory
import Glibc
import Logging
import SyncConfiguration
import Synchronization

/// Logs one line for each event: to standard error, and to a file where there is one.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let consoleLevel: Logger.Level
    private let sink: LogSink

    init(level: Logger.Level, consoleLevel: Logger.Level, sink: LogSink) {
        logLevel = level
        self.consoleLevel = consoleLevel
        self.sink = sink
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let text = event.message.description.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).printable }.joined(separator: "\n    ")
        let line = "\(event.level.rawValue.uppercased()) \(text)"
        sink.write(line, toConsole: event.level >= consoleLevel)
    }
}

/// The places lines go to; shared by all loggers of a run, so that lines do not mix.
final class LogSink: Sendable {
    private let file: Mutex<File?>
    /// Somebody watches: lines need no time, and must not run into the progress line.
    private let isWatched = isatty(STDERR_FILENO) == 1

    private struct File {
        let path: String
        let descriptor: Int32
        var isIncomplete = false
    }

    /// Whether lines are missing from the file.
    var isIncomplete: Bool { file.withLock { $0?.isIncomplete ?? false } }

    /// - Throws: ``CommandFailure`` when the file cannot be opened. Created with mode 0600.
    init(file path: String?) throws {
        guard let path else {
            file = Mutex(nil)
            return
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotCreate, "log_file: \(path) cannot be opened: \(SystemError(code: errno))")
        }
        file = Mutex(File(path: path, descriptor: descriptor))
    }

    deinit {
        file.withLock { file in
            if let file { close(file.descriptor) }
        }
    }

    func write(_ line: String, toConsole: Bool) {
        file.withLock { file in
            if toConsole { show(line) }
            guard let log = file, !Terminal.write(dated(line), to: log.descriptor) else { return }
            let reason = SystemError(code: errno)
            guard !log.isIncomplete else { return }
            file?.isIncomplete = true
            show("ERROR log_file: \(log.path) cannot be written: \(reason); what follows is missing from it")
        }
    }

    private func show(_ line: String) {
        Terminal.write(isWatched ? Array("\r\u{1B}[K\(line)\n".utf8) : dated(line), to: STDERR_FILENO)
    }

    private func dated(_ line: String) -> [UInt8] {
        Array("\(Timestamp.current().iso8601(.withZone)) \(line)\n".utf8)
    }
}

extension LogSettings.Level {
    var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        case .critical, .fatal: .critical
        }
    }
}
