import Directory
import Journal

/// The runs of a state folder, as one value for people and programs.
struct HistoryList: Encodable {
    let runs: [Entry]
    /// Of all runs that are recorded.
    let total: Int

    struct Entry: Encodable {
        private let outline: RunOutline

        init(_ outline: RunOutline) { self.outline = outline }

        private enum CodingKeys: String, CodingKey {
            case id, started, command, who, undoes, file, target, ended, at, counts, journal
            case unreadableLines = "unreadable_lines"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(outline.id, forKey: .id)
            try container.encodeIfPresent(outline.header?.started, forKey: .started)
            try container.encodeIfPresent(outline.header?.command, forKey: .command)
            try container.encodeIfPresent(outline.header?.who, forKey: .who)
            try container.encodeIfPresent(outline.header?.undoes, forKey: .undoes)
            try container.encodeIfPresent(outline.header?.file, forKey: .file)
            try container.encodeIfPresent(outline.header?.target, forKey: .target)
            try container.encode(outline.state.word, forKey: .ended)
            if case .ended(let end) = outline.state { try container.encode(end.at, forKey: .at) }
            try container.encode(outline.counts, forKey: .counts)
            try container.encode(outline.journal, forKey: .journal)
            if !outline.unreadable.isEmpty { try container.encode(outline.unreadable, forKey: .unreadableLines) }
        }

        fileprivate func cells(_ terminal: Terminal) -> [String] {
            let header = outline.header
            return [
                outline.id, header?.started ?? "?", header?.words ?? "?", (header?.who.words ?? "?").printable,
                terminal.paint(outline.state.word, outline.state.colour),
                ([outline.counts.words] + outline.losses).joined(separator: "; ").printable,
            ]
        }

        /// Nil for a run that was killed before its first line was written, or whose first line cannot be read.
        fileprivate var container: String? { outline.header?.target.container }
    }

    init(_ found: (runs: [RunOutline], total: Int)) {
        runs = found.runs.map(Entry.init)
        total = found.total
    }

    /// A table for each container.
    func text(_ terminal: Terminal, stateFolder: String) -> String {
        guard !runs.isEmpty else { return "no run is recorded in \(stateFolder)\n" }
        var lines: [String] = []
        let containers = Dictionary(grouping: runs, by: { $0.container })
        // Last, where it is seen: the run that an import has just told of may be among them.
        let known = containers.compactMap { container, runs in container.map { ($0, runs) } }.sorted { $0.0 < $1.0 }
        let unknown = containers[nil].map { [("without a first line: container not known", $0)] } ?? []
        for (container, runs) in known + unknown {
            lines.append(terminal.paint(container.printable, .bold))
            var table = TextTable()
            for run in runs { table.add(run.cells(terminal)) }
            lines += table.lines(columns: terminal.columns)
        }
        if total > runs.count {
            lines.append(terminal.paint("and \(total - runs.count) older; --last \(total) shows all", .dim))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
