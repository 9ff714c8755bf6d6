import CLDAP
import Logging

extension LDAPConnection {
    /// Deals with what has arrived and with what has not arrived in time; called by the thread before it waits.
    func service(socketIsReadable: Bool) -> ConnectionThread.Interest {
        if socketIsReadable { receive() }
        expire()
        return ConnectionThread.Interest(socket: handle?.socket, deadline: nextDeadline)
    }

    /// Gives up on the connection: whoever waits for an answer is told that there will be none.
    func lose(because reason: String) {
        guard handle != nil else { return }
        handle = nil
        loss = reason.withoutControlCharacters
        let unanswered = pending.sorted { $0.key < $1.key }
        pending = [:]
        configuration.logger.debug("the connection to \(endpoint) is lost: \(loss)")
        for (_, request) in unanswered {
            fail(request, .serverDown, "the connection to \(endpoint) was lost: \(loss)")
        }
    }

    /// Takes all messages that have arrived.
    ///
    /// Draining matters: TLS hands over more than one message at a time, and `poll` does not see what libldap has
    /// already read.
    private func receive() {
        while let handle {
            switch handle.receive() {
            case .nothing: return
            case .failed(let words): lose(because: words)
            case .message(let message):
                lastSignOfLife = .now
                deliver(message, of: handle)
            }
        }
    }

    private func deliver(_ message: borrowing LDAPMessage, of handle: LDAPHandle) {
        let identifier = message.identifier
        guard identifier != cldap_unsolicited() else {
            // The only such notification there is announces that the server closes the connection (RFC 4511 section
            // 4.4.1), and it says why, which the closed socket would not.
            let response = handle.response(in: message)
            lose(because: "the server closes it: \(response.code) \(response.diagnostic)")
            return
        }
        guard let request = pending[identifier] else { return }
        let type = message.type
        if type == cldap_intermediate() { return }
        if case .search(let search) = request.receiver, type != cldap_search_result() {
            if type == cldap_search_entry() {
                receiveEntry(message, of: handle, for: search)
            } else if type == cldap_search_reference() {
                receiveReferences(handle.references(in: message), for: search)
            }
            return
        }
        pending[identifier] = nil
        finish(request, .success(handle.response(in: message)))
    }

    private func finish(_ request: PendingRequest, _ result: Result<LDAPResponse, any Error>) {
        switch request.receiver {
        case .response(_, let finish): finish(result)
        case .search(let search): finishPage(of: search, result)
        }
    }

    private func fail(_ request: PendingRequest, _ code: LDAPResultCode, _ reason: String) {
        let error = LDAPError(
            code: code,
            delivery: .unanswered,
            operation: request.operation.description,
            reason: reason
        )
        finish(request, .failure(error))
    }

    /// Gives up on requests that the server has kept waiting for too long.
    private func expire() {
        let now = ContinuousClock.now
        for (identifier, request) in pending.sorted(by: { $0.key < $1.key }) where deadline(of: request) <= now {
            pending[identifier] = nil
            handle?.abandon(identifier)
            fail(request, .timeout, "no answer for \(configuration.timeouts.operation)")
        }
    }

    private var nextDeadline: ContinuousClock.Instant? {
        pending.values.lazy.map { self.deadline(of: $0) }.min()
    }

    /// Any message is a sign of life: a server answers one connection's requests more or less in turn, so that the last
    /// of many writes waits for all before it.
    private func deadline(of request: PendingRequest) -> ContinuousClock.Instant {
        max(request.sentAt, lastSignOfLife) + configuration.timeouts.operation
    }
}
