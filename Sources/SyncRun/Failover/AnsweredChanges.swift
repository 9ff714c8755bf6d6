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
        var refusedAgain: [LostChange] = []
        var hasAnswers = false
    }

    private let indices: [Int]
    private let server: String
    /// Where an earlier part of the work was made.
    private let firstServer: String
    /// Changes that were sent before, without an answer, and may have been made since.
    private let sentAgain: Set<Int>
    private let state = Mutex(State())

    init(_ indices: [Int], on server: String, firstServer: String, sentAgain: Set<Int>) {
        self.indices = indices
        self.server = server
        self.firstServer = firstServer
        self.sentAgain = sentAgain
    }

    var hasAnswers: Bool { state.withLock { $0.hasAnswers } }

    /// In the order of the call.
    var lost: [LostChange] { state.withLock { $0.lost.sorted { $0.index < $1.index } } }

    /// The second time, which says nothing about the first: a server that was slow may have got to it in between.
    var refusedAgain: [LostChange] { state.withLock { $0.refusedAgain.sorted { $0.index < $1.index } } }

    func take(
        _ result: Result<Void, DirectoryFailure>, at position: Int,
        _ outcome: (Int, Result<Void, DirectoryFailure>) -> Void
    ) {
        let index = indices[position]
        switch result {
        case .failure(let failure) where failure.kind.meansLost:
            state.withLock { $0.lost.append(LostChange(index: index, failure: owed(failure))) }
        case .failure(let failure) where sentAgain.contains(index):
            state.withLock {
                $0.hasAnswers = true
                $0.refusedAgain.append(LostChange(index: index, failure: explained(failure)))
            }
        case .failure(let failure):
            state.withLock { $0.hasAnswers = true }
            outcome(index, .failure(explained(failure)))
        case .success:
            state.withLock { $0.hasAnswers = true }
            outcome(index, .success(()))
        }
    }

    /// Whoever reads of it later has to know whom to ask.
    private func owed(_ failure: DirectoryFailure) -> DirectoryFailure {
        guard failure.kind == .unanswered else { return failure }
        return DirectoryFailure(
            kind: failure.kind, resultCode: failure.resultCode, message: failure.message, server: server)
    }

    /// What the lost server had made may not have reached the other one yet.
    private func explained(_ failure: DirectoryFailure) -> DirectoryFailure {
        guard firstServer != server, failure.kind == .missing else { return failure }
        return DirectoryFailure(
            kind: failure.kind, resultCode: failure.resultCode,
            message: failure.message
                + " (\(firstServer) was lost in the midst of the run, and what was made there may not have reached \(server) yet: the next import goes on)"
        )
    }
}
