import Delegation
import Directory

/// What a check has found so far. On a terminal each section appears as soon as it is done: a server that does not answer
/// takes its time.
struct CheckSheet: Sendable {
    private(set) var findings: [CheckFinding] = []
    private var section = CheckFinding.Section.configuration
    private let terminal: Terminal

    init(_ terminal: Terminal) { self.terminal = terminal }

    mutating func ok(_ subject: String, _ detail: String) { add(.ok, subject, detail, nil) }

    mutating func note(_ subject: String, _ detail: String) { add(.note, subject, detail, nil) }

    mutating func fault(_ subject: String, _ detail: String, _ status: ExitStatus) {
        add(.fault, subject, detail, status)
    }

    /// The fault that a run would end with for this error.
    mutating func fault(_ subject: String, _ error: any Error) {
        let failure = CommandFailure(error)
        // The subject stands in front of the line anyway.
        add(.fault, subject, String(failure.message.trimmingPrefix("\(subject): ")), failure.status)
    }

    private mutating func add(
        _ verdict: CheckFinding.Verdict, _ subject: String, _ detail: String, _ status: ExitStatus?
    ) {
        findings.append(
            CheckFinding(
                section: section, verdict: verdict, subject: subject.printable, detail: detail, status: status))
    }

    mutating func begin(_ next: CheckFinding.Section) throws {
        try show()
        section = next
    }

    /// Prints the section that is at an end.
    func show() throws {
        guard terminal.isForPeople else { return }
        let own = findings.filter { $0.section == section }
        guard !own.isEmpty else { return }
        var table = TextTable()
        for finding in own { table.add(terminal.mark(finding.verdict) + " " + finding.subject, finding.detail) }
        let lines = [terminal.paint(section.title, .bold)] + table.lines(columns: terminal.columns)
        try terminal.write(lines.joined(separator: "\n") + "\n\n")
    }

    /// Whether something was found in the section so far that stops a run.
    var sectionHasFault: Bool { findings.contains { $0.section == section && $0.verdict == .fault } }

    /// Of the first fault: the others may come from it.
    var status: ExitStatus { findings.lazy.compactMap(\.status).first ?? .done }

    func verdict(on command: String) -> String {
        let faults = findings.count { $0.verdict == .fault }
        let notes = findings.count { $0.verdict == .note }
        let remarks = notes == 0 ? "" : ", \(counted(notes, "remark"))"
        return faults == 0
            ? terminal.paint("\(command): all is well\(remarks)", notes == 0 ? .green : .yellow)
            : terminal.paint("\(command): \(counted(faults, "fault"))\(remarks)", .red)
    }
}

extension Terminal {
    fileprivate func mark(_ verdict: CheckFinding.Verdict) -> String {
        switch verdict {
        case .ok: paint("✓", .green)
        case .note: paint("!", .yellow)
        case .fault: paint("✗", .red)
        }
    }
}

/// The same for programs.
struct CheckReport: Encodable {
    let command: String
    let configuration: String
    let findings: [CheckFinding]
    let grants: CheckGrants

    enum CodingKeys: String, CodingKey {
        case command, configuration, status, findings, grants
        case takeOverGrants = "take_over_grants"
    }
    enum GrantKeys: String, CodingKey {
        case sambaTool = "samba_tool"
        case dsacls
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
        try container.encode(configuration, forKey: .configuration)
        try container.encode(
            (findings.lazy.compactMap(\.status).first ?? .done).rawValue, forKey: .status)
        try container.encode(findings, forKey: .findings)
        for (key, grants) in [(CodingKeys.grants, grants.missing), (.takeOverGrants, grants.takeOver)]
        where !grants.isEmpty {
            var commands = container.nestedContainer(keyedBy: GrantKeys.self, forKey: key)
            try commands.encode(grants.sambaTool, forKey: .sambaTool)
            try commands.encode(grants.dsacls, forKey: .dsacls)
        }
    }
}
