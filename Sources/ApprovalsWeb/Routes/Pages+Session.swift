import Approvals
import Hummingbird

extension Pages {
    func addSession(to router: Router<PageContext>) {
        router.post("import-again") { _, _ in
            do throws(DeskError) {
                try await desk.importAgain()
                return await tell(.message("The user file was imported again."), at: "/")
            } catch {
                return await tell(.refusal(error.description), at: "/")
            }
        }
        router.post("reconnect") { _, _ in
            await desk.reconnect()
            switch await desk.overview().directory {
            case .connected: return await tell(.message("The directory is back."), at: "/")
            case .lost: return await tell(.refusal("The directory is still not there."), at: "/")
            }
        }
        router.post("finish") { _, context in await endOrAsk(context.form) }
    }

    private func endOrAsk(_ form: FormFields) async -> Response {
        let overview = await desk.overview()
        let isWorking = overview.work.map { !$0.isFinished } ?? false
        let unexported = overview.unexportedPasswords
        if unexported > 0 || isWorking || overview.keptAnswers > 0, form["confirmed"] != "yes" {
            let waiting = await desk.actions().count { $0.state == .waiting }
            let view = FinishView(
                unexported: unexported == 0 ? nil : counted(unexported, "password", "passwords"),
                waiting: waiting == 0 ? nil : counted(waiting, "action", "actions"), isWorking: isWorking,
                kept: overview.keptAnswers == 0 ? nil : counted(overview.keptAnswers, "answer", "answers"))
            return await page(.approvals, "finish", view, title: "Finish")
        }
        await finish()
        return .html(templates.render([String: String](), with: "goodbye"))
    }
}
