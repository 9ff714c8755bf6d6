extension LDAPConnection {
    /// Performs one write.
    ///
    /// - Throws: ``LDAPError``: the server's refusal, or one whose `delivery` tells that the outcome is unknown or that
    ///   nothing was sent. `CancellationError`, after which the outcome is unknown.
    public func perform(_ request: LDAPWriteRequest) async throws {
        let operation = LDAPOperation.write(request)
        try checkSize(request.encodedSize, of: operation)
        let response = try await response(to: operation) { handle, identifier in
            handle.sendWrite(request, &identifier)
        }
        guard response.code == .success else { throw response.error(in: operation) }
    }

    /// Performs many writes, in order, without waiting for the answer to one before the next is sent.
    ///
    /// Each request gets exactly one result, delivered as soon as it is known: the server's answer, or an error whose
    /// `delivery` is `unanswered` (sent, but its fate is unknown) or `notSent`. One refusal does not stop the others. A
    /// lost connection or a missing answer does: what is in flight becomes `unanswered`, the rest `notSent`. When the
    /// task is cancelled, nothing more is sent, the answers under way are awaited, and the rest becomes `notSent`.
    ///
    /// - Parameters:
    ///   - window: how many requests may wait for answers at a time; nil for the configuration's.
    ///   - onResult: gets the index of each request and its result, on the connection's thread; should return quickly.
    public func perform(
        _ requests: [LDAPWriteRequest],
        window: Int? = nil,
        onResult: @escaping @Sendable (_ index: Int, _ result: Result<Void, LDAPError>) -> Void
    ) async {
        waiterCount += 1
        let identifier = waiterCount
        let cancellation = Pipeline.Cancellation()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.pipelines[identifier] = Pipeline(
                    requests,
                    window: max(window ?? configuration.window, 1),
                    cancellation: cancellation,
                    onResult: onResult,
                    whenDone: continuation
                )
                self.advance(identifier)
            }
        } onCancel: {
            cancellation.set()
        }
    }

    /// Refuses what the server would answer by closing the connection.
    func checkSize(_ size: Int, of operation: LDAPOperation) throws(LDAPError) {
        guard size > configuration.maximumRequestBytes else { return }
        throw LDAPError(
            code: .encodingError,
            delivery: .notSent,
            operation: operation.description,
            reason: "the request is too large: about \(size) octets, allowed are \(configuration.maximumRequestBytes)"
        )
    }
}
