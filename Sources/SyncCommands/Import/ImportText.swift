import Directory
import SyncRun

/// The summary of an import for people: what happened, what failed, what waits.
struct ImportText {
    let summary: RunSummary
    let file: String
    let resolutionsFile: String
    var terminal: Terminal
    /// How whoever reads it comes by what is not shown.
    var wayToTheRest = "--json shows all"

    /// Longer lists end in a count: nobody reads a thousand lines, and the JSON has them all.
    static let linesOfOneKind = 40

    var text: String {
        var lines = [headline, ""]
        lines += counts.lines()
        lines += section("Planned, person by person", planned)
        lines += section("Renamed", names(summary.renamed))
        lines += section("Moved", paragraphs(summary.moved ?? []))
        lines += section("Taken over", names(summary.takenOver))
        lines += section("Failed", failures, .red)
        lines += section("Held back", paragraphs(summary.brakes), .red)
        lines += waiting
        lines += section("Notices", paragraphs(summary.notices))
        return lines.joined(separator: "\n") + "\n"
    }

    private var headline: String {
        let what = summary.part.map { "\($0.selected) of the \($0.records) people of \(file)" } ?? file
        let headline = summary.dryRun == true ? "Dry run with \(what): nothing was written" : "\(what) imported"
        return terminal.paint(headline, .bold)
    }

    private var counts: TextTable {
        var table = changes
        table.add("took", summary.run.duration)
        table.add("by", summary.run.by.words)
        return table
    }

    var changes: TextTable {
        var table = TextTable()
        for (word, count) in summary.changes { table.add(word, terminal.paint(String(count), .green)) }
        if summary.tally.isEmpty { table.add("changes", "none") }
        table.add("unchanged", String(summary.unchanged))
        if !summary.failed.isEmpty { table.add("failed", terminal.paint(String(summary.failed.count), .red)) }
        if !summary.requiredInteractions.isEmpty {
            table.add("waiting", terminal.paint(String(summary.requiredInteractions.count), .yellow))
        }
        return table
    }

    private func names(_ renames: [RunSummary.Rename]) -> [String] {
        var table = TextTable()
        for rename in renames { table.add(rename.user.printable, "was \(rename.from.printable)") }
        return shortened(table)
    }

    var failures: [String] {
        var table = TextTable()
        for failure in summary.failed {
            let place = failure.record.map { "record \($0)" } ?? failure.operation
            table.add(
                failure.user.printable, [place, failure.field].compactMap(\.self).joined(separator: ", "),
                failure.reason.printable)
        }
        return shortened(table)
    }

    func paragraphs(_ sentences: [String]) -> [String] {
        var table = TextTable()
        for sentence in sentences { table.add(sentence.printable) }
        return shortened(table)
    }

    func section(_ title: String, _ lines: [String], _ colour: Terminal.Colour = .bold) -> [String] {
        lines.isEmpty ? [] : ["", terminal.paint(title, colour)] + lines
    }
}

extension RunSummary {
    /// `created`, 3; of a dry run `would create`, 3, in the order it would happen.
    var changes: [(word: String, count: Int)] {
        guard planned == nil else { return tally.changes.map { ("would \($0.rawValue)", tally[$0]) } }
        return ChangeTally.Change.allCases.filter { tally[$0] > 0 }.map { ($0.participle, tally[$0]) }
    }
}
