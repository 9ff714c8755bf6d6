public import Directory
import LDAP
import Synchronization

extension ActiveDirectoryDomain {
    public func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part> {
        let reading = try UserReading(self, query, gather: gather, progress: progress)
        do {
            try await refuseUnknownNames(in: query)
            let ranges = try await ranges(for: query)
            return try await withThrowingTaskGroup(of: (index: Int, part: Part, pages: Int).self) { tasks in
                for (index, range) in ranges.enumerated() {
                    tasks.addTask { [connection, siblings] in
                        let found =
                            index == 0
                            ? try await reading.gather(range, on: connection, into: empty)
                            : try await siblings.with { sibling in
                                try await reading.gather(range, on: sibling ?? connection, into: empty)
                            }
                        return (index, found.part, found.pages)
                    }
                }
                var result: [(index: Int, part: Part, pages: Int)] = []
                for try await part in tasks { result.append(part) }
                result.sort { $0.index < $1.index }
                return GatheredUsers(parts: result.map(\.part), pages: result.reduce(0) { $0 + $1.pages })
            }
        } catch {
            throw failure(error, reading: query)
        }
    }

    public func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser] {
        let accounts = accounts.sorted()
        var decoder = try UserDecoder(query, ownAccount: ownAccount)
        let conditions = try query.filters
        var users: [DirectoryUser] = []
        do {
            for batch in accounts.batches(of: Self.accountsInOneRequest) {
                let filter = LDAPFilter.or(batch.map { .equal(.objectGUID, LDAPValue($0.directoryBytes)) })
                var request = request(for: decoder.attributes, of: query, conditions + [filter])
                // Asked of a whole domain, too: its other naming contexts hold no accounts.
                request.referrals = .ignore
                for try await entry in connection.search(request) { users.append(try decoder.user(from: entry)) }
            }
        } catch {
            throw failure(error, reading: query)
        }
        return users
    }

    /// AD finds each by its index; a thousand conditions are the most a filter should hold (ad-facts, section 9).
    private static let accountsInOneRequest = 500

    fileprivate func request(
        for attributes: [LDAPAttributeName], of query: UserQuery, _ conditions: [LDAPFilter]
    ) -> LDAPSearchRequest {
        LDAPSearchRequest(
            base: .distinguishedName(query.base), scope: .subtree, filter: .and(conditions),
            attributes: attributes, rangeStep: rangeStep,
            rangedAttributes: [.memberOf] + query.attributes.compactMap { LDAPAttributeName($0.description) })
    }

    private func failure(_ error: any Error, reading query: UserQuery) -> DirectoryFailure {
        guard let error = error as? LDAPError, error.code == .noSuchObject else {
            return DirectoryFailure(reading: error)
        }
        return DirectoryFailure(
            kind: .missing, resultCode: Int(error.code.rawValue),
            message: "\(query.base) does not exist on \(connection.endpoint), or may not be read")
    }

    /// How the reading is divided: what fits in one page is not worth another connection.
    private func ranges(for query: UserQuery) async throws -> [GUIDRange] {
        let pages = query.expectedCount.map { $0 / Self.usersWorthAConnection } ?? .max
        let count = max(1, min(connections, pages))
        guard count > 1, try await GUIDRange.isUnderstood(by: connection, provenBy: info) else {
            return GUIDRange.dividing(into: 1)
        }
        return GUIDRange.dividing(into: count)
    }

    private static let usersWorthAConnection = 1000
}

/// Searching, decoding and gathering one part of the users of a query.
private struct UserReading<Part: Sendable>: Sendable {
    private let domain: ActiveDirectoryDomain
    private let query: UserQuery
    private let conditions: [LDAPFilter]
    private let gather: @Sendable (inout Part, DirectoryUser) -> Void
    private let progress: UserCount

    init(
        _ domain: ActiveDirectoryDomain, _ query: UserQuery,
        gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void,
        progress: @escaping @Sendable (Int) -> Void
    ) throws(DirectoryFailure) {
        self.domain = domain
        self.query = query
        conditions = try query.filters
        self.gather = gather
        self.progress = UserCount(report: progress)
    }

    func gather(
        _ range: GUIDRange, on connection: LDAPConnection, into empty: Part
    ) async throws -> (part: Part, pages: Int) {
        var part = empty
        var decoder = try UserDecoder(query, ownAccount: domain.ownAccount)
        let request = domain.request(for: decoder.attributes, of: query, conditions + range.conditions)
        var entries = connection.search(request).makeAsyncIterator()
        while let entry = try await entries.next() {
            gather(&part, try decoder.user(from: entry))
            progress.add(1)
        }
        progress.reportNow()
        return (part, entries.pageCount)
    }
}

/// How many users have come in all parts together.
private final class UserCount: Sendable {
    private let count = Atomic<Int>(0)
    private let report: @Sendable (Int) -> Void

    init(report: @escaping @Sendable (Int) -> Void) { self.report = report }

    func add(_ more: Int) {
        let count = count.wrappingAdd(more, ordering: .relaxed).newValue
        if count.isMultiple(of: 1000) { report(count) }
    }

    func reportNow() { report(count.load(ordering: .relaxed)) }
}
