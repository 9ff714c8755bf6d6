import CLDAP
import Synchronization

extension LDAPConnection {
    /// Sends one request and notes who gets its answer.
    ///
    /// - Parameter send: makes libldap send; returns its status and sets the message id.
    /// - Throws: an error with ``LDAPError/Delivery/notSent``.
    @discardableResult
    func send(
        _ operation: LDAPOperation,
        to receiver: Receiver,
        _ send: (LDAPHandle, inout Int32) -> Int32
    ) throws(LDAPError) -> Int32 {
        let handle = try usableHandle(for: operation)
        var identifier: Int32 = 0
        let status = LDAPResultCode(rawValue: send(handle, &identifier))
        guard status == .success else {
            let words = handle.lastFailure().words
            // A write that the system did not take whole is no request to the server.
            if status == .serverDown || !handle.isOpen { lose(because: words) }
            throw LDAPError(code: status, delivery: .notSent, operation: operation.description, reason: words)
        }
        requestCounter.wrappingAdd(1, ordering: .relaxed)
        lastSignOfLife = .now
        pending[identifier] = PendingRequest(operation: operation, sentAt: lastSignOfLife, receiver: receiver)
        return identifier
    }

    /// Sends one request and waits for its final answer, whatever its code.
    ///
    /// - Throws: ``LDAPError`` when no answer came, `CancellationError`.
    func response(
        to operation: LDAPOperation,
        _ send: @Sendable (LDAPHandle, inout Int32) -> Int32
    ) async throws -> LDAPResponse {
        try Task.checkCancellation()
        waiterCount += 1
        let waiter = waiterCount
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                do {
                    try self.send(operation, to: .response(waiter: waiter) { continuation.resume(with: $0) }, send)
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            Task { await self.cancel(waiter: waiter) }
        }
    }

    /// Stops waiting for an answer. The server is told, but may have done the work already.
    private func cancel(waiter: Int) {
        for (identifier, request) in pending {
            guard case .response(waiter: waiter, let finish) = request.receiver else { continue }
            pending[identifier] = nil
            handle?.abandon(identifier)
            finish(.failure(CancellationError()))
        }
    }

    /// The handle, if it can be expected to work.
    func usableHandle(for operation: LDAPOperation) throws(LDAPError) -> LDAPHandle {
        let idleTime = lastSignOfLife.duration(to: .now)
        if handle != nil, pending.isEmpty, idleTime > configuration.timeouts.idle {
            lose(because: "it lay idle for \(idleTime.components.seconds) seconds")
        }
        if let handle, !handle.isOpen { lose(because: handle.lastFailure().words) }
        guard let handle else {
            throw LDAPError(
                code: .serverDown,
                delivery: .notSent,
                operation: operation.description,
                reason: "the connection to \(endpoint) is lost: \(loss)"
            )
        }
        return handle
    }
}
