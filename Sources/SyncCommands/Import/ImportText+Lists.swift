import Directory
import SyncRun

extension ImportText {
    var planned: [String] { shortened(plannedTable) }

    /// One row for each person, with everything that would happen to him.
    var plannedTable: TextTable {
        var table = TextTable()
        for person in summary.planned.map(byPerson) ?? [] {
            table.add(person.name.printable, words(person.operations).joined(separator: "; ").printable)
        }
        return table
    }

    /// Those of one kind that only name a group are said in one breath.
    private func words(_ operations: [PlannedOperation]) -> [String] {
        var result: [String] = []
        var last: PlannedOperation?
        for operation in operations {
            if let group = operation.group, operation.operation == last?.operation {
                result[result.count - 1] += ", \(group)"
            } else {
                result.append(words(operation))
            }
            last = operation
        }
        return result
    }

    /// What waits for an answer, by kind: first those without whom somebody has no account at all, the long list of
    /// those to be enabled last.
    var waiting: [String] {
        let actions = summary.requiredInteractions
        guard !actions.isEmpty else { return [] }
        let title = "Waiting for an answer in \(resolutionsFile); then import again (\(actions.count))"
        var lines = ["", terminal.paint(title, .yellow)]
        let known = ["name", "disable", "leave", "join", "grant", "enable"]
        for kind in known + Set(actions.map(\.type)).subtracting(known).sorted() {
            let ofKind = actions.filter { $0.type == kind }
            guard let first = ofKind.first else { continue }
            // The same reason fifty times over is said once.
            let isOneReason = ofKind.allSatisfy { $0.reason == first.reason } && kind != "name"
            let reason = isOneReason ? ", \(first.reason.printable)" : ""
            lines.append("  \(kind) (\(ofKind.count))\(reason)")
            lines.append("    \(terminal.paint(first.answer, .dim))")
            var table = TextTable(indent: 4)
            for action in ofKind {
                let cells = [action.group.map { "→ \($0)".printable }, isOneReason ? nil : action.reason.printable]
                table.add([action.id, subject(action)] + cells.compactMap(\.self))
                for warning in action.warnings ?? [] {
                    table.add("", terminal.paint("look twice: \(warning.printable)", .red))
                }
            }
            lines += shortened(table, to: 12)
        }
        return lines
    }

    private func subject(_ action: PendingAction) -> String {
        let person = action.accountName.map { "\(action.user) (\($0))" } ?? action.user
        return action.members.map { $0.first?.group == nil ? "\($0.count) users" : "\($0.count) memberships" }
            ?? person.printable
    }

    /// - Parameter limit: in rows of the table.
    func shortened(_ table: TextTable, to limit: Int = linesOfOneKind) -> [String] {
        let rest = table.count - limit
        let lines = table.lines(columns: terminal.columns, first: limit)
        return rest > 0 ? lines + [terminal.paint("    … and \(rest) more; \(wayToTheRest)", .dim)] : lines
    }

    private func byPerson(_ operations: [PlannedOperation]) -> [(name: String, operations: [PlannedOperation])] {
        // By bytes: two names may differ in nothing but NFC and NFD.
        var places: [[UInt8]: Int] = [:]
        var people: [(name: String, operations: [PlannedOperation])] = []
        for operation in operations {
            let key = Array(operation.user.utf8)
            if let place = places[key] {
                people[place].operations.append(operation)
            } else {
                places[key] = people.count
                people.append((operation.user, [operation]))
            }
        }
        return people.sorted { $0.name < $1.name }
    }

    private func words(_ operation: PlannedOperation) -> String {
        var parts: [String] = [operation.operation]
        switch operation.operation {
        case "create":
            // All attributes of a new account, and its expiry, are in the JSON.
            parts += (operation.changes ?? []).filter { $0.attribute == "sAMAccountName" }.flatMap(\.to)
            return parts.joined(separator: " ")
        default:
            parts += [operation.group].compactMap(\.self)
            parts += [
                operation.from.map { "(was \($0))" }, operation.to.map { "to \($0)" },
                operation.reason.map { "(\($0))" },
            ].compactMap(\.self)
            parts += [(operation.changes ?? []).map(words).joined(separator: ", ")].filter { !$0.isEmpty }
        }
        // The day is enough here.
        parts += operation.accountExpires.map { ["(expires \($0.prefix { $0 != "T" }))"] } ?? []
        return parts.joined(separator: " ")
    }

    private func words(_ change: PlannedOperation.Change) -> String {
        let (from, to) = (change.from.joined(separator: ", "), change.to.joined(separator: ", "))
        return "\(change.attribute): " + (from.isEmpty ? "" : "\(from) → ") + (to.isEmpty ? "(none)" : to)
    }
}
