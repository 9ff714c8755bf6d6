import Directory
import DistinguishedNames
import SyncPlan
import SyncRun

extension ApprovalSession {
    public func overview() -> SessionOverview {
        SessionOverview(
            file: material.file, fileTime: material.source.timestamp,
            container: world.target.container.name.description, server: world.target.domain.server, directory: state,
            warnings: [untidy].compactMap(\.self) + material.warnings + plan.brakes.map(\.sentence), work: work,
            unexportedPasswords: issued.count { $0.exportedAt == nil }, keptAnswers: kept.count)
    }

    public func actions() -> [ApprovalAction] {
        let answers = Answers(entries)
        return plan.plan.questions.map { action($0, answers) }
    }

    public func history() -> [DecisionOutcome] { decided.reversed() }

    public func detail(of id: String) async -> ActionDetail? {
        guard let question = question(id) else { return nil }
        let dossier = plan.plan.dossier(of: question)
        let rules = question.kind == .enable ? await passwordRules(for: question) : nil
        let holder = dossier?.account == nil ? holder(in: question) : nil
        return ActionDetail(
            action: action(question, Answers(entries)),
            attributes: dossier.map { attributes($0, comparedWith: holder ?? $0.account) } ?? [],
            counterpart: holder == nil ? .ownAccount : .holderOfName, effects: plan.plan.effects(of: question),
            form: question.form(rules))
    }

    public func managedUsers(matching text: String, limit: Int) -> [ManagedUser] {
        let wanted = NameKey(text).description
        let found = world.target.users.lazy.filter { user in
            user.protection == nil
                && (wanted.isEmpty || NameKey(user.commonName).description.contains(wanted)
                    || NameKey(user.accountName).description.contains(wanted))
        }
        return found.prefix(limit).map { user in
            ManagedUser(
                id: user.guid,
                person: Person(user),
                groups: plan.plan.commonNames(of: user.groups))
        }
    }

    func question(_ id: String) -> Question? { plan.plan.questions.first { $0.id.description == id } }

    func action(_ question: Question, _ answers: Answers) -> ApprovalAction {
        let id = question.id.description
        let state: ApprovalAction.State =
            switch answers.latest(to: question)?.accept {
            case nil: .waiting
            case true?: .accepted
            case false?: .rejected
            }
        return ApprovalAction(
            id: id, kind: question.kind, person: question.person, group: question.group?.description,
            name: question.name, members: question.members, reason: question.explanation,
            warnings: question.warnings, state: state,
            problem: problems[id] ?? plan.problem(withAnswerTo: question.id))
    }

    /// The person's account that holds the name in conflict, as it was read: whose it is can be told by its attributes.
    private func holder(in question: Question) -> DirectoryUser? {
        guard case .nameConflict(let conflict) = question.reason, case .held(by: let holder) = conflict.cause else {
            return nil
        }
        if let managed = account(holder.guid) { return managed }
        guard let found = world.holders.first(where: { $0.guid == holder.guid }), case .user(let user, _) = found.kind
        else { return nil }
        return user
    }

    func attributes(
        _ dossier: Dossier, comparedWith account: DirectoryUser?
    ) -> [ActionDetail.Attribute] {
        let record = dossier.record
        let areBoth = record != nil && account != nil
        func row(_ name: String, _ inFile: [String], _ here: [String], compared: Bool = true) -> ActionDetail.Attribute
        {
            ActionDetail.Attribute(name: name, inFile: inFile, here: here, isCompared: compared && areBoth)
        }
        func row(_ name: String, _ inFile: String?, _ here: String?, compared: Bool = true) -> ActionDetail.Attribute {
            row(name, [inFile].compactMap(\.self), [here].compactMap(\.self), compared: compared)
        }
        var rows = [
            row("cn", record.map { _ in dossier.person.commonName }, account?.commonName),
            row("sAMAccountName", record.map { _ in dossier.person.accountName }, account?.accountName),
            row(
                "userPrincipalName", dossier.wantedPrincipalName, account?.userPrincipalName,
                compared: dossier.wantedPrincipalName != nil),
            row(
                "account", record.map { $0.isDisabled ? "disabled" : "active" },
                account.map { $0.isDisabled ? "disabled" : "enabled" }, compared: false),
            row("accountExpires", record?.expiry.text, account?.expiry.text, compared: false),
            row(
                "memberOf", record?.groups.map(\.description) ?? [],
                account.map { plan.plan.commonNames(of: $0.groups) } ?? [], compared: false),
            row("distinguishedName", nil, account?.name.description, compared: false),
        ]
        let names = record?.attributes.names ?? account?.attributes.names ?? []
        for name in names where name != "userPrincipalName" {
            rows.append(
                row(
                    name.description, record?.attributes[name]?.all.map(\.shown) ?? [],
                    account?.attributes[name]?.all.map(\.shown) ?? []))
        }
        return rows.filter { !$0.inFile.isEmpty || !$0.here.isEmpty }
    }
}

extension ApprovedPlan {
    /// What is wrong with the answer given to a question, where it cannot be performed as it stands.
    func problem(withAnswerTo id: ActionID) -> String? {
        for case .unusableAnswer(id, _, let text) in notices { return text }
        return nil
    }
}

extension Question {
    fileprivate func form(_ rules: PasswordRules?) -> AnswerForm {
        switch reason {
        case .newUser, .returned:
            .enable(AnswerForm.Enable(mayKeepPassword: mayKeepPassword, policy: rules?.sentences ?? []))
        case .nameConflict(let conflict): .name(conflict.form)
        case .deactivation, .tooManyDeactivations, .restrictedGroup, .privilegedGroup, .leavingNeedsApproval,
            .leavingIsDecided, .tooManyLeaves:
            .plain
        }
    }
}

extension NameConflict {
    fileprivate var form: AnswerForm.Name {
        var takeOver = AnswerForm.Name.TakeOver.refused("no account holds the name")
        var takesNewName = true
        var account: GUID?
        switch cause {
        case .held(let holder):
            account = holder.guid
            switch holder.takeOver {
            case .possible: takeOver = .possible(account: holder.accountName ?? holder.name.description)
            case .onlyByName(let reasons): takeOver = .byTyping(reasons: reasons.map(\.explanation))
            case .refused(let reason): takeOver = .refused(reason)
            }
        case .wantedByRecords: break
        case .ambiguous(let accounts):
            takeOver = .choice(accounts)
            takesNewName = false
        }
        return AnswerForm.Name(
            aspect: aspect.rawValue, cause: explanation, takeOver: takeOver, takesNewName: takesNewName,
            holder: account)
    }
}
