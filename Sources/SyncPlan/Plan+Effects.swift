import Directory
import DistinguishedNames

extension Plan {
    /// What a yes to the question does, step by step, in the directory's words. Empty where that depends on the answer.
    public func effects(of question: Question) -> [String] {
        switch question.consequence {
        case .replan: question.kind == .grant ? grantEffects(of: question) : nameEffects(of: question)
        case .operations(let operations): operations.map(\.change.effect)
        case .enable(let user, _, _):
            ["Sets the password of \(user.name) (unicodePwd)"]
                + (enabling.mustChangePassword ? ["Has it changed at the first sign-in (pwdLastSet: 0)"] : [])
                + (enabling.cannotChangePassword ? ["Denies the user to change it (Change Password, in the ACL)"] : [])
                + ["Enables the account (userAccountControl without ACCOUNTDISABLE)"]
        }
    }
}

extension Plan {
    private func grantEffects(of question: Question) -> [String] {
        guard let group = question.group.flatMap({ groups.target.groups[$0] }),
            let name = dossier(of: question)?.account?.name
        else { return [] }
        return [
            "Adds \(name) to member of \(group.name), which group_map does not give: the membership stays until the grant "
                + "is taken back"
        ]
    }

    /// What each of the possible answers to a name conflict does.
    private func nameEffects(of question: Question) -> [String] {
        guard case .nameConflict(let conflict) = question.reason, let dossier = dossier(of: question) else { return [] }
        let target = groups.target
        let wanted = target.container.name.appending(.commonName(dossier.person.commonName))
        var effects: [String] = []
        if case .ambiguous = conflict.cause {
            return ["Stamps the account that you choose with this person's anchor, and brings it up to date"]
        }
        if let account = dossier.account {
            effects.append("With a new name: changes \(conflict.aspect.rawValue) of \(account.name)")
        } else {
            effects.append("With a new name: creates the account in \(target.container.name), disabled")
        }
        if case .held(let holder) = conflict.cause, holder.takeOver.isAllowed {
            effects.append(
                "Taken over: moves \(holder.name) to \(wanted), stamps it with this person's anchor and overwrites its "
                    + "attributes with those of the file. It keeps its objectGUID, its password, and whether it is enabled; "
                    + "of the mapped groups it stays in those that group_map gives")
        }
        return effects
    }
}

extension NameConflict.TakeOver {
    fileprivate var isAllowed: Bool {
        switch self {
        case .possible, .onlyByName: true
        case .refused: false
        }
    }
}

extension DirectoryChange {
    fileprivate var effect: String {
        switch self {
        case .create(let user): "Creates \(user.name), disabled"
        case .update(let user, let update):
            "Changes \((update.replacements.map(\.name.description) + (update.expiry == nil ? [] : ["accountExpires"])).joined(separator: ", ")) of \(user.name)"
        case .rename(let user, let name): "Renames \(user.name) to \(name)"
        case .move(let user, let name): "Moves \(user.name) to \(name)"
        case .disable(let user, _): "Disables \(user.name) (ACCOUNTDISABLE in userAccountControl); nothing is deleted"
        case .enable(let user, _, _): "Enables \(user.name) (userAccountControl without ACCOUNTDISABLE)"
        case .join(let user, let group): "Adds \(user.name) to member of \(group.name)"
        case .leave(let user, let group): "Removes \(user.name) from member of \(group.name)"
        }
    }
}
