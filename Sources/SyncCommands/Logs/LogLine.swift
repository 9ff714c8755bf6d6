import Directory
import FoundationEssentials
import Logging
import SyncConfiguration

/// One event, as the log writes it.
struct LogLine: Sendable {
    let time: Timestamp
    let level: Logger.Level
    /// Printable; several lines where the message has several.
    let message: String

    init(_ event: LogEvent, at time: Timestamp) {
        self.time = time
        level = event.level
        message = event.message.description.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).printable }.joined(separator: "\n    ")
    }

    init(_ level: Logger.Level, _ message: String, at time: Timestamp) {
        (self.time, self.level, self.message) = (time, level, message)
    }

    /// `2026-11-20T08:15:00Z INFO …`
    var dated: String { "\(time.iso8601(.withZone)) \(undated)" }

    var undated: String { "\(level.rawValue.uppercased()) \(message)" }

    /// One object, on one line.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let entry = ["level": level.rawValue, "message": message, "time": time.iso8601(.withZone)]
        // A dictionary of strings has no value that could not be encoded.
        return (try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) } ?? dated
    }

    /// With the priority that the journal of systemd takes from each line (`sd-daemon(3)`, `SyslogLevelPrefix=`). It knows
    /// the time itself.
    var forJournal: String {
        message.split(separator: "\n", omittingEmptySubsequences: false).map { "<\(level.syslogPriority)>\($0)" }
            .joined(separator: "\n")
    }

    /// As a file has it: what is for the journal has no place there.
    func forFile(_ format: LogSettings.Format) -> String { format == .json ? json : dated }
}

extension Logger.Level {
    /// RFC 5424 section 6.2.1.
    fileprivate var syslogPriority: Int {
        switch self {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
