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
        help: ArgumentHelp("A file that holds the shared secret and nothing else.", valueName: "file"))
    var file: String?

    func key(_ environment: CommandEnvironment, configured: Secret?) throws -> HMACKey? {
        try Self.key(self, environment, configured: configured)
    }

    /// - Parameter options: nil for a command that has none of them.
    static func key(
        _ options: KeyOptions?, _ environment: CommandEnvironment, configured: Secret?
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

    /// - Parameter configured: nil before the configuration is read.
    func loggers(_ configured: LogSettings?, _ environment: CommandEnvironment) throws -> RunLoggers {
        let level = logLevel?.level ?? configured?.level.loggerLevel ?? .info
        let isWatched = environment.terminal.isForPeople && environment.terminal.showsProgress && logLevel == nil
        let sink = try LogSink(file: configured?.file)
        func logger(consoleLevel: Logger.Level) -> Logger {
            Logger(label: "ad-user-sync") { _ in
                LineLogHandler(level: level, consoleLevel: consoleLevel, sink: sink)
            }
        }
        return RunLoggers(
            main: logger(consoleLevel: isWatched ? max(level, .warning) : level),
            detail: logger(consoleLevel: isWatched ? .critical : level), sink: sink)
    }
}

/// The two voices of a run.
struct RunLoggers: Sendable {
    let main: Logger
    /// For what the summary tells too. Who watches the run reads it there, and not twice.
    let detail: Logger
    let sink: LogSink
}
