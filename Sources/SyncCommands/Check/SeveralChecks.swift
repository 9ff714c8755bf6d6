import Directory
import SyncConfiguration

/// Checks each import configuration of a folder, and whether they go together.
struct SeveralChecks: Sendable {
    let folder: ConfigurationFolder
    let key: KeyOptions
    let environment: CommandEnvironment
    let loggers: RunLoggers

    private var terminal: Terminal { environment.terminal }

    /// - Returns: what `import --config-folder` would end with.
    func perform() async throws -> ExitStatus {
        let files = try folder.files()
        var reports: [CheckReport] = []
        var statuses: [ExitStatus] = []
        for file in files {
            try Task.checkCancellation()
            if terminal.isForPeople { try terminal.write(terminal.paint("── \(file.printable)", .dim) + "\n") }
            let check = CheckRun(side: .import, file: file, key: key, environment: environment, loggers: loggers)
            let result = try await check.perform()
            reports.append(result.report)
            statuses.append(result.status)
        }
        let report = SeveralChecksReport(
            checks: reports, problems: SeparateSources(readable(files)).problems, gravest: .gravest(of: statuses))
        try terminal.write(terminal.isForPeople ? report.text(terminal) : try JSONText.of(report))
        return report.exitStatus
    }

    private func readable(_ files: [String]) -> [(file: String, ImportConfiguration)] {
        files.compactMap { file in (try? ConfigurationLoader.import(file)).map { (file: file, $0) } }
    }
}

/// What came of each of several checks, as one document.
struct SeveralChecksReport: Encodable {
    let checks: [CheckReport]
    /// A sentence for each two that may not be imported from one folder.
    let problems: [String]
    /// Of what each would end with alone.
    let gravest: ExitStatus

    /// Two that do not go together end the import before any of them is begun.
    var exitStatus: ExitStatus { problems.isEmpty ? gravest : .badConfiguration }

    private enum CodingKeys: String, CodingKey {
        case checks, problems, status
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(checks, forKey: .checks)
        try container.encode(problems, forKey: .problems)
        try container.encode(exitStatus.rawValue, forKey: .status)
    }

    /// For people, who have seen each check pass by.
    func text(_ terminal: Terminal) -> String {
        let configurations = "\(counted(checks.count, "configuration")) of one folder"
        let lines = problems.map { terminal.paint("✗", .red) + " " + $0.printable }
        let verdict = exitStatus == .done ? "all is well" : "status \(exitStatus.rawValue)"
        return (lines + [terminal.paint("\(configurations): \(verdict)", exitStatus == .done ? .green : .red)])
            .joined(separator: "\n") + "\n"
    }
}
