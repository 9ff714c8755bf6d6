import ArgumentParser
import FoundationEssentials
import Logging

/// Runs the body of a command: errors become one message and a status, signals end it in order.
struct CommandRunner {
    private let output: OutputOptions

    init(_ output: OutputOptions) { self.output = output }

    func run(_ body: @escaping @Sendable (CommandEnvironment) async throws -> ExitStatus) async throws {
        let environment = CommandEnvironment.current(json: output.json)
        let signals = SignalWatch()
        let work = Task { try await body(environment) }
        signals.onSignal { work.cancel() }
        let status: ExitStatus
        do {
            status = try await work.value
        } catch {
            let failure = CommandFailure(error)
            try output.loggers(nil, environment).main.error("\(failure.message)")
            throw ExitCode(signals.status?.rawValue ?? failure.status.rawValue)
        }
        throw ExitCode(signals.status?.rawValue ?? status.rawValue)
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
