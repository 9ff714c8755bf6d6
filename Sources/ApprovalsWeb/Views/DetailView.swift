import Approvals
import Directory
import DistinguishedNames
import SyncPlan

/// One action, with the form that answers it.
struct DetailView {
    struct Member {
        let name: String
        let login: String
        /// That this person would leave.
        let group: String?
    }

    struct Attribute {
        let label: String
        let inFile: [String]
        let here: [String]
        let differs: Bool
    }

    struct Neighbour {
        let href: String
    }

    let id: String
    let kind: String
    let kindWord: String
    let person: String
    let account: String?
    let asked: String
    let object: String?
    let reason: String
    let warnings: [String]
    let state: String
    let stateWord: String
    let isAnswered: Bool
    let problem: String?
    let members: [Member]
    let isMany: Bool
    let memberWords: String
    let hasAttributes: Bool
    /// Above what the file is compared with.
    let hereTitle: String
    let attributes: [Attribute]
    let effects: [String]
    let acceptWord: String
    let plain: Bool
    let enable: EnableFormView?
    let name: NameFormView?
    let view: String
    let back: String
    let previous: Neighbour?
    let next: Neighbour?
    let position: String?

    init(_ detail: ActionDetail, actions: [ApprovalAction], query: ListQuery, attempt: Attempt) {
        let action = detail.action
        id = action.id
        kind = action.kind.rawValue
        kindWord = action.kind.word
        person = action.subject
        account = action.isAboutMany ? nil : action.person.accountName
        (asked, object) = action.asked
        reason = action.reason
        warnings = action.warnings
        state = action.state.rawValue
        stateWord = action.state.word
        isAnswered = action.state != .waiting
        problem = action.problem
        members = action.members.map { member in
            Member(
                name: member.person.commonName, login: member.person.accountName,
                group: member.group.map { $0.leaf?.value ?? $0.description })
        }
        isMany = action.isAboutMany
        hasAttributes = !detail.attributes.isEmpty
        hereTitle =
            switch detail.counterpart {
            case .ownAccount: "Here"
            case .holderOfName: "Who has the name"
            }
        memberWords = action.memberWords
        attributes = detail.attributes.map { attribute in
            Attribute(
                label: attribute.name, inFile: attribute.inFile, here: attribute.here, differs: attribute.differs)
        }
        effects = detail.effects
        acceptWord = action.acceptWord
        switch detail.form {
        case .plain: (plain, enable, name) = (true, nil, nil)
        case .enable(let form): (plain, enable, name) = (false, EnableFormView(form, attempt: attempt), nil)
        case .name(let form): (plain, enable, name) = (false, nil, NameFormView(form, attempt: attempt))
        }
        view = query.encoded
        back = query.path()
        let found = query.matching(actions)
        let index = found.firstIndex { $0.id == action.id }
        let neighbour = { (offset: Int) in
            index.map { $0 + offset }.flatMap { found.indices.contains($0) ? found[$0] : nil }
                .map { Neighbour(href: query.path("/actions/\($0.id)")) }
        }
        previous = neighbour(-1)
        next = neighbour(1)
        position = index.map { "\($0 + 1) of \(found.count)" }
    }
}

/// What the operator typed, and what is wrong with it.
struct Attempt {
    var password = ""
    var newName = ""
    var account = ""
    var problems: [String] = []
}

struct EnableFormView {
    let password: String
    let policy: [String]
    let problems: [String]
    let mayKeepPassword: Bool

    init(_ form: AnswerForm.Enable, attempt: Attempt) {
        password = attempt.password
        policy = form.policy
        problems = attempt.problems
        mayKeepPassword = form.mayKeepPassword
    }
}

struct NameFormView {
    struct Holder {
        let login: String
    }

    let aspect: String
    let cause: String
    let takesNewName: Bool
    let newName: String
    let nameProblems: [String]
    let possible: Holder?
    let byTyping: Bool
    let typingReasons: [String]
    let typed: String
    let isChoice: Bool
    let choice: [String]
    let refused: String?
    /// The account shown; an answer is about no other.
    let holder: String

    init(_ form: AnswerForm.Name, attempt: Attempt) {
        aspect = form.aspect
        cause = form.cause
        takesNewName = form.takesNewName
        newName = attempt.newName
        nameProblems = attempt.problems
        typed = attempt.account
        holder = form.holder?.description ?? ""
        isChoice = if case .choice = form.takeOver { true } else { false }
        possible = if case .possible(let account) = form.takeOver { Holder(login: account) } else { nil }
        byTyping = if case .byTyping = form.takeOver { true } else { false }
        typingReasons = if case .byTyping(let reasons) = form.takeOver { reasons } else { [] }
        choice = if case .choice(let accounts) = form.takeOver { accounts } else { [] }
        refused = if case .refused(let why) = form.takeOver { why } else { nil }
    }
}
