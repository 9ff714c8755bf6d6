import ArgumentParser
import FoundationEssentials
import Logging
import SyncConfiguration
import UserFile

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a user file (HMAC, format, content) without a directory.",
        discussion: """
            Ends with 0 for a file that import would take, 65 for one that it would refuse, 66 for one that is missing or \
            empty. With --config, the key hmac and allowed_attributes of that import configuration count.
            """)

    @Argument(help: "The user file.", completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp("An import configuration to take the key and allowed_attributes from.", valueName: "file"),
        completion: .file())
    var config: String?

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandRunner(output).run { [self] runner in
            let configuration = try config.map(ConfigurationLoader.import)
            let logger = try runner.loggers(configuration?.log).main
            let environment = runner.environment
            let reader = UserFileReader(
                key: try key.key(environment, configured: configuration?.hmacKey),
                allowedAttributes: try AttributeAllowList.standard(for: configuration))
            let verified = try reader.read(path: file)
            if verified.authenticity == .notAuthenticated {
                logger.warning("\(file): without a key, nobody can tell who wrote this file")
            }
            if case .contradicted(let reason) = verified.completeness {
                logger.warning("\(file): the file does not prove that it is complete: \(reason)")
            }
            let report = VerificationReport(of: verified, named: file)
            try environment.terminal.write(
                environment.terminal.isForPeople ? report.text(environment.terminal) : try JSONText.of(report))
            return report.isContradicted ? .heldBack : .done
        }
    }
}
