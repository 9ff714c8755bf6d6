import Approvals
import Directory
import SyncPlan

/// Entries of the resolutions file for people.
struct ResolutionsText {
    let terminal: Terminal

    /// First those without whom somebody has no account at all, the long list of those to be enabled last.
    private static let order: [ActionKind] = [.name, .disable, .leave, .join, .grant, .enable]

    /// - Parameter count: of all entries of the file, those that were filtered out included.
    func list(_ entries: [Resolution], of count: Int, file: String) -> String {
        guard !entries.isEmpty else {
            return count == 0
                ? "\(file): nothing waits for an answer, and no answer is in force.\n"
                : "\(file): none of its \(count) entries matches.\n"
        }
        let counts = Resolution.State.allCases.compactMap { state in
            let count = entries.count { $0.state == state }
            return count > 0 ? "\(count) \(paint(state))" : nil
        }
        let title = "\(terminal.paint(file, .bold)): \(counts.joined(separator: ", "))"
        return ([title] + table(of: entries)).joined(separator: "\n") + "\n"
    }

    /// One table for each kind, in a fixed order.
    func table(of entries: [Resolution]) -> [String] {
        Self.order.flatMap { kind in section(kind, entries.filter { $0.kind == kind }) }
    }

    private func section(_ kind: ActionKind, _ entries: [Resolution]) -> [String] {
        guard let first = entries.first else { return [] }
        // The same reason fifty times over is said once.
        let isOneReason = kind != .name && entries.allSatisfy { $0.reason == first.reason }
        let reason = isOneReason ? first.reason.map { ", \($0.printable)" } ?? "" : ""
        var heading = TextTable()
        heading.add("\(kind.rawValue) (\(entries.count))\(reason)")
        var table = TextTable(indent: 4)
        for entry in entries {
            let detail = detail(of: entry)
            // Who decided how a name conflict is solved knows what it was.
            let reason = isOneReason || (kind == .name && detail != nil) ? nil : entry.reason
            let last = [detail, reason].compactMap(\.self).joined(separator: ": ").printable
            let cells = [(entry.id ?? "–").printable, paint(entry.state), entry.displayName.printable]
            table.add(last.isEmpty ? cells : cells + [last])
            for warning in entry.warnings {
                table.add("", "", terminal.paint("look twice: \(warning.printable)", .red))
            }
        }
        return heading.lines(columns: terminal.columns) + table.lines(columns: terminal.columns)
            + entries.flatMap(members)
    }

    /// Whom a decision about many is about: who is to say yes has to see that.
    private func members(of entry: Resolution) -> [String] {
        guard entry.isAboutSeveral else { return [] }
        var table = TextTable(indent: 6)
        for member in entry.members {
            table.add([member.user.printable] + [member.group.map { "← \($0)".printable }].compactMap(\.self))
        }
        let rest = table.count - Self.membersShown
        let lines = table.lines(columns: terminal.columns, first: Self.membersShown)
        return lines + (rest > 0 ? [terminal.paint("      … and \(rest) more; --json shows all", .dim)] : [])
    }

    private static let membersShown = 40

    /// What the entry is about beside the person, and what was answered beside yes; nil where there is nothing.
    private func detail(of entry: Resolution) -> String? {
        switch entry.kind {
        case .join, .leave, .grant: return entry.group.map { "\(entry.kind == .leave ? "←" : "→") \($0)" }
        case .disable: return nil
        case .enable:
            if entry.password != nil { return "with a password" }
            return entry.keepPassword ? "keeps the password" : nil
        case .name:
            if let name = entry.newName { return "\"\(entry.name ?? "")\" becomes \"\(name)\"" }
            switch entry.takeOver {
            case .holder?: return "\"\(entry.name ?? "")\" is taken over"
            case .account(let account)?: return "\"\(entry.name ?? "")\" is taken over, account \(account)"
            case nil: return nil
            }
        }
    }

    private func paint(_ state: Resolution.State) -> String {
        switch state {
        case .waiting: terminal.paint(state.rawValue, .yellow)
        case .accepted: terminal.paint(state.rawValue, .green)
        case .rejected: terminal.paint(state.rawValue, .red)
        case .standing: terminal.paint(state.rawValue, .dim)
        }
    }
}
