public import Directory
import DistinguishedNames

/// The answer of an operator that an operation rests on.
public struct Approval: Sendable, Equatable {
    /// Of the question: what the entry of the resolutions file is called.
    public let id: String?
    public let kind: ActionKind
    /// When it was answered; nil where the entry does not say.
    public let answered: Timestamp?

    init(_ answer: Resolution, to id: ActionID? = nil) {
        self.id = id?.description ?? answer.id
        kind = answer.kind
        answered = answer.timestamp
    }
}

/// Finds the answer behind each operation of a plan.
public struct ApprovalIndex: Sendable {
    private let byQuestion: [ActionID: Approval]
    private let namesByAnchor: [Anchor: Approval]
    private let namesByUser: [NameKey: Approval]

    public init(_ plan: ApprovedPlan) {
        byQuestion = plan.approvals
        var byAnchor: [Anchor: Approval] = [:]
        var byUser: [NameKey: Approval] = [:]
        for answer in plan.plan.standingAnswers where answer.kind == .name && answer.accept == true {
            if let anchor = answer.anchor {
                byAnchor[anchor] = Approval(answer)
            } else {
                byUser[NameKey(answer.user)] = Approval(answer)
            }
        }
        (namesByAnchor, namesByUser) = (byAnchor, byUser)
    }

    /// Nil for what needed none. What a name that was given makes of an account rests on that answer, although the
    /// planner had taken it into account before anything was asked.
    public subscript(_ operation: Operation) -> Approval? {
        if let id = operation.fulfils { return byQuestion[id] }
        switch operation.verb {
        case .create, .rename, .move, .takeOver:
            return operation.person.anchor.flatMap { namesByAnchor[$0] }
                ?? namesByUser[NameKey(operation.person.commonName)]
        case .update, .giveBack, .park, .disable, .enable, .join, .leave: return nil
        }
    }
}
