import Approvals
import Directory
import Hummingbird

/// The list, and beside it one action.
struct WorkbenchView {
    let list: ListView
    let detail: DetailView?
    let gone: Bool
    let hasDetail: Bool

    init(list: ListView, detail: DetailView?, gone: Bool) {
        self.list = list
        self.detail = detail
        self.gone = gone
        hasDetail = detail != nil || gone
    }
}

extension Pages {
    func addList(to router: Router<PageContext>) {
        router.get("/") { request, _ in
            let actions = await desk.actions()
            let list = ListView(actions, query: ListQuery(request.query))
            return await page(
                .approvals, "workbench", WorkbenchView(list: list, detail: nil, gone: false), title: "Approvals",
                told: request.told)
        }
        router.get("actions/:id") { request, context in
            await workbench(
                on: context.parameters.get("id") ?? "", query: ListQuery(request.query), told: request.told)
        }
    }

    /// The page of one action. With nothing attempted, the form of an enable comes with a generated password.
    func workbench(
        on id: String, query: ListQuery, told: Int? = nil, attempt: Attempt? = nil, status: HTTPResponse.Status = .ok
    ) async -> Response {
        let actions = await desk.actions()
        let list = ListView(actions, query: query, current: id)
        guard let detail = await desk.detail(of: id) else {
            return await page(
                .approvals, "workbench", WorkbenchView(list: list, detail: nil, gone: true),
                title: "Not asked any more", told: told, status: .notFound)
        }
        var attempt = attempt
        if attempt == nil, case .enable = detail.form { attempt = await attemptWithSuggestion(for: id) }
        let view = DetailView(detail, actions: actions, query: query, attempt: attempt ?? Attempt())
        return await page(
            .approvals, "workbench", WorkbenchView(list: list, detail: view, gone: false), title: "Approval",
            told: told, status: status)
    }

    private func attemptWithSuggestion(for id: String) async -> Attempt {
        do throws(DeskError) {
            return Attempt(password: try await desk.suggestedPassword(for: id).reveal())
        } catch {
            return Attempt(problems: [error.description])
        }
    }
}
