public import Directory
import DistinguishedNames
import Synchronization

extension InMemoryDirectory {
    public func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        perform(changes, outcome: outcome)
    }

    /// The same without the detour over tasks.
    public func perform(
        _ changes: [DirectoryChange], outcome: (Int, Result<Void, DirectoryFailure>) -> Void = { _, _ in }
    ) {
        for (index, change) in changes.enumerated() {
            let result = state.withLock { state in
                state.operations += 1
                state.history.append(change)
                return Result { () throws(DirectoryFailure) in
                    if let refusal = state.refusal?(change) { throw refusal }
                    try state.perform(change)
                }
            }
            outcome(index, result)
        }
    }
}

extension InMemoryDirectory {
    public func shows(_ change: DirectoryChange) async throws -> Bool { state.withLock { $0.shows(change) } }
}

extension InMemoryDirectory.State {
    fileprivate func shows(_ change: DirectoryChange) -> Bool {
        let guid = change.user?.guid ?? guidsByName[change.name]
        guard let account = guid.flatMap({ accounts[$0] }) else { return false }
        switch change {
        case .create(let user):
            return NameKey(user.accountName) == NameKey(account.accountName)
                && user.attributes.allSatisfy { account.attributes[$0.name] ?? .none == $0.new }
        case .update(_, let update):
            return update.expiry.map { $0.new == account.expiry } ?? true
                && update.replacements.allSatisfy { account.values(of: $0.name) == $0.new }
        case .rename(_, let leaf): return account.commonName.isIdenticalText(to: leaf.value)
        case .move(_, let name): return account.name == name
        case .disable, .enable: return account.accountControl == change.accountControl?.after.rawValue
        case .join(_, let group): return isMember(account, of: group)
        case .leave(_, let group): return !isMember(account, of: group)
        }
    }

    private func isMember(_ account: Account, of group: DirectoryGroupReference) -> Bool {
        others[group.guid]?.name.leaf.map { account.groups.contains($0.value) } ?? false
    }

    fileprivate mutating func perform(_ change: DirectoryChange) throws(DirectoryFailure) {
        switch change {
        case .create(let user): try create(user)
        case .update(let reference, let update): try self.update(reference, update)
        case .rename(let reference, let leaf):
            guard let parent = reference.name.parent else { throw .refused("no parent") }
            try move(from: reference.name, to: parent.appending(leaf))
        case .move(let reference, let name): try move(from: reference.name, to: name)
        case .disable(let reference, let expected):
            try editing(reference) { account throws(DirectoryFailure) in
                guard account.accountControl == expected else { throw .changedMeanwhile }
                account.accountControl |= Account.disabledFlag
            }
        case .enable(let reference, let expected, let enabling): try enable(reference, expected, enabling)
        case .join(let reference, let group):
            guard let name = others[group.guid]?.name.leaf?.value else { throw .missing }
            try editing(reference) { account throws(DirectoryFailure) in
                guard account.groups.insert(name).inserted else { throw .refused("already a member") }
            }
        case .leave(let reference, let group):
            guard let name = others[group.guid]?.name.leaf?.value else { throw .missing }
            try editing(reference) { account throws(DirectoryFailure) in
                guard account.groups.remove(name) != nil else { throw .refused("no member") }
            }
        }
    }

    private mutating func create(_ user: NewUser) throws(DirectoryFailure) {
        created += 1
        var attributes: [AttributeName: AttributeValues] = [:]
        for replacement in user.attributes where !replacement.new.isEmpty {
            attributes[replacement.name] = replacement.new
        }
        let account = Account(
            guid: .numbered(created, series: 0xF), name: user.name, accountName: user.accountName,
            userPrincipalName: user.userPrincipalName,
            accountControl: Account.normalAccount | Account.disabledFlag, expiry: user.expiry, password: nil,
            attributes: attributes, protection: nil, groups: [])
        try check(account, before: nil)
        put(account)
    }

    private mutating func update(_ reference: UserReference, _ update: UserUpdate) throws(DirectoryFailure) {
        try editing(reference) { account throws(DirectoryFailure) in
            for replacement in update.replacements {
                switch replacement.name {
                case "sAMAccountName": account.accountName = replacement.new.all.first?.text ?? ""
                case "userPrincipalName": account.userPrincipalName = replacement.new.all.first?.text
                case let name: account.attributes[name] = replacement.new.isEmpty ? nil : replacement.new
                }
            }
            if let expiry = update.expiry { account.expiry = expiry.new }
        }
    }

    /// By the name, not by the GUID: Active Directory renames no other way.
    private mutating func move(from old: DistinguishedName, to new: DistinguishedName) throws(DirectoryFailure) {
        guard let guid = guidsByName[old] else { throw .missing }
        try editing(UserReference(guid: guid, name: old)) { account in account.name = new }
    }

    private mutating func enable(
        _ reference: UserReference, _ expected: UInt32?, _ enabling: Enabling
    ) throws(DirectoryFailure) {
        try editing(reference) { account throws(DirectoryFailure) in
            guard account.accountControl == expected ?? (Account.normalAccount | Account.disabledFlag) else {
                throw .changedMeanwhile
            }
            guard enabling.password != nil || account.password != nil else { throw .refused("no password") }
            account.accountControl &= ~Account.disabledFlag
            account.password = enabling.password ?? account.password
            account.mustChangePassword = enabling.mustChangePassword
            account.cannotChangePassword = enabling.cannotChangePassword
        }
    }

    private mutating func editing(
        _ reference: UserReference, _ change: (inout Account) throws(DirectoryFailure) -> Void
    ) throws(DirectoryFailure) {
        guard let guid = reference.guid ?? guidsByName[reference.name], let old = accounts[guid] else { throw .missing }
        var new = old
        try change(&new)
        try check(new, before: old)
        remove(old)
        put(new)
    }

    /// What the directory refuses, whoever asks.
    private func check(_ account: Account, before old: Account?) throws(DirectoryFailure) {
        func isTaken(_ holder: GUID?) -> Bool { holder != nil && holder != account.guid }
        guard !isTaken(guidsByName[account.name]) else { throw .nameTaken("cn") }
        guard !isTaken(guidsByAccountName[NameKey(account.accountName)]) else { throw .nameTaken("sAMAccountName") }
        guard !account.accountName.isEmpty, account.accountName.utf16.count <= 20 else {
            throw .refused("sAMAccountName")
        }
        guard (1...64).contains(account.commonName.utf16.count) else { throw .refused("cn") }
        // `x@target.test` is the account name `x`, too, and the other way round; looked at when either is set.
        if old?.accountName != account.accountName, isTaken(guidsByPrincipalName[implied(account.accountName)]) {
            throw .nameTaken("userPrincipalName (implied by sAMAccountName)")
        }
        guard let principalName = account.userPrincipalName, old?.userPrincipalName != principalName else { return }
        guard !isTaken(guidsByPrincipalName[NameKey(principalName)]) else { throw .nameTaken("userPrincipalName") }
        let accountName = principalName.prefix { $0 != "@" }
        guard NameKey(principalName) != implied(accountName) || !isTaken(guidsByAccountName[NameKey(accountName)])
        else {
            throw .nameTaken("sAMAccountName (implied by userPrincipalName)")
        }
    }

    private func implied(_ accountName: some StringProtocol) -> NameKey {
        NameKey("\(accountName)@\(Fixture.domain.dnsName)")
    }
}

extension DirectoryChange {
    fileprivate var name: DistinguishedName {
        if case .create(let user) = self { user.name } else { user?.name ?? Fixture.containerName }
    }
}

extension Account {
    fileprivate func values(of name: AttributeName) -> AttributeValues {
        switch name {
        case "sAMAccountName": .one(.text(accountName))
        case "userPrincipalName": userPrincipalName.map { .one(.text($0)) } ?? .none
        default: attributes[name] ?? .none
        }
    }
}

extension DirectoryFailure {
    public static let missing = DirectoryFailure(kind: .missing, resultCode: 32, message: "no such object")
    public static let changedMeanwhile = DirectoryFailure(
        kind: .changedMeanwhile, resultCode: 16, message: "userAccountControl is another")
    public static func refused(_ why: String) -> DirectoryFailure {
        DirectoryFailure(kind: .refused, resultCode: 53, message: "refused: \(why)")
    }
    public static func nameTaken(_ field: String) -> DirectoryFailure {
        DirectoryFailure(kind: .nameTaken, resultCode: 68, message: "\(field) is taken")
    }
}
