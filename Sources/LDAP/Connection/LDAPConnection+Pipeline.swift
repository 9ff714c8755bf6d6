extension LDAPConnection {
    /// Sends as many requests as the window has room for, and ends the pipeline when all have their results.
    func advance(_ identifier: Int) {
        guard let pipeline = pipelines[identifier] else { return }
        while pipeline.stopReason == nil, let (index, request) = pipeline.takeNext() {
            send(request, index, of: pipeline, identifier)
        }
        if let reason = pipeline.stopReason { pipeline.giveUpTheRest(because: reason) }
        guard pipeline.isDone else { return }
        pipelines[identifier] = nil
        pipeline.whenDone.resume()
    }

    private func send(_ request: LDAPWriteRequest, _ index: Int, of pipeline: Pipeline, _ identifier: Int) {
        let operation = LDAPOperation.write(request)
        let receiver = Receiver.response(waiter: nil) { result in
            pipeline.finish(index, Self.outcome(of: operation, result))
            self.advance(identifier)
        }
        do {
            try checkSize(request.encodedSize, of: operation)
            try send(operation, to: receiver) { handle, message in handle.sendWrite(request, &message) }
        } catch {
            // A lost connection refuses the following requests just as fast, each with its own reason.
            pipeline.finish(index, .failure(error))
        }
    }

    private static func outcome(
        of operation: LDAPOperation,
        _ result: Result<LDAPResponse, any Error>
    ) -> Result<Void, LDAPError> {
        switch result {
        case .success(let response) where response.code == .success: .success(())
        case .success(let response): .failure(response.error(in: operation))
        case .failure(let error as LDAPError): .failure(error)
        case .failure:
            // Only single requests are cancelled one by one; the answer would be lost all the same.
            .failure(LDAPError(code: .userCancelled, delivery: .unanswered, operation: operation.description))
        }
    }
}
