import Directory
import SyncPlan

extension [Resolution] {
    /// The entries of the file once an operator has said something to one question. His word takes the place of whatever
    /// was said to it before.
    ///
    /// - Throws: ``AnsweringError`` for an answer that does not fit the question.
    func answering(
        _ question: Question, with decision: Decision, at time: Timestamp
    ) throws(AnsweringError) -> [Resolution] {
        let id = question.id.description
        let asked = last { $0.id == id } ?? question.pendingResolution(at: time)
        return filter { $0.id != id } + [try asked.decided(decision, at: time)].compactMap(\.self)
    }

    /// The entries with the answers to some questions taken back: they wait again.
    func waitingAgain(_ ids: Set<String>, at time: Timestamp) throws(AnsweringError) -> [Resolution] {
        var result: [Resolution] = []
        for entry in self {
            let isMeant = entry.id.map(ids.contains) ?? false
            if let left = isMeant ? try entry.waitingAgain(at: time) : entry { result.append(left) }
        }
        return result
    }
}

extension Resolution {
    /// The question again. A membership that somebody proposed was asked, too, and is not forgotten for a server's refusal.
    fileprivate func waitingAgain(at time: Timestamp) throws(AnsweringError) -> Resolution? {
        guard kind == .grant else { return try decided(.reset, at: time) }
        var copy = self
        copy.accept = nil
        copy.timestamp = time
        return copy
    }
}

extension Decision {
    /// In a word, for the list of what was done.
    var word: String {
        switch self {
        case .accept: "accepted"
        case .reject: "rejected"
        case .reset: "taken back"
        }
    }
}
