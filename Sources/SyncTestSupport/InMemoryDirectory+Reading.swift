public import Directory
public import DistinguishedNames
public import SyncPlan
import Synchronization

extension InMemoryDirectory {
    public var operationCount: Int { state.withLock { $0.operations } }

    public func close() async {}

    public func domain() async throws -> Domain { Fixture.domain }

    public func container(_ name: DistinguishedName) async throws -> Container { Fixture.container }

    public func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy {
        try state.withLock { state in
            guard let guid = user.guid ?? state.guidsByName[user.name], state.accounts[guid] != nil else {
                throw DirectoryFailure.missing
            }
            return state.passwordPolicies[guid] ?? Fixture.domain.passwordPolicy
        }
    }

    public func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        state.withLock { state in names.map { state.directoryGroup($0) } }
    }

    /// Here no group is a member of another.
    public func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups {
        NestedGroups(
            groups: groups.map {
                NestedGroups.Group(guid: $0.guid, name: $0.name, relativeIdentifier: nil, parents: [])
            }, withForeignMembers: [])
    }

    public func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part> {
        GatheredUsers(parts: [users(query).reduce(into: empty) { gather(&$0, $1) }], pages: 1)
    }

    public func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser] {
        users(query).filter { accounts.contains($0.guid) }
    }

    public func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder] {
        holders(of: questions, as: query)
    }

    /// The snapshot a run would read, without the detour over tasks.
    public func snapshot(
        for policy: SyncPolicy, reading attributes: [AttributeName] = []
    ) -> (target: TargetSnapshot, query: UserQuery) {
        let groups = state.withLock { state in
            Dictionary(
                policy.mappedGroups.compactMap { name in
                    state.directoryGroup(name.under(Fixture.groupPath)).map { (name, $0) }
                }, uniquingKeysWith: { $1 })
        }
        let query = UserQuery(
            base: Fixture.containerName, attributes: attributes,
            groups: groups.values.map(\.reference),
            anchorAttribute: policy.anchorAttribute)
        let target = TargetSnapshot(
            domain: Fixture.domain, container: Fixture.container, groups: groups, users: users(query))
        return (target, query)
    }

    func users(_ query: UserQuery) -> [DirectoryUser] {
        precondition(query.conditions.isEmpty, "this directory evaluates no conditions")
        return state.withLock { state in
            state.accounts.values.filter { $0.name.isDescendant(of: query.base) }.map { state.read($0, query) }
        }
    }

    /// The same without the detour over tasks.
    public func holders(of questions: [NameQuestion], as query: UserQuery) -> [NameHolder] {
        state.withLock { state in
            var found: [GUID: NameHolder] = [:]
            for question in questions {
                let guids = [
                    state.guidsByName[question.name], state.guidsByAccountName[NameKey(question.accountName)],
                    question.userPrincipalName.flatMap { state.guidsByPrincipalName[NameKey($0)] },
                    state.guidsByPrincipalName[NameKey("\(question.accountName)@\(Fixture.domain.dnsName)")],
                    question.userPrincipalName.flatMap { $0.split(separator: "@").first }
                        .flatMap { state.guidsByAccountName[NameKey($0)] },
                ]
                for guid in guids.compactMap({ $0 }) { found[guid] = state.holder(guid, query) }
            }
            return found.values.sorted { $0.guid < $1.guid }
        }
    }
}

extension InMemoryDirectory.State {
    fileprivate func directoryGroup(_ name: DistinguishedName) -> DirectoryGroup? {
        guard let group = guidsByName[name].flatMap({ others[$0] }), group.kind == .group else { return nil }
        return DirectoryGroup(
            guid: group.guid, name: group.name, commonName: group.name.leaf?.value ?? "",
            privilegedThrough: group.privilegedThrough)
    }

    fileprivate func read(_ account: Account, _ query: UserQuery) -> DirectoryUser {
        let stamp = query.anchorAttribute.flatMap { account.attributes[$0]?.all.first?.text }
        return DirectoryUser(
            guid: account.guid, name: account.name, commonName: account.commonName, accountName: account.accountName,
            userPrincipalName: account.userPrincipalName, accountControl: account.accountControl,
            isDisabled: account.isDisabled, expiry: account.expiry,
            hasCurrentPassword: account.password != nil && !account.mustChangePassword,
            stamp: AnchorStamp(attributeValue: stamp), protection: account.protection,
            groups: Set(query.groups.filter { account.groups.contains($0.name.leaf?.value ?? "") }.map(\.guid)),
            attributes: AttributeRow(
                names: query.attributes, values: query.attributes.map { account.attributes[$0] ?? .none }))
    }

    fileprivate func holder(_ guid: GUID, _ query: UserQuery) -> NameHolder? {
        if let account = accounts[guid] {
            let asked = Set(query.groups.compactMap { $0.name.leaf?.value })
            let memberships = account.groups.subtracting(asked).sorted().compactMap { group($0)?.name }
            return NameHolder(
                guid: guid, name: account.name,
                kind: .user(
                    read(account, query),
                    account.entanglements + memberships.map(NameHolder.Entanglement.member(of:))),
                accountName: account.accountName, userPrincipalName: account.userPrincipalName)
        }
        return others[guid].map {
            NameHolder(guid: guid, name: $0.name, kind: $0.kind, accountName: $0.accountName, userPrincipalName: nil)
        }
    }
}
