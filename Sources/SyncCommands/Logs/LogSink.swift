import Directory
import Glibc
import Logging
import SyncConfiguration
import Synchronization

/// Logs to standard error, to a file where there is one, and to a dump where one was asked for.
struct LogSinkHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let consoleLevel: Logger.Level
    private let sink: LogSink

    /// - Parameter consoleLevel: the lowest level that standard error gets.
    init(consoleLevel: Logger.Level, sink: LogSink) {
        logLevel = sink.lowestLevel(besides: consoleLevel)
        self.consoleLevel = consoleLevel
        self.sink = sink
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        sink.write(LogLine(event, at: .current()), toConsole: event.level >= consoleLevel)
    }
}

/// The places lines go to; shared by all loggers of a run, so that lines do not mix.
final class LogSink: Sendable {
    private let files: Mutex<Files>
    private let format: LogSettings.Format
    private let fileLevel: Logger.Level
    /// Somebody watches: lines need no time, and must not run into the progress line.
    private let isWatched = isatty(STDERR_FILENO) == 1

    private struct Files {
        var log: LogFile?
        /// Everything, whatever the level.
        var dump: LogFile?
        var isIncomplete = false
    }

    /// Whether lines are missing from a file.
    var isIncomplete: Bool { files.withLock { $0.isIncomplete } }

    init(log: LogFile?, dump: LogFile?, format: LogSettings.Format, fileLevel: Logger.Level) {
        files = Mutex(Files(log: log, dump: dump))
        self.format = format
        self.fileLevel = fileLevel
    }

    deinit {
        files.withLock { files in
            files.log?.close()
            files.dump?.close()
        }
    }

    /// What somebody has to log for one of the places to get all of its lines.
    func lowestLevel(besides level: Logger.Level) -> Logger.Level {
        files.withLock { files in
            if files.dump != nil { return .debug }
            return files.log == nil ? level : min(level, fileLevel)
        }
    }

    func write(_ line: LogLine, toConsole: Bool) {
        files.withLock { files in
            if toConsole { show(line) }
            if line.level >= fileLevel, let trouble = files.log?.write(line.forFile(format)) {
                tell(trouble, of: files.log, &files)
            }
            if let trouble = files.dump?.write(line.forFile(format)) { tell(trouble, of: files.dump, &files) }
        }
    }

    private func tell(_ trouble: LogFile.Trouble, of file: LogFile?, _ files: inout Files) {
        guard let file else { return }
        switch trouble {
        case .unwritten(let reason):
            guard !files.isIncomplete else { return }
            files.isIncomplete = true
            show(
                LogLine(
                    .error, "\(file.name): \(file.path) cannot be written: \(reason); what follows is missing from it",
                    at: .current()))
        case .unrotated(let reason):
            show(
                LogLine(
                    .warning, "\(file.name): \(file.path) cannot be moved away: \(reason); it goes on growing",
                    at: .current()))
        }
    }

    private func show(_ line: LogLine) {
        let text =
            switch format {
            case .text: isWatched ? "\r\u{1B}[K\(line.undated)" : line.dated
            case .json: line.json
            case .journald: line.forJournal
            }
        Terminal.write(Array((text + "\n").utf8), to: STDERR_FILENO)
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
