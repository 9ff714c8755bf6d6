import Approvals
import Directory
import SyncPlan

/// A whole page: the frame, and what stands in it.
struct LayoutView {
    struct Link {
        let word: String
        let href: String
        let count: String?
        let isCurrent: Bool
    }

    struct Work {
        let title: String
        let done: Int
        let total: Int
        let isRunning: Bool

        init(_ work: SessionOverview.Work) {
            title = work.title
            done = work.done
            total = work.total
            isRunning = !work.isFinished
        }
    }

    struct Lost {
        let since: MomentView
        let reason: String
    }

    let documentTitle: String
    let formToken: String
    /// Milliseconds; nil when pages are not watched.
    let heartbeat: Int?
    let links: [Link]
    let file: String
    let fileTime: MomentView?
    let container: String
    let server: String
    let lost: Lost?
    let warnings: [String]
    let running: Work?
    let unexported: Int
    let unexportedWords: String?
    let told: ToldView?
    /// The name of the template of the content.
    let content: String
    /// Of a page that changes by itself, without JavaScript.
    let refreshes: Bool
    let shown: Any
}

/// Where in the page one is.
enum Section: CaseIterable {
    case approvals, people, done, passwords

    var word: String {
        switch self {
        case .approvals: "Approvals"
        case .people: "People"
        case .done: "Done"
        case .passwords: "Passwords"
        }
    }

    var href: String {
        switch self {
        case .approvals: "/"
        case .people: "/people"
        case .done: "/done"
        case .passwords: "/passwords"
        }
    }
}

/// What became of the last thing that was asked for.
struct ToldView {
    let tone: String
    let headline: String
    let sentences: [String]

    init(_ told: Told) {
        switch told {
        case .message(let text): (tone, headline, sentences) = ("good", text, [])
        case .refusal(let text): (tone, headline, sentences) = ("bad", text, [])
        case .outcome(let outcome):
            let view = OutcomeView(outcome)
            tone = view.tone
            headline =
                "\(view.person): \(view.asked)\(view.object.map { " " + $0 } ?? "")\(view.said.map { " — " + $0 } ?? "")"
            sentences = [([view.resultWord] + view.sentences).joined(separator: " · ")]
        }
    }
}

/// Something to tell on the next page.
enum Told: Sendable {
    case outcome(DecisionOutcome)
    case message(String)
    case refusal(String)
}

struct OutcomeView {
    let tone: String
    let kind: String
    let kindWord: String
    let person: String
    let account: String
    let asked: String
    let object: String?
    /// Nil where ``asked`` says it already.
    let said: String?
    let resultWord: String
    let sentences: [String]
    let at: MomentView

    init(_ outcome: DecisionOutcome) {
        switch outcome.matter {
        case .action(let action):
            kind = action.kind.rawValue
            kindWord = action.kind.word
            person = action.subject
            account = action.person.accountName
            (asked, object) = action.asked
            said = outcome.said
        case .person(let person):
            kind = "import"
            kindWord = "Import"
            self.person = person.commonName
            account = person.accountName
            (asked, object) = (outcome.said.prefix(1).uppercased() + outcome.said.dropFirst(), nil)
            said = nil
        }
        at = MomentView(outcome.at)
        switch outcome.result {
        case .done(let changes): (tone, resultWord, sentences) = ("good", "Done", changes)
        case .recorded: (tone, resultWord, sentences) = ("good", "Recorded", [])
        case .failed(let why): (tone, resultWord, sentences) = ("bad", "Failed", [why])
        case .kept(let why): (tone, resultWord, sentences) = ("wait", "Kept", [why])
        case .obsolete(let why): (tone, resultWord, sentences) = ("wait", "Not asked any more", [why])
        }
    }
}
