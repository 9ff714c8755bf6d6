import Directory
import Journal

/// One run, as one value for people and programs.
struct HistoryRun: Encodable {
    private let outline: RunOutline
    private let run: RecordedRun

    init(_ found: (outline: RunOutline, run: RecordedRun)) {
        (outline, run) = found
    }

    private enum CodingKeys: String, CodingKey {
        case id, run, files, operations, ended, end, counts, journal
        case unreadableLines = "unreadable_lines"
    }

    private struct Operation: Encodable {
        let intention: RecordedIntention
        let answer: RecordedAnswer?

        private enum CodingKeys: String, CodingKey { case answer }

        func encode(to encoder: any Encoder) throws {
            try intention.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(answer, forKey: .answer)
        }
    }

    /// The last line of the journal but for its numbers, which are of operations: `counts` tells of users.
    private struct End: Encodable {
        let at: String
        let result: RunEnd.Word
        let message: String?
        let servers: [String]?

        init(_ end: RunEnd) { (at, result, message, servers) = (end.at, end.result, end.message, end.servers) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run.id, forKey: .id)
        try container.encode(run.header, forKey: .run)
        if !run.laterFiles.isEmpty { try container.encode(run.laterFiles, forKey: .files) }
        try container.encode(
            run.steps.map { Operation(intention: $0.intention, answer: $0.answer) }, forKey: .operations)
        try container.encode(outline.state.word, forKey: .ended)
        try container.encodeIfPresent(run.end.map(End.init), forKey: .end)
        try container.encode(run.counts, forKey: .counts)
        try container.encode(outline.journal, forKey: .journal)
        if !outline.unreadable.isEmpty { try container.encode(outline.unreadable, forKey: .unreadableLines) }
    }

    // MARK: for people

    func text(_ terminal: Terminal) -> String {
        var lines = [terminal.paint(run.id, .bold)] + about.lines(columns: terminal.columns)
        for person in people {
            let anyone = person.steps[0].intention.person
            lines += ["", terminal.paint("\(anyone.commonName) (\(anyone.accountName))".printable, .bold)]
            var table = TextTable()
            for step in person.steps { add(step, to: &table, terminal) }
            lines += table.lines(columns: terminal.columns)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var about: TextTable {
        var table = TextTable()
        if let header = run.header {
            table.add("command", header.command.printable)
            table.add("started", header.started.printable)
            table.add("by", "\(header.who.words), signed in as \(header.who.account)".printable)
            if let undone = header.undoes { table.add("takes back", undone) }
            for file in [header.file].compactMap(\.self) + run.laterFiles { table.add("file", file.words.printable) }
            table.add("container", "\(header.target.container), by \(header.target.server)".printable)
            table.add("version", header.version.printable)
        } else {
            table.add("began", "the first line of its journal is missing")
        }
        let ended =
            switch outline.state {
            case .ended(let end): ["\(end.result.rawValue), \(end.at)", end.message].compactMap(\.self)
            case .atWork: ["at work"]
            case .didNotEnd where outline.unreadable.isEmpty: ["it did not end: it was killed, or the machine was"]
            case .didNotEnd: ["nothing says that it did: it was killed, or the machine was, or that line is lost"]
            }
        table.add("ended", ended.joined(separator: ": ").printable)
        table.add("did", run.counts.words)
        for loss in outline.losses { table.add("lost", loss.printable) }
        return table
    }

    private func add(_ step: RecordedRun.Step, to table: inout TextTable, _ terminal: Terminal) {
        let intention = step.intention
        let answer =
            switch step.answer?.result {
            case .done?: terminal.paint("done", .green)
            case .failed?: terminal.paint("failed", .red)
            case .skipped?: terminal.paint("skipped", .yellow)
            case nil: terminal.paint("no answer", .red)
            }
        let details = [step.intention.details, step.answer?.message].compactMap(\.self).joined(separator: "; ")
        table.add(intention.verb.rawValue, answer, details.printable)
    }

    /// In the order of their first operation; by account, and by name where that has no GUID yet.
    private var people: [(key: [UInt8], steps: [RecordedRun.Step])] {
        // By bytes: two names may differ in nothing but NFC and NFD.
        var places: [[UInt8]: Int] = [:]
        var result: [(key: [UInt8], steps: [RecordedRun.Step])] = []
        for step in run.steps {
            let person = step.intention.person
            let key = Array(
                (person.anchor ?? step.intention.account.guid ?? "\(person.commonName)\n\(person.accountName)").utf8)
            if let place = places[key] {
                result[place].steps.append(step)
            } else {
                places[key] = result.count
                result.append((key, [step]))
            }
        }
        return result
    }
}

extension ImportedFile {
    fileprivate var words: String {
        let number = sequence.map { "sequence \($0)" }
        let origin = source.map { "from \($0)" }
        let written = timestamp.map { "written \($0)" }
        return [path, origin, number, written, "SHA-256 \(sha256.prefix(12))…"].compactMap(\.self)
            .joined(separator: ", ")
    }
}

extension RecordedIntention {
    /// Before → after, and what allowed it.
    fileprivate var details: String {
        var parts: [String] = []
        if let group { parts.append("\(verb == .leave ? "←" : "→") \(group.name)") }
        parts += (changes ?? []).map(\.words)
        if let reason { parts.append(reason) }
        if let password {
            switch password.word {
            case .set: parts.append(password.mustChange ? "password set, to be changed" : "password set")
            case .kept: parts.append("password kept")
            }
            if password.cannotChange { parts.append("cannot change it") }
        }
        if let approval { parts.append("approved (\(approval.id ?? approval.kind))") }
        return parts.joined(separator: ", ")
    }
}

extension AttributeChange {
    fileprivate var words: String {
        let (before, after) = (
            before.map(\.value.shown).joined(separator: " | "), after.map(\.value.shown).joined(separator: " | ")
        )
        return "\(attribute): " + (before.isEmpty ? "" : "\(before) → ") + (after.isEmpty ? "(none)" : after)
    }
}
