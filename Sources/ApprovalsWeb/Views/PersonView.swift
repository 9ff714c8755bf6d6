import Approvals
import Directory
import DistinguishedNames
import SyncPlan

/// The people, and beside them one of them.
struct PeopleBenchView {
    let list: PeopleView
    let detail: PersonView?
    let gone: Bool
    let hasDetail: Bool

    init(list: PeopleView, detail: PersonView?, gone: Bool) {
        self.list = list
        self.detail = detail
        self.gone = gone
        hasDetail = detail != nil || gone
    }
}

/// One person: the mark, what an import changes, what it asks, what is known.
struct PersonView {
    struct Change {
        let label: String
        let before: [String]
        let after: [String]
    }

    struct Asked {
        let kind: String
        let kindWord: String
        let reason: String
        /// Nil while the session is not for this person: it is asked once he is imported.
        let href: String?
    }

    let id: String
    let mark: String
    let markWord: String
    let explanation: String
    let name: String
    let login: String
    let reasons: [String]
    let isImportable: Bool
    let hasChanges: Bool
    let changesTitle: String
    let changes: [Change]
    let hasQuestions: Bool
    let questions: [Asked]
    let hasAttributes: Bool
    let hereTitle = "Here"
    let attributes: [DetailView.Attribute]
    let view: String
    let back: String
    let previous: DetailView.Neighbour?
    let next: DetailView.Neighbour?
    let position: String?

    /// - Parameter asked: the ids of the actions that the session asks.
    init(_ detail: PersonDetail, asked: Set<String>, among found: [Roster.Entry], query: PeopleQuery) {
        let entry = detail.entry
        id = entry.id
        mark = entry.mark.rawValue
        markWord = entry.mark.word
        explanation = entry.mark.explanation
        name = entry.person.commonName
        login = entry.person.accountName
        reasons = entry.reasons
        isImportable = entry.isImportable
        changes = entry.changes.map { Change(label: $0.field, before: $0.before, after: $0.after) }
        hasChanges = !changes.isEmpty
        changesTitle = entry.isImportable ? "What an import changes" : "What an import of the whole file changes"
        questions = entry.questions.map { question in
            let id = question.id.description
            return Asked(
                kind: question.kind.rawValue, kindWord: question.kind.word, reason: question.sentence,
                href: asked.contains(id) ? "/actions/\(id)" : nil)
        }
        hasQuestions = !questions.isEmpty
        attributes = detail.attributes.map {
            DetailView.Attribute(label: $0.name, inFile: $0.inFile, here: $0.here, differs: $0.differs)
        }
        hasAttributes = !attributes.isEmpty
        view = query.encoded
        back = query.path()
        let index = found.firstIndex { $0.id == entry.id }
        let neighbour = { (offset: Int) in
            index.map { $0 + offset }.flatMap { found.indices.contains($0) ? found[$0] : nil }
                .map { DetailView.Neighbour(href: query.path("/people/\($0.id)")) }
        }
        previous = neighbour(-1)
        next = neighbour(1)
        position = index.map { "\($0 + 1) of \(found.count)" }
    }
}

extension Question {
    fileprivate var sentence: String {
        let group = group.map { "\($0.leaf?.value ?? $0.description): " } ?? ""
        return group + explanation
    }
}
