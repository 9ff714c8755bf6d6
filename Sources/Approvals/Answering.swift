public import Directory
public import SyncPlan

extension [Resolution] {
    /// The entries of the file once an operator has said something to one question. His word takes the place of whatever
    /// was said to it before.
    public func answering(_ question: Question, with decision: Decision, at time: Timestamp) -> [Resolution] {
        let id = question.id.description
        let asked = last { $0.id == id } ?? question.pendingResolution(at: time)
        return filter { $0.id != id } + [asked.answered(with: decision, at: time)]
    }

    /// The entries with the answers to some questions taken back: they wait again.
    func waitingAgain(_ ids: Set<String>, at time: Timestamp) -> [Resolution] {
        map { entry in entry.id.map(ids.contains) ?? false ? entry.answered(with: .reset, at: time) : entry }
    }
}

extension Resolution {
    /// The same entry with another answer; nothing of an earlier one stays.
    public func answered(with decision: Decision, at time: Timestamp) -> Resolution {
        var entry = self
        entry.timestamp = time
        entry.password = nil
        entry.keepPassword = false
        entry.newName = nil
        entry.takeOver = nil
        switch decision {
        case .reject: entry.accept = false
        case .reset: entry.accept = nil
        case .accept(let acceptance):
            entry.accept = true
            switch acceptance {
            case .plain: break
            case .enable(let password):
                entry.password = password
                entry.keepPassword = password == nil
            case .newName(let name): entry.newName = name
            case .takeOver(let account): entry.takeOver = account
            }
        }
        return entry
    }
}

extension Decision {
    /// Whether it is an answer to questions of this kind; nil, or what is wrong with it.
    func problem(as answerTo: Question) -> String? {
        guard case .accept(let acceptance) = self else { return nil }
        switch (answerTo.kind, acceptance) {
        case (.enable, .enable), (.name, .newName), (.name, .takeOver): return nil
        case (.disable, .plain), (.join, .plain), (.leave, .plain), (.grant, .plain): return nil
        case (.enable, _): return "enabling takes a password, or the word that the present one stays"
        case (.name, _): return "a name conflict takes a new name, or the word that the account is taken over"
        case (_, _): return "this takes a plain yes"
        }
    }

    /// In a word, for the list of what was done.
    var word: String {
        switch self {
        case .accept: "accepted"
        case .reject: "rejected"
        case .reset: "taken back"
        }
    }
}
