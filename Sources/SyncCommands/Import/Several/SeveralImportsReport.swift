import Directory
import SyncRun

/// What became of each of several imports, as one document.
struct SeveralImportsReport: Encodable {
    struct Entry: Encodable {
        /// The configuration file.
        let configuration: String
        let exitStatus: ExitStatus
        /// What the import would have printed alone; nil for one that came to nothing.
        let report: RunSummary?
        /// Why it ended as it did, where the report does not say it.
        let error: String?

        private enum CodingKeys: String, CodingKey {
            case configuration, report, error, status
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(configuration, forKey: .configuration)
            try container.encode(exitStatus.rawValue, forKey: .status)
            try container.encodeIfPresent(report, forKey: .report)
            try container.encodeIfPresent(error, forKey: .error)
        }
    }

    let imports: [Entry]
    let isDryRun: Bool

    var exitStatus: ExitStatus { .gravest(of: imports.map(\.exitStatus)) }

    private enum CodingKeys: String, CodingKey {
        case imports, status
        case isDryRun = "dry_run"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(imports, forKey: .imports)
        try container.encode(exitStatus.rawValue, forKey: .status)
        if isDryRun { try container.encode(true, forKey: .isDryRun) }
    }

    /// A line for each import, for people who have seen the rest pass by.
    func text(_ terminal: Terminal) -> String {
        var table = TextTable()
        for entry in imports {
            let status = terminal.paint(
                "status \(entry.exitStatus.rawValue)", entry.exitStatus == .done ? .green : .red)
            table.add(entry.configuration.printable, status, entry.outcome.printable)
        }
        let title = terminal.paint("\(counted(imports.count, "import")) with configurations of one folder", .bold)
        return ([title, ""] + table.lines(columns: terminal.columns)).joined(separator: "\n") + "\n"
    }
}

extension SeveralImportsReport.Entry {
    /// In a few words; the whole stands above it, or in the log.
    fileprivate var outcome: String {
        if let error { return String(error.prefix { $0 != "\n" }) }
        guard let report else { return "" }
        var counts = report.changes.map { "\($0.word) \($0.count)" }
        if !report.failed.isEmpty { counts.append("failed \(report.failed.count)") }
        if !report.requiredInteractions.isEmpty { counts.append("waiting \(report.requiredInteractions.count)") }
        return counts.isEmpty ? "nothing to do" : counts.joined(separator: ", ")
    }
}
