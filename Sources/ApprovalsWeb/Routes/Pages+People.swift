import Approvals
import Directory
import Hummingbird
import SyncPlan

extension Pages {
    func addPeople(to router: Router<PageContext>) {
        router.get("people") { request, _ in
            await peopleBench(on: nil, query: PeopleQuery(request.query), told: request.told)
        }
        router.get("people/:id") { request, context in
            await peopleBench(
                on: context.parameters.get("id") ?? "", query: PeopleQuery(request.query), told: request.told)
        }
        router.post("people/import") { _, context in await confirmImport(context.form) }
        router.post("people/import/begin") { _, context in await beginImport(context.form) }
    }

    private func peopleBench(on id: String?, query: PeopleQuery, told: Int?) async -> Response {
        let found = await desk.people(matching: query.text)
        let list = PeopleView(found, query: query, current: id)
        guard let id else {
            return await page(
                .people, "peoplebench", PeopleBenchView(list: list, detail: nil, gone: false), title: "People",
                told: told)
        }
        guard let detail = await desk.person(id) else {
            return await page(
                .people, "peoplebench", PeopleBenchView(list: list, detail: nil, gone: true),
                title: "Not there any more",
                told: told, status: .notFound)
        }
        let view = PersonView(
            detail, asked: Set(await desk.actions().map(\.id)), among: query.matching(found), query: query)
        return await page(
            .people, "peoplebench", PeopleBenchView(list: list, detail: view, gone: false), title: "Person", told: told)
    }

    /// Nothing is done yet: shows what would be, and asks. From here on the people are those that were seen.
    private func confirmImport(_ form: FormFields) async -> Response {
        let query = form.people
        let chosen: Set<String>
        let number: Int
        if let kept = form["choice"].flatMap({ Int($0) }) {
            guard let people = await choices.people(kept) else { return await forgotten(query) }
            (chosen, number) = (people, kept)
        } else {
            chosen =
                form["scope"] == "all"
                ? Set(query.matching(await desk.people(matching: query.text)).map(\.id)) : Set(form.all("id"))
            guard !chosen.isEmpty else { return await tell(.refusal("Nobody was selected."), at: query.path()) }
            number = await choices.remember(chosen)
        }
        do throws(DeskError) {
            let entries = try await desk.preview(of: chosen)
            let like = form["like"] ?? ""
            let models = like.isEmpty ? [] : await desk.models(matching: like, limit: Self.mostModels)
            let view = PeopleImportView(
                entries, choice: number, chosen: chosen.count, query: query, form: form, models: models)
            return await page(.people, "peopleimport", view, title: view.title)
        } catch {
            return await tell(.refusal(error.description), at: query.path())
        }
    }

    private func beginImport(_ form: FormFields) async -> Response {
        let query = form.people
        guard let number = form["choice"].flatMap({ Int($0) }), let chosen = await choices.people(number) else {
            return await forgotten(query)
        }
        let model = form["from"].flatMap { $0.isEmpty ? nil : $0 }.map { id in
            PeopleImport.Model(
                id: id,
                shown: (form["shown-\(id)"] ?? "").split(separator: BulkView.Candidate.separator).map(String.init))
        }
        do throws(DeskError) {
            try await desk.begin(PeopleImport(ids: chosen, enables: form["enable"] == "yes", model: model))
            return .seeOther("/work")
        } catch {
            return await tell(.refusal(error.description), at: query.path())
        }
    }

    private func forgotten(_ query: PeopleQuery) async -> Response {
        await tell(.refusal("This choice was too long ago: choose again."), at: query.path())
    }

    private static let mostModels = 20
}

/// Who was chosen, while somebody is asked once more: ten thousand people are too many for a form.
actor PeopleChoices {
    private var choices: [Int: Set<String>] = [:]
    private var last = 0
    private static let most = 50

    func remember(_ people: Set<String>) -> Int {
        last += 1
        choices[last] = people
        choices[last - Self.most] = nil
        return last
    }

    func people(_ number: Int) -> Set<String>? { choices[number] }
}
