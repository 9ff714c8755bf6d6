public import Directory
import DistinguishedNames
import Synchronization

/// A domain in memory, behind the same two ports as Active Directory, with the rules of AD that a plan has to keep:
/// unique names, compare-and-set of `userAccountControl`, rename by the current name, disabled on creation.
public final class InMemoryDirectory: DirectoryConnection {
    struct State: Sendable {
        var accounts: [GUID: Account] = [:]
        var others: [GUID: OtherObject] = [:]
        var created = 0
        var operations = 0
        /// Every change that was sent, in order.
        var history: [DirectoryChange] = []
        /// Looked at before anything else: what the server is to refuse.
        var refusal: (@Sendable (DirectoryChange) -> DirectoryFailure?)?
        /// Of those users whose policy is not the domain's own.
        var passwordPolicies: [GUID: PasswordPolicy] = [:]
        /// Kept beside the accounts, so that a thousand of them stay quick.
        var guidsByName: [DistinguishedName: GUID] = [:]
        var guidsByAccountName: [NameKey: GUID] = [:]
        var guidsByPrincipalName: [NameKey: GUID] = [:]
    }

    let state = Mutex(State())

    public init(_ accounts: [Account] = [], others: [OtherObject] = []) {
        state.withLock { state in
            for account in accounts { state.put(account) }
            for other in others { state.put(other) }
        }
    }

    public var accounts: [Account] {
        state.withLock { $0.accounts.values.sorted { $0.guid < $1.guid } }
    }

    public var history: [DirectoryChange] { state.withLock { $0.history } }

    public func account(_ accountName: String) -> Account? {
        state.withLock { state in
            state.guidsByAccountName[NameKey(accountName)].flatMap { state.accounts[$0] }
        }
    }

    /// From now on `decide` may refuse changes; it is asked before the directory's own rules.
    public func refuse(_ decide: @escaping @Sendable (DirectoryChange) -> DirectoryFailure?) {
        state.withLock { $0.refusal = decide }
    }

    /// Somebody else's doing: an administrator's, in between.
    public func edit(_ accountName: String, _ change: (inout Account) -> Void) {
        state.withLock { state in
            guard let guid = state.guidsByAccountName[NameKey(accountName)], var account = state.accounts[guid] else {
                preconditionFailure("nobody is called \(accountName)")
            }
            state.remove(account)
            change(&account)
            state.put(account)
        }
    }

    /// What ``passwordPolicy(of:)`` tells of a user from now on; his passwords are taken whatever it asks.
    public func setPasswordPolicy(_ policy: PasswordPolicy, for accountName: String) {
        state.withLock { state in
            guard let guid = state.guidsByAccountName[NameKey(accountName)] else {
                preconditionFailure("nobody is called \(accountName)")
            }
            state.passwordPolicies[guid] = policy
        }
    }

    public func delete(_ accountName: String) {
        state.withLock { state in
            guard let guid = state.guidsByAccountName[NameKey(accountName)], let account = state.accounts[guid] else {
                return
            }
            state.remove(account)
        }
    }

    public func insert(_ account: Account) { state.withLock { $0.put(account) } }
    public func insert(_ other: OtherObject) { state.withLock { $0.put(other) } }
}

extension InMemoryDirectory.State {
    mutating func put(_ account: Account) {
        accounts[account.guid] = account
        guidsByName[account.name] = account.guid
        guidsByAccountName[NameKey(account.accountName)] = account.guid
        if let principalName = account.userPrincipalName { guidsByPrincipalName[NameKey(principalName)] = account.guid }
    }

    mutating func put(_ other: OtherObject) {
        others[other.guid] = other
        guidsByName[other.name] = other.guid
        if let accountName = other.accountName { guidsByAccountName[NameKey(accountName)] = other.guid }
    }

    mutating func remove(_ account: Account) {
        accounts[account.guid] = nil
        guidsByName[account.name] = nil
        guidsByAccountName[NameKey(account.accountName)] = nil
        if let principalName = account.userPrincipalName { guidsByPrincipalName[NameKey(principalName)] = nil }
    }

    func group(_ commonName: String) -> OtherObject? {
        others.values.first { $0.kind == .group && $0.name.leaf?.value == commonName }
    }
}
