public import Directory
import DistinguishedNames
import SyncPlan

extension ApprovalSession {
    public func suggestedPassword(for id: String) async throws(DeskError) -> Secret {
        guard let question = question(id), question.kind == .enable, let rules = await passwordRules(for: question)
        else {
            throw DeskError("this action takes no password")
        }
        var generator = SystemRandomNumberGenerator()
        do {
            return try maker.make(for: rules, using: &generator)
        } catch {
            throw DeskError("\(error)")
        }
    }

    public func problems(with password: Secret, for id: String) async -> [String] {
        guard let question = question(id), let rules = await passwordRules(for: question) else { return [] }
        return rules.problems(with: password)
    }

    public func problem(withNewName name: String, for id: String) async -> String? {
        guard let question = question(id), case .nameConflict(let conflict) = question.reason else {
            return "it is not asked any more"
        }
        // As if it were the answer already; nothing is written.
        do {
            let answered = try entries.answering(question, with: .accept(.newName(name)), at: ground.now)
            let imagined = try (await looked(at: Concern(records: question.concern.records), with: answered))
                .plan(answered, now: ground.now)
            return imagined.plan.problem(with: conflict.aspect, ofRecords: question.concern.records)
        } catch {
            return "it cannot be looked up now: \(error)"
        }
    }

    public func passwords() -> [IssuedPassword] { issued }

    public func archive(of numbers: Set<Int>, key: Secret) async throws(DeskError) -> [UInt8] {
        do {
            return try PasswordArchive.bytes(
                of: issued.filter { numbers.contains($0.number) }, key: key, at: ground.now)
        } catch {
            throw DeskError("\(error)")
        }
    }

    public func markExported(_ numbers: Set<Int>) {
        issued = issued.map { numbers.contains($0.number) ? $0.exported(at: ground.now) : $0 }
    }

    /// What a password of this user must be: the domain's policy, a fine-grained one included where it can be read.
    func passwordRules(for question: Question) async -> PasswordRules? {
        guard let dossier = plan.plan.dossier(of: question) else { return nil }
        var policy = world.target.domain.passwordPolicy
        if let account = dossier.account {
            if let known = policies[account.guid] {
                policy = known
            } else {
                let user = UserReference(guid: account.guid, name: account.name)
                // Without an answer the domain's own policy is what is known; the server has the last word anyway.
                if let read = try? await reading({ try await $0.passwordPolicy(of: user) }) {
                    policies[account.guid] = read
                    policy = read
                }
            }
        }
        let row = dossier.record?.attributes ?? dossier.account?.attributes
        return PasswordRules(
            policy: policy, accountName: dossier.person.accountName,
            displayName: row?["displayName"]?.all.first?.text ?? dossier.person.commonName)
    }

    /// Takes note of a password that the server has confirmed.
    func issue(_ operation: Operation) {
        guard case .enable(_, _, let enabling) = operation.change, let password = enabling.password else { return }
        issue(password, to: operation.person, mustChange: enabling.mustChangePassword)
    }

    /// For a request whose answer was lost: it was one step, so an account that is open now has the password, too.
    ///
    /// - Returns: whether it is.
    func issueIfEnabled(_ action: ApprovalAction, _ password: Secret?) -> Bool {
        let account = world.target.users.first { user in
            action.person.anchor.map { user.stamp.anchor == $0 }
                ?? user.commonName.isIdenticalText(to: action.person.commonName)
        }
        guard action.kind == .enable, let password, account?.isDisabled == false else { return false }
        issue(password, to: action.person, mustChange: material.policy.usersMustChangePassword)
        return true
    }

    private func issue(_ password: Secret, to person: Person, mustChange: Bool) {
        let account = world.target.users.first { $0.accountName.isIdenticalText(to: person.accountName) }
        issued.append(
            IssuedPassword(
                number: issued.count + 1, person: person,
                principalName: account?.userPrincipalName
                    ?? "\(person.accountName)@\(world.target.domain.principalNameSuffix)",
                password: password, mustChange: mustChange, setAt: ground.now, exportedAt: nil))
    }
}

extension IssuedPassword {
    fileprivate func exported(at time: Timestamp) -> IssuedPassword {
        IssuedPassword(
            number: number, person: person, principalName: principalName, password: password, mustChange: mustChange,
            setAt: setAt, exportedAt: exportedAt ?? time)
    }
}
