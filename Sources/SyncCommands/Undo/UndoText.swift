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
        let lines =
            [terminal.paint("Taking back \(report.run)", .bold)] + about + [""]
            + body(importText(summary, .asked), summary)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every single thing that would happen, and that would not.
    func whole(_ summary: RunSummary) -> String {
        let text = importText(summary, .asked)
        var lines = text.section("Person by person", text.plannedTable.lines(columns: terminal.columns))
        lines += text.section("Left alone", leftAlone(namesInOneBreath: .max).lines(columns: terminal.columns), .yellow)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of a dry run, or once it is done.
    func text(_ summary: RunSummary) -> String {
        let lines =
            [terminal.paint(headline(summary), .bold)] + about + [""] + body(importText(summary, .told), summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ summary: RunSummary) -> String {
        if summary.changesNothing { return "\(report.run): there is nothing to take back" }
        if summary.dryRun == true { return "Dry run of an undo of \(report.run): nothing was written" }
        if summary.failed.isEmpty { return "\(report.run) is taken back" }
        return summary.confirmsNothing
            ? "\(report.run) is not taken back: nothing could be written" : "\(report.run) is taken back in part"
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

    private func body(_ text: ImportText, _ summary: RunSummary) -> [String] {
        var table = text.changes
        if summary.dryRun != true { table.add("took", summary.run.duration) }
        var lines = table.lines()
        lines += text.section("What would be taken back, person by person", text.planned)
        let title = summary.dryRun == true ? "This gives access back" : "Has access again"
        lines += text.section(title, remarks(report.opens, atMost: .max), .yellow)
        let closing = summary.dryRun == true ? "This locks people out" : "Locked out by it"
        lines += text.section(closing, remarks(report.closes, atMost: .max), .red)
        lines += text.section("Failed", text.failures, .red)
        lines += text.section("Left alone", text.shortened(leftAlone(namesInOneBreath: Self.namesInOneBreath)), .yellow)
        lines += text.section("Stays, whatever is taken back", remarks(report.remains, atMost: Self.namesInOneBreath))
        lines += text.section("Afterwards", afterwards, .yellow)
        return lines
    }

    private enum Reader { case asked, told }

    private func importText(_ summary: RunSummary, _ reader: Reader) -> ImportText {
        var text = ImportText(summary: summary, file: "", resolutionsFile: resolutionsFile, terminal: terminal)
        if reader == .asked { text.wayToTheRest = "t shows all" }
        return text
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

    /// One row for each person; what is true of many is one row, with their names.
    private func leftAlone(namesInOneBreath limit: Int) -> TextTable {
        var order: [[String]] = []
        var people: [[String]: [String]] = [:]
        for left in report.leftAlone {
            let what = [left.field ?? "everything", Self.words(left)]
            if people[what] == nil { order.append(what) }
            people[what, default: []].append("\(left.user) (\(left.accountName))")
        }
        var table = TextTable()
        for what in order {
            let names = people[what] ?? []
            let cells = what.map(\.printable)
            guard names.count > 1 else {
                table.add(names.map(\.printable) + cells)
                continue
            }
            let rest = names.count - limit
            let shown = names.prefix(limit).joined(separator: ", ").printable
            table.add("\(names.count) users", cells[0], cells[1])
            table.add("", "", rest > 0 ? "\(shown) and \(rest) more" : shown)
        }
        return table
    }

    private static func words(_ left: UndoReport.LeftAlone) -> String {
        let states = [
            left.before.map { "it was \(shown($0))" }, left.then.map { "the run left \(shown($0))" },
            left.now.map { "now it is \(shown($0))" },
        ].compactMap(\.self)
        return states.isEmpty ? left.reason : states.joined(separator: ", ") + ": " + left.reason
    }

    private static func shown(_ values: [String]) -> String {
        values.isEmpty ? "nothing" : values.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension RunSummary {
    fileprivate var changesNothing: Bool { planned.map(\.isEmpty) ?? (failed.isEmpty && confirmsNothing) }

    /// The server confirmed nothing.
    fileprivate var confirmsNothing: Bool { tally.isEmpty }
}
