import Approvals
import Directory
import SyncPlan

/// Everybody, as one address shows them.
struct PeopleView {
    struct Row {
        let id: String
        let href: String
        let mark: String
        let markWord: String
        let name: String
        let login: String
        let what: String
        let problem: String?
        let waits: String?
        let isImportable: Bool
        let isCurrent: Bool
    }

    struct Chip {
        let word: String
        let number: String
        let href: String
        let isChosen: Bool
    }

    let text: String
    let mark: String?
    let problem: String?
    let view: String
    let chips: [Chip]
    let rows: [Row]
    let isEmpty: Bool
    let total: Int
    let matchingWords: String
    let paging: Paging

    init(_ found: FoundPeople, query: PeopleQuery, current: String? = nil) {
        let matching = query.matching(found)
        matchingWords = counted(matching.count, "person", "people")
        paging = Paging(
            of: matching.count, by: PeopleQuery.rowsPerPage, showing: query.page, matchingWords: matchingWords
        ) { number in query.with { $0.page = number }.path() }
        text = query.text
        mark = query.mark?.rawValue
        problem = found.problem
        view = query.encoded
        chips = Self.chips(found, query)
        rows = matching[paging.rows].map { Row($0, query: query, current: current) }
        isEmpty = matching.isEmpty
        total = found.total
    }

    private static func chips(_ found: FoundPeople, _ query: PeopleQuery) -> [Chip] {
        let counts = found.entries.reduce(into: [Roster.Mark: Int]()) { $0[$1.mark, default: 0] += 1 }
        let all = Chip(
            word: "Everybody", number: String(found.entries.count), href: query.with { $0.mark = nil }.path(),
            isChosen: query.mark == nil)
        return [all]
            + Roster.Mark.allCases.filter { counts[$0] != nil || $0 == query.mark }.map { mark in
                Chip(
                    word: mark.word, number: String(counts[mark] ?? 0), href: query.with { $0.mark = mark }.path(),
                    isChosen: mark == query.mark)
            }
    }
}

extension PeopleView.Row {
    init(_ entry: Roster.Entry, query: PeopleQuery, current: String?) {
        self.init(
            id: entry.id, href: query.path("/people/\(entry.id)"), mark: entry.mark.rawValue,
            markWord: entry.mark.word, name: entry.person.commonName, login: entry.person.accountName,
            what: entry.summary, problem: entry.problem, waits: entry.questions.isEmpty ? nil : entry.waitingWords,
            isImportable: entry.isImportable, isCurrent: entry.id == current)
    }
}

extension Roster.Mark {
    /// As the list shows it.
    var word: String {
        switch self {
        case .new: "New"
        case .changing: "Changing"
        case .unchanged: "Unchanged"
        case .nameTaken: "Name taken"
        case .failing: "Failing"
        case .leftAlone: "Left alone"
        case .missing: "Missing"
        }
    }

    /// For whoever has not seen it before.
    var explanation: String {
        switch self {
        case .new: "Has no account here yet: an import creates one, disabled."
        case .changing: "Has an account here, and an import changes it."
        case .unchanged: "Has an account here, as the file wants it."
        case .nameTaken: "Is to get a name that another account has, which is not ours, or that several could mean."
        case .failing: "The record cannot be imported, or not in full."
        case .leftAlone: "An import does nothing for this person."
        case .missing:
            "Has an account here, and no record in the file. Nobody can be imported who is not in it; an import of the "
                + "whole file deactivates the account, one of some of the people does not."
        }
    }
}

extension Roster.Entry {
    /// What an import does, in a line.
    var summary: String {
        if mark == .new { return (["Is created, disabled"] + memberships).joined(separator: " · ") }
        let fields = changes.map(\.field).filter { $0 != "memberOf" && $0 != "account" }
        var seen = Set<String>()
        let changed = fields.filter { seen.insert($0).inserted }.joined(separator: ", ")
        let state = changes.last { $0.field == "account" }.map { "becomes \($0.after.joined())" }
        return ([changed, state ?? ""] + memberships).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private var memberships: [String] {
        let groups = changes.filter { $0.field == "memberOf" }
        let (joins, leaves) = (groups.flatMap(\.after), groups.flatMap(\.before))
        return [
            joins.isEmpty ? "" : "joins \(joins.joined(separator: ", "))",
            leaves.isEmpty ? "" : "leaves \(leaves.joined(separator: ", "))",
        ].filter { !$0.isEmpty }
    }

    /// The first of what is in the way.
    var problem: String? {
        reasons.first ?? questions.first { $0.kind == .name }?.explanation
    }

    /// What an import asks beside that.
    var waitingWords: String {
        var seen = Set<String>()
        let words = questions.map(\.kind.word).filter { seen.insert($0).inserted }
        return "asks: " + words.joined(separator: ", ").lowercased()
    }
}
