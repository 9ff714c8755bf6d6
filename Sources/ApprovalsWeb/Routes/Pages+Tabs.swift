import Approvals
import Hummingbird

/// What a page is told in return for its sign of life.
struct Pulse: ResponseCodable {
    let active: Bool
    let lost: Bool
    let unexported: Int
    let working: Bool
}

extension Pages {
    func addTabs(to router: Router<PageContext>) {
        router.post("tabs/sign") { _, context in
            guard let tab = context.form["tab"] else { throw HTTPError(.badRequest) }
            await watch.sign(of: tab)
            return await pulse(for: tab)
        }
        router.post("tabs/take-over") { _, context in
            guard let tab = context.form["tab"] else { throw HTTPError(.badRequest) }
            await watch.takeOver(by: tab)
            return await pulse(for: tab)
        }
        router.post("tabs/close") { _, context in
            if let tab = context.form["tab"] { await watch.close(tab) }
            return Response(status: .noContent)
        }
    }

    private func pulse(for tab: String) async -> Pulse {
        var overview = await desk.overview()
        if overview.isWaitingForDirectory {
            await watch.reconnectNowAndThen()
            overview = await desk.overview()
        }
        let isLost = if case .lost = overview.directory { true } else { false }
        return Pulse(
            active: await watch.isActive(tab), lost: isLost, unexported: overview.unexportedPasswords,
            working: overview.work.map { !$0.isFinished } ?? false)
    }
}

extension SessionOverview {
    /// The directory is lost, or something is left to do that could not be done at once.
    fileprivate var isWaitingForDirectory: Bool {
        if case .lost = directory { true } else { keptAnswers > 0 && work?.isFinished ?? true }
    }
}
