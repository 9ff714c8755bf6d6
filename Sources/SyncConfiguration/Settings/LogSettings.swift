/// What is logged where.
public struct LogSettings: Hashable, Sendable {
    /// The lowest level that is logged.
    public enum Level: String, CaseIterable, Sendable {
        case debug = "DEBUG"
        case info = "INFO"
        case warning = "WARNING"
        case error = "ERROR"
        case critical = "CRITICAL"
        /// Another name for ``critical``.
        case fatal = "FATAL"
    }

    /// How a line looks.
    public enum Format: String, CaseIterable, Sendable {
        /// `2026-11-20T08:15:00Z INFO …`
        case text
        /// A JSON object.
        case json
        /// On standard error with the priority that the journal of systemd reads, and without a time; as ``text`` in a file.
        case journald
    }

    /// A file that is logged to besides standard error; nil for none.
    public let file: String?
    public let level: Level
    public let format: Format
    /// The size in bytes that makes the file be rotated; 0 for never.
    public let maximumBytes: Int
    /// How many rotated files are kept; 0 for a file that is never rotated.
    public let backupCount: Int

    public static let defaultMaximumBytes = 10_485_760
    public static let defaultBackupCount = 5
}

extension LogSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        file = reader.read(Self.fileKey)
        level = reader.read(Self.levelKey)
        format = reader.read(Self.formatKey)
        maximumBytes = reader.read(Self.maximumBytesKey)
        backupCount = reader.read(Self.backupCountKey)
        reader.read(Self.windowsKey)
    }

    private static let fileKey = Key<String?>(
        "log_file", .nullable(.path), default: nil, shownAs: "none",
        "File that is logged to besides standard error. Also --log-file.",
        example: #""ad-user-sync.log""#
    )
    private static let levelKey = Key(
        "log_level", .choice, default: Level.info, shownAs: #""INFO""#,
        """
        The lowest level that is logged. INFO shows every change made to the directory, DEBUG every search too. FATAL \
        is another name for CRITICAL.
        """,
        example: #""DEBUG""#
    )
    private static let formatKey = Key(
        "log_format", .choice, default: Format.text, shownAs: #""text""#,
        """
        How a line looks, in log_file and on standard error: text, json (an object each), or journald (on standard error with \
        the priority that the journal of systemd reads, in log_file as text). Also --log-format.
        """,
        example: #""json""#
    )
    private static let maximumBytesKey = Key(
        "log_max_bytes", .integer(0...Int.max, unit: "bytes"), default: defaultMaximumBytes,
        shownAs: "\(defaultMaximumBytes)",
        "The size at which log_file is moved to a file with .1 behind its name, and begun anew. 0 means never.",
        example: "1048576"
    )
    private static let backupCountKey = Key(
        "log_backup_count", .integer(0...1000), default: defaultBackupCount, shownAs: "\(defaultBackupCount)",
        "How many such older files are kept, the last as .5, say. With 0, log_file is never rotated.",
        example: "10"
    )
    private static let windowsKey = Key(
        "log_windows", .withoutEffect("boolean", "has no effect here: there is no Windows event log"),
        default: (), shownAs: "false",
        "Accepted, so that a configuration of UserSync works, but without effect: there is no Windows event log here.",
        example: "false"
    )
}
