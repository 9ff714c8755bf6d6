import Directory
import Journal
import SyncRun

/// An undo for people: what would happen or did, what is left alone, what comes after it.
struct UndoText {
    let report: UndoReport
    /// Of the run that is taken back.
    let header: RunHeader
    let counts: RunCounts
    let resolutionsFile: String
    let terminal: Terminal

    /// For whoever is to say yes or no.
    func preview(_ summary: RunSummary) -> String {
        let lines = [terminal.paint("Taking back \(report.run)", .bold)] + about + [""] + body(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every single thing that would happen, and that would not.
    func whole(_ summary: RunSummary) -> String {
        let text = importText(summary)
        var lines = text.section("Person by person", text.plannedTable.lines(columns: terminal.columns))
        lines += text.section("Left alone", leftAlone.lines(columns: terminal.columns), .yellow)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of a dry run, or once it is done.
    func text(_ summary: RunSummary) -> String {
        let lines = [terminal.paint(headline(summary), .bold)] + about + [""] + body(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ summary: RunSummary) -> String {
        if summary.changesNothing { return "\(report.run): there is nothing to take back" }
        return summary.dryRun == true
            ? "Dry run of an undo of \(report.run): nothing was written" : "\(report.run) is taken back"
    }

    private var about: [String] {
        var table = TextTable()
        table.add("run", "\(header.words) of \(header.started) by \(header.who.words)".printable)
        if let file = header.file {
            let number = file.sequence.map { ", sequence \($0)" } ?? ""
            table.add("file", "\(file.path)\(number)".printable)
        }
        table.add("did", counts.words)
        return table.lines(columns: terminal.columns)
    }

    private func body(_ summary: RunSummary) -> [String] {
        let text = importText(summary)
        var table = text.changes
        if summary.dryRun != true { table.add("took", summary.run.duration) }
        var lines = table.lines()
        lines += text.section("What would be taken back, person by person", text.planned)
        let title = summary.dryRun == true ? "This gives access back" : "Has access again"
        lines += text.section(title, remarks(report.opens, atMost: .max), .yellow)
        lines += text.section("Failed", text.failures, .red)
        lines += text.section("Left alone", text.shortened(leftAlone), .yellow)
        lines += text.section("Stays, whatever is taken back", remarks(report.remains, atMost: Self.namesInOneBreath))
        lines += text.section("Afterwards", afterwards, .yellow)
        return lines
    }

    private func importText(_ summary: RunSummary) -> ImportText {
        ImportText(summary: summary, file: "", resolutionsFile: resolutionsFile, terminal: terminal)
    }

    /// What is true of many is said once, with their names below it.
    private func remarks(_ remarks: [UndoReport.Remark], atMost limit: Int) -> [String] {
        var order: [String] = []
        var people: [String: [String]] = [:]
        for remark in remarks {
            if people[remark.what] == nil { order.append(remark.what) }
            people[remark.what, default: []].append("\(remark.user) (\(remark.accountName))")
        }
        return order.flatMap { what -> [String] in
            let names = people[what] ?? []
            let rest = names.count - limit
            let shown = names.prefix(limit).joined(separator: ", ")
            var (title, list) = (TextTable(), TextTable(indent: 4))
            title.add(what.printable)
            list.add((rest > 0 ? "\(shown) and \(rest) more" : shown).printable)
            return title.lines(columns: terminal.columns) + list.lines(columns: terminal.columns)
        }
    }

    private var afterwards: [String] {
        var table = TextTable()
        for sentence in report.afterwards { table.add("–", sentence.printable) }
        return table.lines(columns: terminal.columns)
    }

    private static let namesInOneBreath = 40

    private var leftAlone: TextTable {
        var table = TextTable()
        for left in report.leftAlone {
            var words = left.reason
            if let then = left.then, let now = left.now {
                words = "the run left \(Self.shown(then)), now it is \(Self.shown(now)): " + words
            }
            table.add(
                "\(left.user) (\(left.accountName))".printable, (left.field ?? "everything").printable,
                words.printable)
        }
        return table
    }

    private static func shown(_ values: [String]) -> String {
        values.isEmpty ? "nothing" : values.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension RunSummary {
    fileprivate var changesNothing: Bool {
        planned.map(\.isEmpty)
            ?? (failed.isEmpty && updated.isEmpty && enabled.isEmpty && disabled.isEmpty && joined.isEmpty
                && left.isEmpty && renamed.isEmpty && takenOver.isEmpty && givenBack == nil)
    }
}
