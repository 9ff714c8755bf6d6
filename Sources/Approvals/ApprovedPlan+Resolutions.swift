public import Directory
import DistinguishedNames
public import SyncPlan

extension ApprovedPlan {
    /// Questions whose accepted answers the plan performs.
    public var fulfilledQuestions: Set<ActionID> { Set(operations.compactMap(\.fulfils)) }

    /// What the resolutions file holds after a run.
    ///
    /// Pending questions are queued, once; rejected ones stay and are not asked again; answers whose operations are all
    /// done leave, password and all; answers that could not be performed stay. Names and grants stay in force. An entry
    /// whose reason is gone is dropped.
    ///
    /// - Parameters:
    ///   - entries: what the file held when the plan was approved.
    ///   - unfinished: questions of which some accepted operation was not confirmed by the server.
    public func settled(_ entries: [Resolution], unfinished: Set<ActionID>, at time: Timestamp) -> [Resolution] {
        let answers = Answers(entries)
        let open = Set(pending.map(\.id))
        var result: [Resolution] = []
        for question in plan.questions {
            if let latest = answers.latest(to: question) {
                // An accepted answer leaves the file once it is performed.
                guard latest.accept == false || open.contains(question.id) || unfinished.contains(question.id) else {
                    continue
                }
                result.append(latest.identified(as: question))
            } else {
                result.append(queued(question, among: answers, at: time))
            }
        }
        // What answers a question that is asked stands there already, with the identity of the question.
        let asked = Set(result.map(\.identity) + result.map(\.identityWithoutID))
        let standing = plan.standingAnswers.filter { !asked.contains($0.identity) }
        var seen = Set<Resolution>()
        return (standing + result).filter { seen.insert($0).inserted }
    }

    private func queued(_ question: Question, among answers: Answers, at time: Timestamp) -> Resolution {
        let waiting = answers.all(for: question).last { $0.accept == nil }
        var entry = question.pendingResolution(at: waiting?.timestamp ?? time)
        // What an operator has prepared before accepting stays.
        entry.password = waiting?.password
        entry.newName = waiting?.newName
        entry.takeOver = waiting?.takeOver
        entry.keepPassword = waiting?.keepPassword ?? false
        return entry
    }
}

extension Resolution {
    /// The same answer with the identity of the question it was given to.
    fileprivate func identified(as question: Question) -> Resolution {
        var copy = self
        copy.id = question.id.description
        copy.anchor = anchor ?? question.person.anchor
        return copy
    }

    /// What an entry is about, as far as two entries can be about the same.
    fileprivate var identity: EntryIdentity { EntryIdentity(self, id: id) }

    /// As an operator or UserSync would have written it, by hand.
    var identityWithoutID: EntryIdentity { EntryIdentity(self, id: nil) }
}

/// What an entry is about.
struct EntryIdentity: Hashable {
    private let kind: ActionKind
    private let id: String?
    private let anchor: Anchor?
    private let names: [NameKey]

    init(_ entry: Resolution, id: String?) {
        kind = entry.kind
        self.id = id
        anchor = entry.anchor
        // Who has an anchor is known by it, whatever the name is by now.
        names = [entry.anchor == nil ? entry.user : "", entry.name ?? "", entry.group ?? ""].map { NameKey($0) }
    }
}
