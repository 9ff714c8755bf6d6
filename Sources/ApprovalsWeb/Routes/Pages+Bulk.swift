import Approvals
import Directory
import Hummingbird

extension Pages {
    func addBulk(to router: Router<PageContext>) {
        router.post("bulk") { _, context in await confirmBulk(context.form) }
        router.post("bulk/begin") { _, context in await beginBulk(context.form) }
        router.get("work") { request, _ in
            guard let work = await desk.overview().work else { return Response.seeOther("/") }
            return await page(.approvals, "work", WorkView(work), title: work.title, told: request.told)
        }
    }

    /// Nothing is done yet: shows what would be, and asks. From here on the actions are those that were seen.
    private func confirmBulk(_ form: FormFields) async -> Response {
        let query = form.list
        guard let request = form["work"].flatMap(BulkRequest.init) else { return .refusal(.badRequest) }
        let actions = await desk.actions()
        let chosen: [ApprovalAction]
        if let ids = form["ids"] {
            let wanted = Set(ids.split(separator: " ").map(String.init))
            chosen = actions.filter { wanted.contains($0.id) }
        } else if form["scope"] == "all" {
            chosen = query.matching(actions)
        } else {
            let wanted = Set(form.all("id"))
            chosen = actions.filter { wanted.contains($0.id) }
        }
        guard !chosen.isEmpty else { return await tell(.refusal("Nothing was selected."), at: query.path()) }
        let who = form["who"] ?? ""
        let users = request == .copy ? await desk.managedUsers(matching: who, limit: Self.mostCandidates) : []
        let view = BulkView(request, chosen: chosen, query: query, who: who, users: users)
        return await page(.approvals, "bulk", view, title: view.title)
    }

    private func beginBulk(_ form: FormFields) async -> Response {
        let back = form.list.path()
        guard let request = form["work"].flatMap(BulkRequest.init) else { return .refusal(.badRequest) }
        let ids = Set((form["ids"] ?? "").split(separator: " ").map(String.init))
        let shown = form["from"].flatMap { form["shown-\($0)"] }
            .map { $0.split(separator: BulkView.Candidate.separator).map(String.init) }
        guard let work = request.work(on: ids, from: form["from"].flatMap { GUID($0) }, shown: shown) else {
            return await tell(.refusal("Nobody was chosen to copy from."), at: back)
        }
        do throws(DeskError) {
            try await desk.begin(work)
            return .seeOther("/work")
        } catch {
            return await tell(.refusal(error.description), at: back)
        }
    }

    private static let mostCandidates = 20
}
