import Directory
import DistinguishedNames

extension Plan {
    /// What a yes to the question does, step by step, in the directory's words. Empty where that depends on the answer.
    public func effects(of question: Question) -> [String] {
        switch question.consequence {
        case .replan: []
        case .operations(let operations): operations.map(\.change.effect)
        case .enable(let user, _, _):
            ["Sets the password of \(user.name) (unicodePwd)"]
                + (enabling.mustChangePassword ? ["Has it changed at the first sign-in (pwdLastSet: 0)"] : [])
                + (enabling.cannotChangePassword ? ["Denies the user to change it (Change Password, in the ACL)"] : [])
                + ["Enables the account (userAccountControl without ACCOUNTDISABLE)"]
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
