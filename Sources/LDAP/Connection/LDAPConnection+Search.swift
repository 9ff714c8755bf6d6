import CLDAP
import Logging
import Synchronization

extension LDAPConnection {
    /// Searches (RFC 4511 section 4.5); see ``LDAPSearchEntries`` for what comes and when.
    public nonisolated func search(_ request: LDAPSearchRequest) -> LDAPSearchEntries {
        LDAPSearchEntries(connection: self, request: request)
    }

    /// Reads one object.
    ///
    /// - Throws: ``LDAPError``; ``LDAPResultCode/noSuchObject`` also when the object exists but is hidden from the
    ///   reader. `CancellationError`.
    public func readEntry(
        at name: LDAPObjectName,
        attributes: [LDAPAttributeName] = [],
        controls: [LDAPControl] = []
    ) async throws -> LDAPEntry {
        let request = LDAPSearchRequest(base: name, scope: .base, attributes: attributes, controls: controls)
        var entries = search(request).makeAsyncIterator()
        guard let entry = try await entries.next() else {
            throw LDAPError(
                code: .noSuchObject,
                delivery: .answered,
                operation: LDAPOperation.search(request).description,
                reason: "the server returned nothing"
            )
        }
        return entry
    }

    /// The next page of the search; nil after the last. Begins the search with the first call.
    func nextPage(of identifier: Int, _ request: LDAPSearchRequest) async throws -> Search.Page? {
        try Task.checkCancellation()
        let search = searches[identifier] ?? begin(request, as: identifier)
        return try await withTaskCancellationHandler {
            // The closure must name `self`: only then does it stay on the connection's thread.
            try await withCheckedThrowingContinuation { continuation in
                search.reader = continuation
                self.serveReader(of: search, identifier)
            }
        } onCancel: {
            Task { await self.cancelSearch(identifier) }
        }
    }

    /// Forgets a search, finished or not.
    func endSearch(_ identifier: Int) {
        cancelSearch(identifier)
        searches[identifier] = nil
    }

    private func cancelSearch(_ identifier: Int) {
        guard let search = searches[identifier] else { return }
        if case .receiving(let message) = search.stage {
            pending[message] = nil
            handle?.abandon(message)
        }
        search.ready = nil
        search.stage = .failed(CancellationError())
        serveReader(of: search, identifier)
    }

    /// Gives the reader, if one waits, what there is for him, and has the server work on what comes next.
    private func serveReader(of search: Search, _ identifier: Int) {
        guard search.reader != nil else { return }
        if search.ready == nil { requestPage(of: search, identifier) }
        if let page = search.ready {
            search.ready = nil
            // The server works on the next page while the reader works on this one, and no further ahead.
            requestPage(of: search, identifier)
            search.resumeReader(with: .success(page))
            return
        }
        switch search.stage {
        case .finished: search.resumeReader(with: .success(nil))
        case .failed(let error): search.resumeReader(with: .failure(error))
        case .paused, .receiving: break
        }
    }

    private func begin(_ request: LDAPSearchRequest, as identifier: Int) -> Search {
        configuration.logger.debug(
            "\(LDAPSearchCommand(request, endpoint: endpoint, configuration: configuration, identity: boundIdentity))"
        )
        let search = Search(request)
        searches[identifier] = search
        return search
    }

    /// Asks for the next page, if there is one.
    private func requestPage(of search: Search, _ identifier: Int) {
        guard case .paused = search.stage else { return }
        // A base search has one entry at most, and some servers refuse to page it.
        let page = search.request.scope == .base ? nil : (size: configuration.pageSize, cookie: search.cookie)
        do {
            let operation = LDAPOperation.search(search.request)
            try checkSize(search.request.encodedSize + search.cookie.count, of: operation)
            let message = try send(operation, to: .search(identifier)) { handle, message in
                handle.sendSearch(search.request, page: page, &message)
            }
            search.stage = .receiving(message)
        } catch {
            search.stage = .failed(error)
        }
    }

    func receiveEntry(_ message: borrowing LDAPMessage, of handle: LDAPHandle, for identifier: Int) {
        guard let search = searches[identifier] else { return }
        guard let entry = search.decoder.decode(message, of: handle) else {
            lose(because: "the server sent an entry that cannot be understood")
            return
        }
        if entry.attributes.contains(where: { AttributeRange($0.name) != nil }) {
            search.arriving.incomplete.append(search.arriving.entries.count)
        }
        search.arriving.entries.append(entry)
    }

    func receiveReferences(_ references: [String], for identifier: Int) {
        searches[identifier]?.references += references
    }

    /// The page is whole, or will never be.
    func finishPage(of identifier: Int, _ result: Result<LDAPResponse, any Error>) {
        guard let search = searches[identifier] else { return }
        do {
            search.cookie = try nextCookie(of: search, try result.get())
            search.stage = search.cookie.isEmpty ? .finished : .paused
            search.ready = search.arriving
        } catch {
            search.stage = .failed(error)
        }
        search.arriving = Search.Page()
        serveReader(of: search, identifier)
    }

    /// Any code but success means that something is missing, the limits above all: a result that is cut short is an error.
    private func nextCookie(of search: Search, _ response: LDAPResponse) throws(LDAPError) -> [UInt8] {
        guard response.code == .success else { throw response.error(in: .search(search.request)) }
        if search.request.referrals == .fail, !search.references.isEmpty {
            var incomplete = response
            incomplete.code = .referral
            incomplete.referrals = search.references
            throw incomplete.error(in: .search(search.request))
        }
        return response.pageCookie
    }
}
