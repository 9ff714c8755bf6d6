import Synchronization

extension Task where Failure == any Error {
    /// The task's value, or `CancellationError` as soon as the caller is cancelled, while the task, cancelled too, comes
    /// to its end by itself.
    func valueUnlessCallerIsCancelled() async throws -> Success {
        let waiter = Waiter<Success>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                waiter.wait(continuation)
                Task<Void, Never> { waiter.finish(await self.result) }
            }
        } onCancel: {
            cancel()
            waiter.finish(.failure(_Concurrency.CancellationError()))
        }
    }
}

/// Hands the first of several results to one continuation, whichever of them is there first.
private final class Waiter<Success: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Success, any Error>)
        case finished(Result<Success, any Error>)
    }

    private let state = Mutex(State.empty)

    func wait(_ continuation: CheckedContinuation<Success, any Error>) {
        let result: Result<Success, any Error>? = state.withLock { state in
            if case .finished(let result) = state { return result }
            state = .waiting(continuation)
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    func finish(_ result: Result<Success, any Error>) {
        let continuation: CheckedContinuation<Success, any Error>? = state.withLock { state in
            defer { if case .finished = state {} else { state = .finished(result) } }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume(with: result)
    }
}
