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

    /// A file that is logged to besides standard error; nil for none.
    public let file: String?
    public let level: Level
    /// The size in bytes that makes the file be rotated; 0 for never.
    public let maximumBytes: Int
    /// How many rotated files are kept; 0 for none.
    public let backupCount: Int
}

extension LogSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        file = reader.read(Self.fileKey)
        level = reader.read(Self.levelKey)
        maximumBytes = reader.read(Self.maximumBytesKey)
        backupCount = reader.read(Self.backupCountKey)
        reader.read(Self.windowsKey)
    }

    private static let fileKey = Key<String?>(
        "log_file", .nullable(.path), default: nil, shownAs: "none",
        "File that is logged to besides standard error.",
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
    private static let maximumBytesKey = Key(
        "log_max_bytes", .integer(0...Int.max, unit: "bytes"), default: 10_485_760, shownAs: "10485760",
        "The size at which the log file is rotated. 0 means never.",
        example: "1048576"
    )
    private static let backupCountKey = Key(
        "log_backup_count", .integer(0...1000), default: 5, shownAs: "5",
        "How many rotated log files are kept.",
        example: "10"
    )
    private static let windowsKey = Key(
        "log_windows", .withoutEffect("boolean", "has no effect here: there is no Windows event log"),
        default: (), shownAs: "false",
        "Accepted, so that a configuration of UserSync works, but without effect: there is no Windows event log here.",
        example: "false"
    )
}
