public import Directory
public import DistinguishedNames

/// Single questions, to the server of the moment; a loss is the caller's to deal with.
extension FailoverDirectory {
    public func container(_ name: DistinguishedName) async throws -> Container { try await current.container(name) }

    public func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        try await current.groups(names)
    }

    public func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups {
        try await current.nestedGroups(in: groups)
    }

    public func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part> {
        try await current.users(query, gatheredInto: empty, progress: progress, gather)
    }

    public func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser] {
        try await current.users(accounts, query)
    }

    public func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder] {
        try await current.holders(of: questions, reading: query)
    }

    public func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy {
        try await current.passwordPolicy(of: user)
    }

    public func shows(_ change: DirectoryChange) async throws -> Bool { try await current.shows(change) }
}
