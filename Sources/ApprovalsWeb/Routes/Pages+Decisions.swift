import Approvals
import Directory
import DistinguishedNames
import Hummingbird
import SyncPlan

extension Pages {
    func addDecisions(to router: Router<PageContext>) {
        router.post("actions/:id/accept") { _, context in
            await accept(context.parameters.get("id") ?? "", context.form)
        }
        router.post("actions/:id/reject") { _, context in
            await decide(.reject, about: context.parameters.get("id") ?? "", context.form.list)
        }
        router.post("actions/:id/reset") { _, context in
            await decide(.reset, about: context.parameters.get("id") ?? "", context.form.list)
        }
    }

    private func accept(_ id: String, _ form: FormFields) async -> Response {
        let query = form.list
        switch form["answer"].flatMap(Answer.init) {
        case .plain:
            return await decide(.accept(.plain), about: id, query)
        case .keepPassword:
            return await decide(.accept(.enable(password: nil)), about: id, query)
        case .password:
            let typed = form["password"] ?? ""
            let problems = await desk.problems(with: Secret(typed), for: id)
            if !problems.isEmpty {
                return await workbench(
                    on: id, query: query, attempt: Attempt(password: typed, problems: problems),
                    status: .unprocessableContent)
            }
            return await decide(.accept(.enable(password: Secret(typed))), about: id, query)
        case .newName:
            let typed = form["new_name"] ?? ""
            if let problem = await nameProblem(typed, for: id) {
                return await workbench(
                    on: id, query: query, attempt: Attempt(newName: typed, problems: [problem]),
                    status: .unprocessableContent)
            }
            return await decide(.accept(.newName(typed)), about: id, query)
        case .takeOver:
            let account = form["account"] ?? ""
            let answer = Resolution.TakeOver(typed: account)
            let shown = form["holder"].flatMap { GUID($0) }
            return await decide(.accept(.takeOver(answer, shown: shown)), about: id, query)
        case nil:
            return .refusal(.badRequest)
        }
    }

    /// What the button says that was pressed.
    private enum Answer: String {
        case plain, password
        case keepPassword = "keep"
        case newName = "name"
        case takeOver = "take-over"
    }

    func nameProblem(_ name: String, for id: String) async -> String? {
        name.allSatisfy(\.isWhitespace) ? "Type a name." : await desk.problem(withNewName: name, for: id)
    }

    /// Decides, and goes on to the next that waits; or stays where it was, when it was not done.
    private func decide(_ decision: Decision, about id: String, _ query: ListQuery) async -> Response {
        let next = nextWaiting(after: id, in: query.matching(await desk.actions()))
        guard let outcome = await desk.decide(decision, about: id) else {
            return await tell(.refusal("It is not asked any more; nothing was changed."), at: query.path("/"))
        }
        let stays: Bool
        switch outcome.result {
        case .failed: stays = true
        case .done, .recorded, .kept, .obsolete: stays = decision == .reset
        }
        let path = stays ? query.path("/actions/\(id)") : query.path(next.map { "/actions/\($0.id)" } ?? "/")
        return await tell(.outcome(outcome), at: path)
    }

    private func nextWaiting(after id: String, in actions: [ApprovalAction]) -> ApprovalAction? {
        let index = actions.firstIndex { $0.id.isIdenticalText(to: id) } ?? 0
        let others = actions.dropFirst(index + 1) + actions.prefix(index)
        return others.first { $0.state == .waiting }
    }
}

extension Resolution.TakeOver {
    fileprivate init(typed account: String) {
        self = account.isEmpty ? .holder : .account(account)
    }
}
