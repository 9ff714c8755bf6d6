import Approvals
import Directory
import SyncPlan

/// What of the list is looked at: the query of its address, and nothing else.
struct ListQuery: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        /// Waiting, or accepted and not done yet.
        case open
        case waiting, accepted, rejected, all

        func includes(_ state: ApprovalAction.State) -> Bool {
            switch self {
            case .open: state != .rejected
            case .waiting: state == .waiting
            case .accepted: state == .accepted
            case .rejected: state == .rejected
            case .all: true
            }
        }
    }

    enum Grouping: String, Sendable {
        case none, user
    }

    var text = ""
    var kind: ActionKind?
    var state = State.open
    var grouping = Grouping.none
    /// From 1.
    var page = 1

    static let rowsPerPage = 150

    init() {}

    init(_ fields: FormFields) {
        text = String((fields["q"] ?? "").unicodeScalars.prefix(200).map(Character.init))
        kind = fields["kind"].flatMap(ActionKind.init)
        state = fields["state"].flatMap(State.init) ?? .open
        grouping = fields["by"].flatMap(Grouping.init) ?? .none
        page = max(1, fields["page"].flatMap { Int($0) } ?? 1)
    }

    /// As a form carries it along.
    var encoded: String {
        var fields: [(name: String, value: String)] = []
        if !text.isEmpty { fields.append(("q", text)) }
        if let kind { fields.append(("kind", kind.rawValue)) }
        if state != .open { fields.append(("state", state.rawValue)) }
        if grouping != .none { fields.append(("by", grouping.rawValue)) }
        if page != 1 { fields.append(("page", String(page))) }
        return FormFields.encode(fields)
    }

    func path(_ base: String = "/", told: Int? = nil) -> String {
        let query = [encoded, told.map { "told=\($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: "&")
        return query.isEmpty ? base : base + "?" + query
    }

    func with(_ change: (inout ListQuery) -> Void) -> ListQuery {
        var copy = self
        copy.page = 1
        change(&copy)
        return copy
    }

    /// All that match, on every page, in the order in which they are shown.
    func matching(_ actions: [ApprovalAction]) -> [ApprovalAction] {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace)
        let found = actions.filter { action in
            (kind == nil || kind == action.kind) && state.includes(action.state)
                && (words.isEmpty || words.allSatisfy(action.searchText.contains))
        }
        guard grouping == .user else { return found }
        var order: [Person] = []
        var groups: [Person: [ApprovalAction]] = [:]
        for action in found {
            if groups[action.person] == nil { order.append(action.person) }
            groups[action.person, default: []].append(action)
        }
        return order.flatMap { groups[$0] ?? [] }
    }
}

extension ApprovalAction {
    fileprivate var searchText: String {
        ([person.commonName, person.accountName, group ?? "", name ?? "", reason, kind.rawValue]
            + people.flatMap { [$0.commonName, $0.accountName] })
            .joined(separator: "\n").lowercased()
    }
}
