import Directory

/// What may be applied: operations that need no approval, and those whose approval was given.
///
/// There are two ways to make one: answers in the resolutions file (``Plan/approved(by:)``), and an operator's word to
/// take a run back as he was shown it (``UndoPlan/confirmed()``).
public struct ApprovedPlan: Sendable {
    /// In the order they have to happen.
    public let operations: [Operation]
    /// Questions without an answer that can be performed.
    public let pending: [Question]
    /// Questions answered with no.
    public let rejected: [Question]
    public let plan: Plan
    /// ``Plan/notices`` and what was found about the answers.
    public let notices: [Notice]
    /// The answers behind the operations that fulfil a question.
    let approvals: [ActionID: Approval]

    /// Brakes that hold something back: a question about it is still open.
    public var brakes: [Brake] {
        plan.brakes.filter { brake in
            switch brake {
            case .emptyFile, .incompleteFile: true
            case .tooManyDeactivations(let id, _, _, _), .tooManyLeaves(let id, _, _): pending.contains { $0.id == id }
            }
        }
    }

    /// Managed users that no operation is about.
    public var unchangedCount: Int {
        let touched = Set(operations.filter { $0.stage != .takeOver }.compactMap(\.change.user?.guid))
        let arriving = Set(operations.filter { $0.stage == .takeOver }.compactMap(\.change.user?.guid))
        return plan.statistics.managed - touched.subtracting(arriving).count
    }

    /// The same plan with fewer operations: one decision is performed at once, and nothing beside it.
    public func limited(to isMeant: (Operation) -> Bool) -> ApprovedPlan {
        ApprovedPlan(
            operations: operations.filter(isMeant), pending: pending, rejected: rejected, plan: plan, notices: notices,
            approvals: approvals)
    }

    init(
        operations: [Operation], pending: [Question], rejected: [Question], plan: Plan, notices: [Notice],
        approvals: [ActionID: Approval]
    ) {
        self.operations = operations
        self.pending = pending
        self.rejected = rejected
        self.plan = plan
        self.notices = notices
        self.approvals = approvals
    }
}

extension Plan {
    /// Joins the plan with the operator's answers. For each question the latest answered entry counts.
    public func approved(by answers: Answers) -> ApprovedPlan {
        var approvedOperations = operations
        var pending: [Question] = []
        var rejected: [Question] = []
        var notices = notices
        var approvals: [ActionID: Approval] = [:]
        for question in questions {
            switch answers.latest(to: question) {
            case let answer? where answer.accept == true:
                switch question.outcome(of: answer, policy: enabling) {
                case .success(let allowed):
                    approvedOperations += allowed
                    approvals[question.id] = Approval(answer, to: question.id)
                case .failure(let problem):
                    pending.append(question)
                    if let text = problem.text {
                        notices.append(.unusableAnswer(question.id, question.person, text))
                    }
                }
            case .some: rejected.append(question)
            case nil: pending.append(question)
            }
        }
        return ApprovedPlan(
            operations: approvedOperations.sortedByStage(), pending: pending, rejected: rejected, plan: self,
            notices: notices, approvals: approvals)
    }
}

struct AnswerProblem: Error {
    /// Nil where the question itself already tells what is wrong.
    let text: String?
}

extension Question {
    fileprivate func outcome(
        of answer: Resolution, policy: EnablingPolicy
    ) -> Result<[Operation], AnswerProblem> {
        switch consequence {
        case .operations(let operations):
            return .success(operations.map { $0.fulfilling(id) })
        case .replan:
            return .failure(AnswerProblem(text: nil))
        case .enable(let user, let accountControl, let mayKeepPassword):
            guard answer.password != nil || answer.keepPassword else {
                return .failure(AnswerProblem(text: "accepted without a password: give one, or set keep_password"))
            }
            guard answer.password != nil || mayKeepPassword else {
                return .failure(AnswerProblem(text: "keep_password, but no password was ever set: give one"))
            }
            guard answer.password?.isEmpty != true else {
                return .failure(AnswerProblem(text: "accepted with an empty password: give one"))
            }
            let enabling = Enabling(
                password: answer.password,
                mustChangePassword: policy.mustChangePassword && answer.password != nil,
                cannotChangePassword: policy.cannotChangePassword)
            let operation = Operation(
                person: person, stage: .enable, verb: .enable,
                change: .enable(user, accountControl: accountControl, enabling), fulfils: id)
            return .success([operation])
        }
    }
}

/// How accounts are opened, from the configuration.
struct EnablingPolicy: Sendable, Equatable {
    let mustChangePassword: Bool
    let cannotChangePassword: Bool
}
