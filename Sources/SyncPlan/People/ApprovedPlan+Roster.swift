import Directory
import DistinguishedNames

extension ApprovedPlan {
    /// Everybody, as this plan sees them. Of a plan for a part, all but the part is unchanged.
    public var roster: Roster {
        let findings = Findings(self)
        let domain = plan.groups.target.domain
        let known = plan.subjects.map { subject in
            findings.entry(
                of: subject,
                Dossier(
                    record: subject.record, account: subject.user, person: subject.person,
                    wantedPrincipalName: subject.wantedPrincipalName(in: domain)))
        }
        let others = plan.unmatched.map { user in
            findings.entry(
                ofAccount: user,
                Dossier(record: nil, account: user, person: Person(user), wantedPrincipalName: nil))
        }
        let entries = (known + others).map { (key: PersonKey($0.person), entry: $0) }.sorted { $0.key < $1.key }
        return Roster(entries: entries.map(\.entry))
    }
}

/// What a plan has to say, by person.
private struct Findings {
    private let operations: [Person: [Operation]]
    private var questions: [Person: [Question]] = [:]
    private var failures: [Int: [String]] = [:]
    private var switchedOff: [Person: [LifeCycle.Step]] = [:]
    private var notes: [Person: [String]] = [:]

    init(_ plan: ApprovedPlan) {
        operations = Dictionary(grouping: plan.operations, by: \.person)
        for question in plan.pending + plan.rejected {
            guard question.isAboutSeveral else {
                questions[question.person, default: []].append(question)
                continue
            }
            for person in Set(question.members.map(\.person)) { questions[person, default: []].append(question) }
        }
        for failure in plan.plan.failures {
            guard let position = failure.position else { continue }
            let field = failure.field.map { "\($0): " } ?? ""
            failures[position, default: []].append(field + failure.reason)
        }
        for notice in plan.notices {
            switch notice {
            case .switchedOff(let step, let people):
                for person in people { switchedOff[person, default: []].append(step) }
            case .suspiciousName(let person, let why): notes[person, default: []].append(why)
            case .unusableAnswer(_, let person, let problem): notes[person, default: []].append(problem)
            case .needsNoPassword(let person):
                notes[person, default: []].append("the account may have an empty password (PASSWD_NOTREQD)")
            case .managersNotHere(let people):
                for person in people {
                    notes[person, default: []].append("the manager is not managed here, so none is set")
                }
            case .protected, .adopted, .restrictedByNesting: break
            }
        }
    }

    func entry(of subject: Subject, _ dossier: Dossier) -> Roster.Entry {
        let person = dossier.person
        let operations = operations[person] ?? []
        let questions = questions[person] ?? []
        let faults = failures[subject.record.position] ?? []
        let steps = switchedOff[person] ?? []
        func entry(_ mark: Roster.Mark, _ reasons: [String] = []) -> Roster.Entry {
            Roster.Entry(
                dossier: dossier, mark: mark, operations: operations, questions: questions,
                reasons: reasons + steps.map(\.told) + (notes[person] ?? []))
        }
        if let protection = subject.user?.protection { return entry(.leftAlone, [protection.rawValue]) }
        if !faults.isEmpty { return entry(.failing, faults) }
        if questions.contains(where: { $0.kind == .name }) { return entry(.nameTaken) }
        if !operations.isEmpty { return entry(subject.hasAccount ? .changing : .new) }
        if subject.hasAccount { return entry(.unchanged) }
        return entry(
            .leftAlone, subject.record.isDisabled ? ["disabled at the source: no account is created for that"] : [])
    }

    func entry(ofAccount user: DirectoryUser, _ dossier: Dossier) -> Roster.Entry {
        let person = dossier.person
        return Roster.Entry(
            dossier: dossier, mark: user.protection == nil ? .missing : .leftAlone,
            operations: operations[person] ?? [], questions: questions[person] ?? [],
            reasons: [user.protection?.rawValue].compactMap(\.self) + (switchedOff[person] ?? []).map(\.told))
    }
}

extension LifeCycle.Step {
    /// What a person is told by whom it would have concerned.
    fileprivate var told: String {
        switch self {
        case .create: "create is switched off: no account is made"
        case .update: "update is switched off: attributes, names and groups stay as they are"
        case .delete: "delete is switched off: the account is not deactivated, although it is disabled at the source"
        case .deleteMissing: "delete_missing is switched off: the account is not deactivated"
        case .restore: "restore is switched off: enabling is not offered"
        }
    }
}
