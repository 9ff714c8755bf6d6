import Approvals
import Directory
import SyncPlan

/// The list of actions, as one address shows it.
struct ListView {
    struct Row {
        let id: String
        let href: String
        let kind: String
        let kindWord: String
        let person: String
        let account: String?
        let asked: String
        let object: String?
        let reason: String
        /// The first of what makes the names look like what they are not.
        let warning: String?
        let state: String
        let stateWord: String
        let problem: String?
        let isCurrent: Bool
    }

    struct Group {
        let heading: Heading?
        let rows: [Row]
    }

    struct Heading {
        let name: String
        let login: String?
        let number: Int
    }

    struct Option {
        let value: String
        let label: String
        let isChosen: Bool
    }

    let text: String
    let view: String
    let kinds: [Option]
    let states: [Option]
    let groupings: [Option]
    let groups: [Group]
    let isEmpty: Bool
    let isFiltered: Bool
    let matching: Int
    let matchingWords: String
    let paging: Paging

    init(_ actions: [ApprovalAction], query: ListQuery, current: String? = nil) {
        let found = query.matching(actions)
        matchingWords = counted(found.count, "action", "actions")
        paging = Paging(
            of: found.count, by: ListQuery.rowsPerPage, showing: query.page, matchingWords: matchingWords
        ) { number in query.with { $0.page = number }.path() }
        text = query.text
        view = query.encoded
        kinds = Self.kindOptions(actions, query)
        states = ListQuery.State.allCases.map { state in
            let number = query.with { $0.state = state }.matching(actions).count
            return Option(value: state.rawValue, label: "\(state.word) (\(number))", isChosen: state == query.state)
        }
        groupings = [
            Option(value: "", label: "Not grouped", isChosen: query.grouping == .none),
            Option(value: "user", label: "Grouped by user", isChosen: query.grouping == .user),
        ]
        groups = Self.grouped(found[paging.rows].map { ($0, Row($0, query: query, current: current)) }, query.grouping)
        isEmpty = found.isEmpty
        isFiltered = !query.text.isEmpty || query.kind != nil || query.state != .open
        matching = found.count
    }

    private static func kindOptions(_ actions: [ApprovalAction], _ query: ListQuery) -> [Option] {
        let counts = query.with { $0.kind = nil }.matching(actions).reduce(into: [ActionKind: Int]()) {
            $0[$1.kind, default: 0] += 1
        }
        let all = Option(value: "", label: "Every kind", isChosen: query.kind == nil)
        return [all]
            + ActionKind.allCases.filter { counts[$0] != nil || $0 == query.kind }.map { kind in
                Option(
                    value: kind.rawValue, label: "\(kind.word) (\(counts[kind] ?? 0))", isChosen: kind == query.kind)
            }
    }

    private static func grouped(_ rows: [(ApprovalAction, Row)], _ grouping: ListQuery.Grouping) -> [Group] {
        guard grouping == .user else { return [Group(heading: nil, rows: rows.map(\.1))] }
        var groups: [(action: ApprovalAction, rows: [Row])] = []
        for (action, row) in rows {
            if let last = groups.last, last.action.person == action.person, !action.isAboutMany {
                groups[groups.count - 1].rows.append(row)
            } else {
                groups.append((action, [row]))
            }
        }
        return groups.map { action, rows in
            let login = action.isAboutMany ? nil : action.person.accountName
            return Group(heading: Heading(name: action.subject, login: login, number: rows.count), rows: rows)
        }
    }
}

extension ListView.Row {
    init(_ action: ApprovalAction, query: ListQuery, current: String?) {
        let asked = action.asked
        self.init(
            id: action.id, href: query.path("/actions/\(action.id)"), kind: action.kind.rawValue,
            kindWord: action.kind.word, person: action.subject,
            account: action.isAboutMany ? nil : action.person.accountName, asked: asked.words, object: asked.object,
            reason: action.reason, warning: action.warnings.first, state: action.state.rawValue,
            stateWord: action.state.word,
            problem: action.problem, isCurrent: action.id == current)
    }
}
