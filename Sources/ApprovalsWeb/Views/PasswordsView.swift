import Approvals
import Directory
import SyncPlan

struct PasswordsView {
    struct Row {
        let number: Int
        let name: String
        let login: String
        let principal: String?
        let password: String
        let mustChange: Bool
        let setAt: MomentView
        let exportedAt: MomentView?
        let isChosen: Bool

        init(_ issued: IssuedPassword) {
            number = issued.number
            name = issued.person.commonName
            login = issued.person.accountName
            principal = issued.principalName
            password = issued.password.reveal()
            mustChange = issued.mustChange
            setAt = MomentView(issued.setAt)
            exportedAt = issued.exportedAt.map(MomentView.init)
            isChosen = issued.exportedAt == nil
        }
    }

    let rows: [Row]
    let isEmpty: Bool
    let summary: String
    let problem: String?

    init(_ passwords: [IssuedPassword], problem: String? = nil) {
        rows = passwords.map(Row.init)
        isEmpty = passwords.isEmpty
        let open = passwords.count { $0.exportedAt == nil }
        summary =
            "\(counted(passwords.count, "password", "passwords")) set in this session, "
            + (open == 0 ? "all handed over" : "\(open) not handed over yet")
        self.problem = problem
    }
}

struct SheetsView {
    let rows: [PasswordsView.Row]
    let numbers: String
    let isEmpty: Bool
    let words: String

    init(_ passwords: [IssuedPassword]) {
        rows = passwords.map(PasswordsView.Row.init)
        numbers = passwords.map { String($0.number) }.joined(separator: " ")
        isEmpty = passwords.isEmpty
        words = counted(passwords.count, "sheet", "sheets")
    }
}

struct DoneView {
    let outcomes: [OutcomeView]
    let isEmpty: Bool
    let summary: String

    init(_ history: [DecisionOutcome]) {
        outcomes = history.map(OutcomeView.init)
        isEmpty = history.isEmpty
        summary = counted(history.count, "decision", "decisions") + " in this session, latest first"
    }
}

/// A question before something that cannot be taken back.
struct FinishView {
    let unexported: String?
    let waiting: String?
    let isWorking: Bool
    /// That wait for the directory.
    let kept: String?
}
