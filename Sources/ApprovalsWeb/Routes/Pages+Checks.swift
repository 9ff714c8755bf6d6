import Approvals
import Directory
import Hummingbird

/// An answer to the script's question while somebody types.
struct CheckAnswer: ResponseCodable {
    var password: String?
    var problems: [String] = []
}

extension Pages {
    func addChecks(to router: Router<PageContext>) {
        router.post("actions/:id/password/new") { _, context -> CheckAnswer in
            do throws(DeskError) {
                let password = try await desk.suggestedPassword(for: context.parameters.get("id") ?? "")
                return CheckAnswer(password: password.reveal())
            } catch {
                return CheckAnswer(problems: [error.description])
            }
        }
        router.post("actions/:id/password/check") { _, context -> CheckAnswer in
            let password = Secret(context.form["password"] ?? "")
            return CheckAnswer(
                problems: await desk.problems(with: password, for: context.parameters.get("id") ?? ""))
        }
        router.post("actions/:id/name/check") { _, context -> CheckAnswer in
            let name = context.form["new_name"] ?? ""
            let problem = await nameProblem(name, for: context.parameters.get("id") ?? "")
            return CheckAnswer(problems: problem.map { [$0] } ?? [])
        }
    }
}
