import Approvals
import Directory
import SyncPlan

/// Shows what the import of some people would do, and asks once more; and for whose memberships they get.
struct PeopleImportView {
    struct Line {
        let mark: String
        let markWord: String
        let name: String
        let login: String
        let what: String
        let problem: String?
        let waits: String?
    }

    struct Candidate {
        struct Group {
            let name: String
            let isRestricted: Bool
        }

        let id: String
        let name: String
        let login: String
        let groups: [Group]
        /// The same for the form.
        let shown: String
        let isChosen: Bool
    }

    let title: String
    let choice: String
    let view: String
    let back: String
    let passedOver: String?
    let isPossible: Bool
    let enables: Bool
    let like: String
    let isSearched: Bool
    let takesNobody: Bool
    let candidates: [Candidate]
    let lines: [Line]
    let more: String?

    /// So many are shown one by one.
    private static let sampleSize = 40

    init(
        _ entries: [Roster.Entry], choice: Int, chosen: Int, query: PeopleQuery, form: FormFields, models: [ModelPerson]
    ) {
        title = entries.count == 1 ? "Import \(entries[0].person.commonName)" : "Import \(entries.count) people"
        self.choice = String(choice)
        view = query.encoded
        back = query.path()
        passedOver =
            chosen == entries.count
            ? nil : "\(counted(chosen - entries.count, "person", "people")) of the chosen cannot be imported: missing."
        isPossible = !entries.isEmpty
        enables = form["enable"] == "yes"
        like = form["like"] ?? ""
        isSearched = !like.isEmpty
        let from = form["from"] ?? ""
        takesNobody = !models.contains { $0.id == from }
        candidates = models.map { model in
            Candidate(
                id: model.id, name: model.person.commonName, login: model.person.accountName,
                groups: model.groups.map { Candidate.Group(name: $0.name, isRestricted: $0.isRestricted) },
                shown: model.groups.map(\.name).joined(separator: String(BulkView.Candidate.separator)),
                isChosen: model.id == from)
        }
        lines = entries.prefix(Self.sampleSize).map { entry in
            Line(
                mark: entry.mark.rawValue, markWord: entry.mark.word, name: entry.person.commonName,
                login: entry.person.accountName, what: entry.summary.isEmpty ? "Nothing changes" : entry.summary,
                problem: entry.problem, waits: entry.questions.isEmpty ? nil : entry.waitingWords)
        }
        more = entries.count > Self.sampleSize ? "and \(entries.count - Self.sampleSize) more" : nil
    }
}
