import SyncConfiguration
import UserFile

/// A whole check of one configuration file: what `check export` and `check import` do, and `init` at its end.
struct CheckRun: Sendable {
    enum Side: String, Sendable {
        case export, `import`

        /// Where its configuration is, unless another place is named.
        var standardFile: String { "\(rawValue)-config.json" }
    }

    let side: Side
    /// The configuration file.
    let file: String
    /// Nil when no option gave one.
    let key: KeyOptions?
    let environment: CommandEnvironment
    let loggers: RunLoggers

    /// On a terminal, prints everything; for programs, see ``CheckResult/report``.
    func perform() async throws -> CheckResult {
        var sheet = CheckSheet(environment.terminal)
        var grants = CheckGrants.none
        switch side {
        case .export:
            if let configuration = ConfigurationCheck.configuration(
                file, &sheet, warnings: \ExportConfiguration.warnings, load: ConfigurationLoader.export)
            {
                let check = ExportCheck(key: key, environment: environment, loggers: loggers)
                try await check.perform(configuration, &sheet)
            }
        case .import:
            if let configuration = ConfigurationCheck.configuration(
                file, &sheet, warnings: \ImportConfiguration.warnings, load: ConfigurationLoader.import)
            {
                let check = ImportCheck(key: key, environment: environment, loggers: loggers)
                grants = try await check.perform(configuration, &sheet)
            }
        }
        let command = "check \(side.rawValue)"
        if environment.terminal.isForPeople { try sheet.finish(command, grants, environment.terminal) }
        return CheckResult(
            report: CheckReport(command: command, configuration: file, findings: sheet.findings, grants: grants),
            status: sheet.status)
    }
}

/// What a check came to.
struct CheckResult {
    let report: CheckReport
    let status: ExitStatus
}
