import Delegation
import JSONShapes
import SyncConfiguration

/// What `init` says when it has written its files.
struct InitSummary: Sendable {
    let side: CheckRun.Side
    /// The configuration file.
    let file: String
    /// All that were written.
    let files: [String]
    let draft: ConfigurationDraft
    let terminal: Terminal

    /// JSON has no comments, so what each key means is told here; for people.
    func showWritten() throws {
        guard terminal.isForPeople else { return }
        var table = TextTable()
        for key in side.catalogue.keys(called: draft.keys) { table.add(key.name, key.summary) }
        let lines =
            ["", terminal.paint("\(files.joined(separator: " and ")) written", .bold)]
            + table.lines(columns: terminal.columns)
            + ["  Every other key has its default; `ad-user-sync \(side.rawValue) --help` tells them all.", ""]
        try terminal.write(lines.map { $0 + "\n" }.joined() + "\n")
    }

    func finish(_ check: CheckResult) throws {
        let next = nextCommands(check)
        guard terminal.isForPeople else {
            return try terminal.write(
                try JSONText.of(
                    Report(command: "init \(side.rawValue)", files: files, check: check.report, next: next)))
        }
        try terminal.write(
            "\n" + ([terminal.paint("Next", .bold)] + next.map { "  \($0)" }).joined(separator: "\n") + "\n")
    }

    /// Two: where the check found a fault, it comes first.
    private func nextCommands(_ check: CheckResult) -> [String] {
        let option = file == side.standardFile ? "" : " --config \(file.asShellWord)"
        let check = check.status == .done ? nil : "ad-user-sync check \(side.rawValue)\(option)"
        let commands: [String?]
        switch side {
        case .export:
            let groups = draft.keys.contains("search_groups") ? nil : "ad-user-sync groups\(option)"
            commands = [check, groups, "ad-user-sync export\(option)", "ad-user-sync verify users.json"]
        case .import:
            commands = [check, "ad-user-sync groups --import\(option)", "ad-user-sync import --dry-run\(option)"]
        }
        return Array(commands.compactMap { $0 }.prefix(2))
    }

    private struct Report: Encodable {
        let command: String
        let files: [String]
        let check: CheckReport
        let next: [String]
    }
}

extension CheckRun.Side {
    var catalogue: ConfigurationCatalogue {
        switch self {
        case .export: .export
        case .import: .import
        }
    }
}

extension String {
    /// Quoted where a shell would see more in it than a word.
    fileprivate var asShellWord: String {
        let isPlain = unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "/._-".unicodeScalars.contains($0)
        }
        return isPlain && !isEmpty ? self : shellQuoted
    }
}
