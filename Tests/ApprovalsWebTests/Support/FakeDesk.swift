import Approvals
import Directory
import SyncPlan

/// A desk with scripted people: what is decided is done, and remembered, without a directory.
actor FakeDesk: ApprovalDesk {
    struct Decided: Equatable {
        let decision: Decision
        let id: String
    }

    private(set) var decided: [Decided] = []
    private(set) var works: [BulkWork] = []
    private(set) var exported: Set<Int> = []
    private(set) var archiveKeys: [Secret] = []
    private(set) var reconnects = 0
    private(set) var imports = 0
    private var list: [ApprovalAction]
    private var details: [String: ActionDetail]
    private var outcomes: [DecisionOutcome] = []
    private var issued: [IssuedPassword]
    private var directory = SessionOverview.Directory.connected
    private var warnings: [String] = []
    private var work: SessionOverview.Work?
    private var suggestions = 0
    private var answers: [String: DecisionOutcome.Result] = [:]
    let roster: Roster
    var imported: [PeopleImport] = []

    static let time = Timestamp(unixSeconds: 1_795_231_606)

    init(
        details: [ActionDetail] = [], actions: [ApprovalAction] = [], passwords: [IssuedPassword] = [],
        roster: Roster = Roster(entries: [])
    ) {
        self.roster = roster
        list = details.map(\.action) + actions
        self.details = Dictionary(details.map { ($0.action.id, $0) }) { first, _ in first }
        issued = passwords
    }

    func answer(_ id: String, with result: DecisionOutcome.Result) { answers[id] = result }

    func lose(_ reason: String) { directory = .lost(since: Self.time, reason) }

    func find() { directory = .connected }

    func warn(_ sentence: String) { warnings.append(sentence) }

    func set(_ work: SessionOverview.Work?) { self.work = work }

    func overview() -> SessionOverview {
        SessionOverview(
            file: "/srv/transfer/users.json", fileTime: Self.time, container: "OU=Partners,DC=target,DC=test",
            server: "dc1.target.test", directory: directory, warnings: warnings, work: work,
            unexportedPasswords: issued.count { $0.exportedAt == nil })
    }

    func actions() -> [ApprovalAction] { list }

    func detail(of id: String) -> ActionDetail? {
        if let detail = details[id] { return detail }
        return list.first { $0.id == id }.map {
            ActionDetail(action: $0, attributes: [], effects: [], form: form(of: $0))
        }
    }

    private func form(of action: ApprovalAction) -> AnswerForm {
        action.kind == .enable ? .enable(.init(mayKeepPassword: false, policy: People.policy)) : .plain
    }

    func history() -> [DecisionOutcome] { outcomes }

    func decide(_ decision: Decision, about id: String) -> DecisionOutcome? {
        decided.append(Decided(decision: decision, id: id))
        guard let action = list.first(where: { $0.id == id }) else { return nil }
        let result = answers[id] ?? .done(["\(action.person.commonName): changed"])
        switch result {
        case .failed, .kept: break
        case .done, .recorded, .obsolete: list.removeAll { $0.id == id }
        }
        if case .accept(.enable(let password?)) = decision, case .done = result {
            issued.append(
                IssuedPassword(
                    number: issued.count + 1, person: action.person,
                    principalName: "\(action.person.accountName)@target.test", password: password, mustChange: true,
                    setAt: Self.time, exportedAt: nil))
        }
        let said = decision == .reject ? "rejected" : decision == .reset ? "taken back" : "accepted"
        let outcome = DecisionOutcome(action: action, said: said, result: result, at: Self.time)
        outcomes.insert(outcome, at: 0)
        return outcome
    }

    func begin(_ work: BulkWork) throws(DeskError) {
        if self.work?.isFinished == false { throw DeskError("Other work is still under way.") }
        works.append(work)
        self.work = SessionOverview.Work(title: "Working", done: 0, total: 1, outcomes: [], isFinished: false)
    }

    func suggestedPassword(for id: String) throws(DeskError) -> Secret {
        suggestions += 1
        return Secret("Tuvo-Kimal-Resa-\(suggestions)7")
    }

    func problems(with password: Secret, for id: String) -> [String] {
        password.reveal().count < 12 ? [People.policy[0]] : []
    }

    func problem(withNewName name: String, for id: String) -> String? {
        name == "taken" ? "\"taken\" is held by CN=Somebody Else." : nil
    }

    func managedUsers(matching text: String, limit: Int) -> [ManagedUser] {
        Array(People.models.filter { $0.person.commonName.lowercased().hasPrefix(text.lowercased()) }.prefix(limit))
    }

    func passwords() -> [IssuedPassword] { issued }

    func archive(of numbers: Set<Int>, key: Secret) throws(DeskError) -> [UInt8] {
        archiveKeys.append(key)
        return Array("PK".utf8) + [3, 4]
    }

    func markExported(_ numbers: Set<Int>) {
        exported.formUnion(numbers)
        issued = issued.map { one in
            guard numbers.contains(one.number) else { return one }
            return IssuedPassword(
                number: one.number, person: one.person, principalName: one.principalName, password: one.password,
                mustChange: one.mustChange, setAt: one.setAt, exportedAt: Self.time)
        }
    }

    func importAgain() throws(DeskError) { imports += 1 }

    func reconnect() { reconnects += 1 }
}
