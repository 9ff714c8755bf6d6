public import DistinguishedNames

/// A condition on users, in the language of the directory that is asked. This room knows none of them: whoever makes a
/// condition makes it for the adapter that takes it.
public protocol UserCondition: Sendable {}

/// What to read of users.
public struct UserQuery: Sendable {
    /// Searched as a subtree.
    public let base: DistinguishedName
    /// Read beside what every ``DirectoryUser`` has.
    public let attributes: [AttributeName]
    /// Membership is told for these groups only.
    public let groups: [DirectoryGroupReference]
    /// Where the anchor is stamped; nil when anchors are off or the domain is the source.
    public let anchorAttribute: AttributeName?
    /// About how many users there are, as far as one knows; nil for "any number". It decides how much effort the reading
    /// is worth, and nothing else.
    public let expectedCount: Int?
    /// A user is of one of these object classes. ``anyPerson`` alone for all accounts of people.
    public let objectClasses: [String]
    /// What a user must fulfil besides, all of it.
    public let conditions: [any UserCondition]

    public static let anyPerson = "user"

    public init(
        base: DistinguishedName, attributes: [AttributeName], groups: [DirectoryGroupReference],
        anchorAttribute: AttributeName?, expectedCount: Int? = nil, objectClasses: [String] = [anyPerson],
        conditions: [any UserCondition] = []
    ) {
        self.base = base
        self.attributes = attributes
        self.groups = groups
        self.anchorAttribute = anchorAttribute
        self.expectedCount = expectedCount
        self.objectClasses = objectClasses
        self.conditions = conditions
    }

    /// The same, somewhere else.
    public func below(_ base: DistinguishedName) -> UserQuery {
        UserQuery(
            base: base, attributes: attributes, groups: groups, anchorAttribute: anchorAttribute,
            objectClasses: objectClasses, conditions: conditions)
    }
}

/// All users of a query, gathered by whoever asked.
public struct GatheredUsers<Part: Sendable>: Sendable {
    /// Every user is in exactly one of them; in which, means nothing.
    public let parts: [Part]
    /// Answers of the server it took, for the record.
    public let pages: Int

    public init(parts: [Part], pages: Int) {
        self.parts = parts
        self.pages = pages
    }
}

/// Reading a domain. Every answer is complete, or the call throws a ``DirectoryFailure``.
public protocol DirectoryReader: Sendable {
    func domain() async throws -> Domain
    func container(_ name: DistinguishedName) async throws -> Container
    /// In the order asked for; nil for a group that is not there.
    func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?]
    /// These groups and all groups in them.
    func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups
    /// Real user accounts below the base, in no particular order and never kept: each is handed to `gather` as he comes.
    ///
    /// Several parts may be gathered at the same time, each of them beginning as `empty`. `progress` hears the running
    /// count.
    ///
    /// - Throws: ``DirectoryFailure``; nothing that was gathered is to be used then.
    func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part>
    /// Those of the accounts that are below the base of the query, as they stand now, in no particular order.
    func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser]
    /// Every object of the whole domain that holds one of the names asked for, each once; users as `query` reads them.
    func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder]
    /// What the domain asks of this user's password: the fine-grained policy that applies to him, or else the domain's own.
    /// ``PasswordPolicy/Source`` tells which, and whether there is one that this account may not read.
    func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy
    /// Requests sent to the server so far; each page of a search counts as one.
    var operationCount: Int { get async }
}

/// A connection that somebody keeps for a while.
public protocol DirectoryConnection: DirectoryReader, DirectoryWriter {
    /// Whether the directory is as this change makes it: asked of one that was sent and not answered. A password cannot
    /// be read; it travels in one request with what can.
    ///
    /// - Throws: ``DirectoryFailure``.
    func shows(_ change: DirectoryChange) async throws -> Bool
    func close() async
}

/// Changing a domain.
public protocol DirectoryWriter: Sendable {
    /// Makes the changes in order, many at a time; one that fails does not stop the others.
    ///
    /// - Parameter outcome: called once for each change, with its index, as soon as the server answered; never before.
    func apply(
        _ changes: [DirectoryChange],
        outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async
}

extension DirectoryReader {
    /// Real user accounts below the base, all of them, in no particular order.
    public func users(
        _ query: UserQuery, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [DirectoryUser] {
        let parts = try await users(query, gatheredInto: [DirectoryUser](), progress: progress) { $0.append($1) }.parts
        return parts.count == 1 ? parts[0] : Array(parts.joined())
    }
}
