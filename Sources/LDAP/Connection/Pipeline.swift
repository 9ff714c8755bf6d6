import Synchronization

/// Many writes under way. Lives on its connection's thread.
final class Pipeline {
    /// Why nothing more is sent.
    enum StopReason {
        case cancelled
        /// An answer is missing: the connection is lost, or the server is silent.
        case unanswered(LDAPResultCode)
    }

    /// Set by whoever cancels, from any thread, so that nothing is sent from that moment on.
    final class Cancellation: Sendable {
        private let isSet = Atomic<Bool>(false)

        func set() { isSet.store(true, ordering: .releasing) }

        var isRequested: Bool { isSet.load(ordering: .acquiring) }
    }

    let requests: [LDAPWriteRequest]
    let window: Int
    let onResult: @Sendable (Int, Result<Void, LDAPError>) -> Void
    let whenDone: CheckedContinuation<Void, Never>
    /// The index of the first request that has not been sent.
    private(set) var next = 0
    private(set) var inFlight = 0
    private var firstStopReason: StopReason?
    private let cancellation: Cancellation

    init(
        _ requests: [LDAPWriteRequest],
        window: Int,
        cancellation: Cancellation,
        onResult: @escaping @Sendable (Int, Result<Void, LDAPError>) -> Void,
        whenDone: CheckedContinuation<Void, Never>
    ) {
        self.requests = requests
        self.window = window
        self.cancellation = cancellation
        self.onResult = onResult
        self.whenDone = whenDone
    }

    var stopReason: StopReason? { firstStopReason ?? (cancellation.isRequested ? .cancelled : nil) }

    var isDone: Bool { next == requests.count && inFlight == 0 }

    /// The index and the request to send now, if the window has room.
    func takeNext() -> (index: Int, request: LDAPWriteRequest)? {
        guard next < requests.count, inFlight < window else { return nil }
        defer { next += 1 }
        inFlight += 1
        return (next, requests[next])
    }

    func finish(_ index: Int, _ result: Result<Void, LDAPError>) {
        inFlight -= 1
        if case .failure(let error) = result, error.delivery == .unanswered {
            firstStopReason = firstStopReason ?? .unanswered(error.code)
        }
        onResult(index, result)
    }

    /// Gives every request that has not been sent its result.
    func giveUpTheRest(because reason: StopReason) {
        let (code, words): (LDAPResultCode, String) =
            switch reason {
            case .cancelled: (.userCancelled, "not sent: the run was cancelled before")
            case .unanswered(let code): (code, "not sent: an earlier request was not answered")
            }
        while next < requests.count {
            let error = LDAPError(
                code: code,
                delivery: .notSent,
                operation: requests[next].description,
                reason: words
            )
            next += 1
            onResult(next - 1, .failure(error))
        }
    }
}
