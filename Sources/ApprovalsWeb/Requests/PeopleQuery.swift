import Approvals
import SyncPlan

/// What of the people is looked at: the query of the address, and nothing else.
struct PeopleQuery: Sendable, Equatable {
    /// Parts of names, or an LDAP filter.
    var text = ""
    var mark: Roster.Mark?
    /// From 1.
    var page = 1

    static let rowsPerPage = 100

    /// Longer than any filter that somebody types.
    private static let longestText = 1000

    init() {}

    init(_ fields: FormFields) {
        text = String((fields["q"] ?? "").unicodeScalars.prefix(Self.longestText).map(Character.init))
        mark = fields["mark"].flatMap(Roster.Mark.init)
        page = max(1, fields["page"].flatMap { Int($0) } ?? 1)
    }

    /// As a form carries it along.
    var encoded: String {
        var fields: [(name: String, value: String)] = []
        if !text.isEmpty { fields.append(("q", text)) }
        if let mark { fields.append(("mark", mark.rawValue)) }
        if page != 1 { fields.append(("page", String(page))) }
        return FormFields.encode(fields)
    }

    func path(_ base: String = "/people") -> String { encoded.isEmpty ? base : base + "?" + encoded }

    func with(_ change: (inout PeopleQuery) -> Void) -> PeopleQuery {
        var copy = self
        copy.page = 1
        change(&copy)
        return copy
    }

    /// Those with the mark, of all that the text finds.
    func matching(_ found: FoundPeople) -> [Roster.Entry] {
        mark.map { mark in found.entries.filter { $0.mark == mark } } ?? found.entries
    }
}

extension FormFields {
    /// Where among the people the form stood.
    var people: PeopleQuery { PeopleQuery(FormFields(urlEncoded: self["view"] ?? "")) }
}
