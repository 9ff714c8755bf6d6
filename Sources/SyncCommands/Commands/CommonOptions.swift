import ArgumentParser
import Directory
import Logging
import SyncConfiguration
import UserFile

/// What every command that reads or writes a user file understands.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .customLong("hmac"),
        help: ArgumentHelp(
            "The shared secret, in hexadecimal digits. Visible to everybody on this machine: prefer --hmac-file.",
            valueName: "secret"))
    var secret: String?

    @Option(
        name: .customLong("hmac-file"),
        help: ArgumentHelp("A file that holds the shared secret and nothing else.", valueName: "file"),
        completion: .file())
    var file: String?

    func key(_ environment: CommandEnvironment, configured: ConfiguredSecret?) throws -> HMACKey? {
        try Self.key(self, environment, configured: configured)
    }

    /// - Parameter options: nil for a command that has none of them.
    static func key(
        _ options: KeyOptions?, _ environment: CommandEnvironment, configured: ConfiguredSecret?
    ) throws -> HMACKey? {
        let sources = HMACKeySources(
            option: options?.secret, optionFile: options?.file, environment: environment.variables,
            configured: configured)
        return try sources.resolve(readFile: FileReading.bytes).map { try HMACKey(hex: $0) }
    }
}

/// How a command speaks.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the summary as JSON, also on a terminal.")
    var json = false

    @Option(
        help: ArgumentHelp("The lowest level that is logged: debug, info, warning, error.", valueName: "level"))
    var logLevel: LogLevel?

    @Option(help: ArgumentHelp("Log to this file, in the place of log_file.", valueName: "file"), completion: .file())
    var logFile: String?

    @Option(help: ArgumentHelp("How a line looks: text, json, journald.", valueName: "format"))
    var logFormat: LogFormat?

    @Flag(help: "Log to no file, and say warnings and errors only.")
    var noLog = false

    @Option(
        help: ArgumentHelp(
            "Write everything that can be logged of this run, down to each search, into this file. No secret is in it.",
            valueName: "file"), completion: .file())
    var dump: String?

    func validate() throws {
        guard !(noLog && logFile != nil) else {
            throw ValidationError("--no-log logs to no file, and --log-file names one: leave one of them out.")
        }
    }

    enum LogLevel: String, ExpressibleByArgument, CaseIterable {
        case debug, info, warning, error

        var level: Logger.Level {
            switch self {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        }
    }

    enum LogFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json, journald

        var format: LogSettings.Format {
            switch self {
            case .text: .text
            case .json: .json
            case .journald: .journald
            }
        }
    }

    /// - Parameters:
    ///   - configured: nil before the configuration is read.
    ///   - continuing: whether the dump has been begun already.
    func loggers(
        _ configured: LogSettings?, _ environment: CommandEnvironment, continuing: Bool = false
    ) throws -> RunLoggers {
        let level = logLevel?.level ?? configured?.level.loggerLevel ?? .info
        let format = logFormat?.format ?? configured?.format ?? .text
        let isWatched =
            environment.terminal.isForPeople && environment.terminal.showsProgress && logLevel == nil && format == .text
        let sink = try LogSink(
            log: logFile(configured), dump: dumpFile(continuing: continuing), format: format, fileLevel: level)
        func logger(consoleLevel: Logger.Level) -> Logger {
            Logger(label: "ad-user-sync") { _ in
                LogSinkHandler(consoleLevel: noLog ? max(consoleLevel, .warning) : consoleLevel, sink: sink)
            }
        }
        return RunLoggers(
            main: logger(consoleLevel: isWatched ? max(level, .warning) : level),
            detail: logger(consoleLevel: isWatched ? .critical : level), sink: sink)
    }

    private func logFile(_ configured: LogSettings?) throws -> LogFile? {
        guard !noLog, let path = logFile ?? configured?.file else { return nil }
        return try LogFile(
            logFile == nil ? "log_file" : "--log-file", path,
            maximumBytes: configured?.maximumBytes ?? LogSettings.defaultMaximumBytes,
            backupCount: configured?.backupCount ?? LogSettings.defaultBackupCount)
    }

    private func dumpFile(continuing: Bool) throws -> LogFile? {
        guard let dump else { return nil }
        var file = try LogFile("--dump", dump, truncating: !continuing)
        guard !continuing else { return file }
        // Options are left out: one may hold a secret.
        let command = CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("-") }.joined(separator: " ")
        _ = file.write(
            LogLine(.debug, "ad-user-sync \(AdUserSyncCommand.version): \(command)", at: .current()).dated)
        return file
    }
}

/// The two voices of a run.
struct RunLoggers: Sendable {
    let main: Logger
    /// For what the summary tells too. Who watches the run reads it there, and not twice.
    let detail: Logger
    let sink: LogSink
}
