import SyncRun

/// The summary of an import for people: what happened, what failed, what waits.
struct ImportText {
    let summary: RunSummary
    let file: String
    let resolutionsFile: String
    let terminal: Terminal

    /// Longer lists end in a count: nobody reads a thousand lines, and the JSON has them all.
    private static let linesOfOneKind = 40

    var text: String {
        var lines = [headline, ""]
        lines += counts.lines()
        lines += section("Planned", planned)
        lines += section("Renamed", names(summary.renamed))
        lines += section("Taken over", names(summary.takenOver))
        lines += section("Failed", failures, .red)
        lines += section("Held back", summary.brakes.map { "  \($0.printable)" }, .red)
        lines += section("Waiting for an answer in \(resolutionsFile)", questions, .yellow)
        lines += section("Notices", summary.notices.map { "  \($0.printable)" })
        return lines.joined(separator: "\n") + "\n"
    }

    private var headline: String {
        let what = summary.dryRun == true ? "Dry run with \(file): nothing was written" : "\(file) imported"
        return terminal.paint(what, .bold)
    }

    private var counts: TextTable {
        var table = TextTable()
        let changes = [
            ("created", summary.created.count), ("updated", summary.updated.count),
            ("renamed", summary.renamed.count), ("taken over", summary.takenOver.count),
            ("enabled", summary.enabled.count), ("disabled", summary.disabled.count),
            ("joined", summary.joined.count), ("left", summary.left.count),
        ]
        for (word, count) in changes where count > 0 {
            table.add(word, terminal.paint(String(count), .green))
        }
        if changes.allSatisfy({ $0.1 == 0 }), summary.dryRun != true { table.add("changes", "none") }
        if let planned = summary.planned { table.add("planned", String(planned.count)) }
        table.add("unchanged", String(summary.unchanged))
        if !summary.failed.isEmpty { table.add("failed", terminal.paint(String(summary.failed.count), .red)) }
        if !summary.requiredInteractions.isEmpty {
            table.add("waiting", terminal.paint(String(summary.requiredInteractions.count), .yellow))
        }
        table.add("took", summary.run.duration)
        return table
    }

    private var planned: [String] {
        var table = TextTable()
        for operation in summary.planned ?? [] {
            let changes = (operation.changes ?? []).map { change in
                change.from.isEmpty
                    ? "\(change.attribute): \(change.to.joined(separator: ", "))"
                    : "\(change.attribute): \(change.from.joined(separator: ", ")) → \(change.to.joined(separator: ", "))"
            }
            let details =
                [operation.group, operation.from.map { "was \($0)" }, operation.reason].compactMap(\.self) + changes
                + [operation.accountExpires.map { "expires \($0)" }].compactMap(\.self)
            table.add(operation.operation, operation.user.printable, details.joined(separator: "; ").printable)
        }
        return table.lines()
    }

    private func names(_ renames: [RunSummary.Rename]) -> [String] {
        var table = TextTable()
        for rename in renames { table.add(rename.user.printable, "was \(rename.from.printable)") }
        return table.lines()
    }

    private var failures: [String] {
        var table = TextTable()
        for failure in summary.failed {
            let place = failure.record.map { "record \($0)" } ?? failure.operation
            table.add(
                failure.user.printable, [place, failure.field].compactMap(\.self).joined(separator: ", "),
                failure.reason.printable)
        }
        return table.lines()
    }

    private var questions: [String] {
        var table = TextTable()
        for action in summary.requiredInteractions {
            let subject = action.members.map { "\($0.count) users" } ?? action.user.printable
            let object = (action.group ?? action.name).map { " \($0.printable)" } ?? ""
            table.add(terminal.paint(action.id, .dim), action.type, subject + object, action.reason.printable)
        }
        return table.lines()
    }

    private func section(_ title: String, _ lines: [String], _ colour: Terminal.Colour = .bold) -> [String] {
        guard !lines.isEmpty else { return [] }
        let shown = lines.prefix(Self.linesOfOneKind)
        let rest = lines.count - shown.count
        return ["", terminal.paint("\(title) (\(lines.count))", colour)] + shown
            + (rest > 0 ? ["  … and \(rest) more; --json shows all"] : [])
    }
}
