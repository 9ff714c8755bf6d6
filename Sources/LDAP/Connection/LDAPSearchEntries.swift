import Synchronization

/// The entries of a search, page by page behind the scenes (RFC 2696).
///
/// Nothing is sent before the first entry is asked for; then the server works on one page while the reader consumes the
/// one before, never further ahead. Leaving the loop early makes the server stop.
///
/// The sequence ends when the server has said that the result is complete, and throws otherwise: ``LDAPError`` for any
/// result code but success (size and time limits among them), for a continuation reference unless the request ignores
/// those, and for an attribute whose values do not arrive in full; `CancellationError`. Entries that came before stand,
/// but are not the whole.
///
/// Each iterator is a search of its own.
public struct LDAPSearchEntries: AsyncSequence, Sendable {
    public typealias Element = LDAPEntry
    public typealias Failure = any Error

    let connection: LDAPConnection
    let request: LDAPSearchRequest

    public func makeAsyncIterator() -> Iterator {
        Iterator(search: RunningSearch(connection, request))
    }

    /// All entries in one array.
    public func collect() async throws -> [LDAPEntry] {
        var entries: [LDAPEntry] = []
        let search = RunningSearch(connection, request)
        while let page = try await search.nextPage() { entries += page }
        return entries
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let search: RunningSearch
        private var page: [LDAPEntry] = []
        private var position = 0
        /// Pages that have come so far; an empty one is one too.
        public private(set) var pageCount = 0

        fileprivate init(search: RunningSearch) {
            self.search = search
        }

        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> LDAPEntry? {
            // The server may send an empty page that is not the last.
            while position == page.count {
                guard let next = try await search.nextPage() else { return nil }
                page = next
                position = 0
                pageCount += 1
            }
            defer { position += 1 }
            return page[position]
        }
    }
}

/// Ends the search on the server when the last iterator that could read on is gone.
private final class RunningSearch: Sendable {
    private let connection: LDAPConnection
    private let request: LDAPSearchRequest
    private let identifier: Int

    init(_ connection: LDAPConnection, _ request: LDAPSearchRequest) {
        self.connection = connection
        self.request = request
        identifier = connection.newSearchIdentifier()
    }

    deinit {
        Task { [connection, identifier] in await connection.endSearch(identifier) }
    }

    /// The next page with all its attributes complete; nil after the last.
    func nextPage() async throws -> [LDAPEntry]? {
        guard let page = try await connection.nextPage(of: identifier, request) else { return nil }
        var entries = page.entries
        for index in page.incomplete {
            entries[index] = try await connection.complete(entries[index], of: request)
        }
        return entries
    }
}

extension LDAPConnection {
    nonisolated func newSearchIdentifier() -> Int {
        searchCounter.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
