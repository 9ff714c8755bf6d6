import Directory
import DistinguishedNames

extension Matching {
    /// Gives accounts outside the container to the persons an operator named, where the rules allow it.
    func takingOver(_ register: NameRegister, _ relations: HolderRelations) -> [Subject] {
        var result = subjects
        var taken = Set<GUID>()
        for index in result.indices where result[index].match == .new && !result[index].names.takeOvers.isEmpty {
            guard result[index].isWanted else { continue }
            let subject = result[index]
            for claim in subject.changedClaims(in: planner.target) {
                guard let answer = subject.names.takeOvers[claim.aspect] else { continue }
                guard case .other(let holder)? = register.obstacles(to: claim, except: nil).first?.occupant,
                    case .user(let user, _) = holder.kind
                else { continue }
                let described = relations.holder(.other(holder), for: subject)
                if let problem = problem(with: answer, to: user, described.takeOver) {
                    result[index].names.problems[claim.aspect] = problem
                } else if taken.insert(user.guid).inserted {
                    result[index].match = .takeOver(user)
                    break
                }
            }
        }
        return result
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
