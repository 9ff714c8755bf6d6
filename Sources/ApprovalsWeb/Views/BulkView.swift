import Approvals
import Directory
import SyncPlan

/// What a bulk button asks for.
enum BulkRequest: String, CaseIterable {
    case accept, reject, reset, enable, copy

    /// Those of the chosen actions that it can be done to.
    func applies(to action: ApprovalAction) -> Bool {
        switch self {
        case .accept: action.kind.takesPlainYes && !action.isAboutMany
        case .reject: action.state != .rejected
        case .reset: action.state != .waiting
        case .enable: action.kind == .enable
        case .copy: !action.isAboutMany
        }
    }

    func title(_ number: Int) -> String {
        let actions = counted(number, "action", "actions")
        return switch self {
        case .accept: "Accept \(actions)"
        case .reject: "Reject \(actions)"
        case .reset: "Take back the answers to \(actions)"
        case .enable: "Enable \(counted(number, "user", "users")) with generated passwords"
        case .copy: "Copy group memberships to the people of \(actions)"
        }
    }

    /// What will happen, and what it means for those it cannot be done to.
    var explanation: String {
        switch self {
        case .accept: "Each is performed at once, one after the other."
        case .reject: "The answers are stored; nothing is changed in the directory, and it is not asked again."
        case .reset: "What was not performed yet is asked again. What was done already stays."
        case .enable: "Each gets a password of his own by the configured scheme. They are listed under Passwords."
        case .copy: "What the configuration does not give is stored as a grant, so that the next import keeps it."
        }
    }

    var passedOver: String {
        switch self {
        case .accept: "need an answer of their own (a password, a name, a tick) and stay as they are"
        case .reject: "are rejected already"
        case .reset: "wait already"
        case .enable: "ask for something else than enabling and stay as they are"
        case .copy: "are decisions about many people and stay as they are"
        }
    }

    /// - Parameter shown: the groups of `user` as they were shown.
    func work(on ids: Set<String>, from user: GUID?, shown: [String]?) -> BulkWork? {
        switch self {
        case .accept: .accept(ids)
        case .reject: .reject(ids)
        case .reset: .reset(ids)
        case .enable: .enableWithGeneratedPasswords(ids)
        case .copy: user.map { .copyGroups(from: $0, shown: shown, toPeopleOf: ids) }
        }
    }
}

/// Asks once more, and for the model of a copy.
struct BulkView {
    struct Kind {
        let kind: String
        let kindWord: String
        let number: Int
    }

    struct Candidate {
        let id: String
        let name: String
        let login: String
        let groupNames: [String]
        /// The same for the form.
        let shown: String

        /// Between two names: no name of a group holds it.
        static let separator: Character = "\u{1F}"
    }

    let request: String
    let title: String
    let explanation: String
    let kinds: [Kind]
    let sample: [ListView.Row]
    let more: String?
    let passedOver: String?
    let ids: String
    let isPossible: Bool
    let isCopy: Bool
    let who: String
    let candidates: [Candidate]
    let isDangerous: Bool
    let view: String
    let back: String

    private static let sampleSize = 12

    init(_ request: BulkRequest, chosen: [ApprovalAction], query: ListQuery, who: String, users: [ManagedUser]) {
        let able = chosen.filter(request.applies)
        self.request = request.rawValue
        title = request.title(able.count)
        explanation = request.explanation
        kinds = ActionKind.allCases.compactMap { kind in
            let number = able.count { $0.kind == kind }
            return number == 0 ? nil : Kind(kind: kind.rawValue, kindWord: kind.word, number: number)
        }
        sample = able.prefix(Self.sampleSize).map { ListView.Row($0, query: query, current: nil) }
        more = able.count > Self.sampleSize ? "and \(able.count - Self.sampleSize) more" : nil
        passedOver =
            able.count == chosen.count
            ? nil : "\(counted(chosen.count - able.count, "action", "actions")) \(request.passedOver)."
        ids = able.map(\.id).joined(separator: " ")
        isPossible = !able.isEmpty
        isCopy = request == .copy
        self.who = who
        candidates = users.map {
            Candidate(
                id: $0.id.description, name: $0.person.commonName, login: $0.person.accountName, groupNames: $0.groups,
                shown: $0.groups.joined(separator: String(Candidate.separator)))
        }
        isDangerous = request == .reject
        view = query.encoded
        back = query.path()
    }
}

struct WorkView {
    let title: String
    let done: Int
    let total: Int
    let isRunning: Bool
    let words: String
    let failures: String?
    let outcomes: [OutcomeView]
    let back: String

    init(_ work: SessionOverview.Work) {
        title = work.title
        done = work.done
        total = work.total
        isRunning = !work.isFinished
        let failed = work.outcomes.count { if case .failed = $0.result { true } else { false } }
        words = "\(work.done) of \(work.total)" + (work.isFinished ? ", finished" : "")
        failures = failed == 0 ? nil : "\(failed) failed"
        back = work.outcomes.contains { $0.matter.isPerson } ? "/people" : "/"
        outcomes = work.outcomes.reversed().map(OutcomeView.init)
    }
}

extension DecisionOutcome.Matter {
    fileprivate var isPerson: Bool {
        if case .person = self { true } else { false }
    }
}
