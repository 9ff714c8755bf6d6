import Approvals
import Directory
import HTTPTypes
import Hummingbird

extension Pages {
    func addPasswords(to router: Router<PageContext>) {
        router.get("passwords") { request, _ in
            await passwordsPage(told: request.told)
        }
        router.post("passwords/archive") { _, context in await archive(context.form) }
        router.get("passwords/sheets") { request, _ in
            let numbers = request.query.numbers
            let all = await desk.passwords()
            let chosen = all.filter { numbers.isEmpty ? $0.exportedAt == nil : numbers.contains($0.number) }
            return await page(.passwords, "sheets", SheetsView(chosen), title: "Password sheets")
        }
        router.post("passwords/exported") { _, context in
            let numbers = context.form.numbers
            await desk.markExported(numbers)
            let words = counted(numbers.count, "password is", "passwords are")
            return await tell(.message("\(words) marked as handed over."), at: "/passwords")
        }
        router.get("done") { request, _ in
            let view = DoneView(await desk.history())
            return await page(.done, "done", view, title: "Done", told: request.told)
        }
    }

    private func passwordsPage(
        told: Int? = nil, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) async -> Response {
        let view = PasswordsView(await desk.passwords(), problem: problem)
        return await page(.passwords, "passwords", view, title: "Passwords", told: told, status: status)
    }

    private func archive(_ form: FormFields) async -> Response {
        let numbers = form.numbers
        let key = form["key"] ?? ""
        if let problem = keyProblem(key, repeated: form["repeated"] ?? "", numbers) {
            return await passwordsPage(problem: problem, status: .unprocessableContent)
        }
        do throws(DeskError) {
            var response = Response.bytes(
                try await desk.archive(of: numbers, key: Secret(key)), type: "application/zip")
            response.headers[.contentDisposition] = "attachment; filename=\"passwords.zip\""
            await desk.markExported(numbers)
            return response
        } catch {
            return await passwordsPage(problem: error.description, status: .unprocessableContent)
        }
    }

    private func keyProblem(_ key: String, repeated: String, _ numbers: Set<Int>) -> String? {
        if numbers.isEmpty { return "No password was selected." }
        if key.unicodeScalars.count < Self.shortestKey {
            return "The key needs at least \(Self.shortestKey) characters."
        }
        return key.utf8.elementsEqual(repeated.utf8) ? nil : "The two keys are not the same."
    }

    private static let shortestKey = 12
}

extension FormFields {
    fileprivate var numbers: Set<Int> {
        Set(all("number").flatMap { $0.split(separator: " ") }.compactMap { Int($0) })
    }
}
