import Directory
import Synchronization

/// A change that got no answer because the server was lost.
struct LostChange: Sendable {
    let index: Int
    let failure: DirectoryFailure
}

/// Passes on what a server answered, and keeps back what it did not answer any more.
final class AnsweredChanges: Sendable {
    private struct State {
        var lost: [LostChange] = []
        var hasAnswers = false
    }

    private let indices: [Int]
    /// Where an earlier part of the same changes was made, and where this one is.
    private let change: (from: String, to: String)?
    private let state = Mutex(State())

    init(_ indices: [Int], _ change: (from: String, to: String)?) {
        self.indices = indices
        self.change = change
    }

    var hasAnswers: Bool { state.withLock { $0.hasAnswers } }

    /// In the order of the call.
    var lost: [LostChange] { state.withLock { $0.lost.sorted { $0.index < $1.index } } }

    func take(
        _ result: Result<Void, DirectoryFailure>, at position: Int,
        _ outcome: (Int, Result<Void, DirectoryFailure>) -> Void
    ) {
        let index = indices[position]
        if case .failure(let failure) = result, failure.kind.meansLost {
            state.withLock { $0.lost.append(LostChange(index: index, failure: failure)) }
            return
        }
        state.withLock { $0.hasAnswers = true }
        outcome(index, result.mapError(explained))
    }

    /// What the lost server had made may not have reached the other one yet.
    private func explained(_ failure: DirectoryFailure) -> DirectoryFailure {
        guard let change, failure.kind == .missing else { return failure }
        return DirectoryFailure(
            kind: failure.kind, resultCode: failure.resultCode,
            message: failure.message
                + " (\(change.from) was lost in the midst of the run, and what was made there may not have reached \(change.to) yet: the next import goes on)"
        )
    }
}
