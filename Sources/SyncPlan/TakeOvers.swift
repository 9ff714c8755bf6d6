import Directory
import DistinguishedNames

extension Matching {
    /// Gives accounts outside the container to the persons an operator named, where the rules allow it.
    ///
    /// Each change of names here changes what the person claims, so the claims come back with the subjects.
    func takingOver(
        _ register: NameRegister, _ relations: HolderRelations
    ) -> (subjects: [Subject], claims: [Int: [NameClaim]]) {
        var subjects = subjects
        var claims = triage.claims
        var choices: [GUID: [(index: Int, aspect: NameConflict.Aspect, user: DirectoryUser)]] = [:]
        for index in claims.keys.sorted() where !subjects[index].names.decisions.takeOvers.isEmpty {
            let subject = subjects[index]
            for claim in claims[index] ?? [] {
                guard let answer = subject.names.decisions.takeOvers[claim.aspect] else { continue }
                let holder = register.obstacles(to: claim, except: subject.user?.guid).lazy.compactMap(\.holder).first
                guard let holder, case .user(let user, _) = holder.kind else { continue }
                let described = relations.holder(.other(holder), for: subject)
                let problem =
                    stranger(user, subject.names.decisions.holders[claim.aspect])
                    ?? problem(with: answer, to: user, described.takeOver)
                if let problem {
                    subjects[index].names.decisions.problems[claim.aspect] = problem
                } else {
                    choices[user.guid, default: []].append((index, claim.aspect, user))
                    break
                }
            }
        }
        for choice in choices.values {
            let isContested = Set(choice.map(\.index)).count > 1
            for (index, aspect, user) in choice {
                if isContested {
                    subjects[index].names.decisions.problems[aspect] =
                        "another answer gives the same account to another"
                } else {
                    subjects[index].match = .takeOver(user)
                    claims[index] = subjects[index].changedClaims(in: planner.target)
                }
            }
        }
        return (subjects, claims)
    }

    /// Whoever answered looked at one account; by now the name may be another's.
    private func stranger(_ user: DirectoryUser, _ expected: GUID?) -> String? {
        guard let expected, expected != user.guid else { return nil }
        return
            "when that was answered, another account had the name; now it is \(user.name): look at it, and answer again"
    }

    private func problem(
        with answer: Resolution.TakeOver, to user: DirectoryUser, _ rule: NameConflict.TakeOver
    ) -> String? {
        if case .account(let typed) = answer, NameKey(typed) != NameKey(user.accountName) {
            return "take_over_account says \(typed), but the name is held by \(user.accountName)"
        }
        switch (rule, answer) {
        case (.refused(let reason), _): return "the account cannot be taken over: \(reason)"
        case (.onlyByName, .holder): return "the account is taken over only when take_over_account is its account name"
        case (.onlyByName, .account), (.possible, _): return nil
        }
    }
}
