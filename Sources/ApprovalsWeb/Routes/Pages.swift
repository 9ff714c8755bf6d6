import Approvals
import Hummingbird
import NIOCore

/// What the routes stand on.
struct Pages: Sendable {
    let desk: any ApprovalDesk
    let gate: Gatekeeper
    let watch: PageWatch
    let memory: PageMemory
    let choices: PeopleChoices
    let templates: TemplateLibrary
    let heartbeat: Duration?
    /// Ends the session, a moment later: the last page has still to arrive.
    let finish: @Sendable () async -> Void

    func addRoutes(to router: Router<PageContext>) {
        addAssets(to: router)
        addList(to: router)
        addDecisions(to: router)
        addChecks(to: router)
        addBulk(to: router)
        addPeople(to: router)
        addPasswords(to: router)
        addSession(to: router)
        addTabs(to: router)
    }

    /// A whole page around `content`.
    func page(
        _ section: Section, _ content: String, _ shown: Any, title: String, told: Int? = nil,
        status: HTTPResponse.Status = .ok
    ) async -> Response {
        let overview = await desk.overview()
        let waiting = await desk.actions().count { $0.state != .rejected }
        let unexported = overview.unexportedPasswords
        let counts: [Section: Int] = [.approvals: waiting, .passwords: unexported]
        var lost: LayoutView.Lost?
        if case .lost(let since, let reason) = overview.directory {
            lost = LayoutView.Lost(since: MomentView(since), reason: reason)
        }
        let layout = LayoutView(
            documentTitle: "\(title) · ad-user-sync",
            formToken: gate.formToken.digits,
            heartbeat: heartbeat.map { Int($0 / .milliseconds(1)) },
            links: Section.allCases.map { other in
                LayoutView.Link(
                    word: other.word, href: other.href, count: counts[other].flatMap { $0 == 0 ? nil : String($0) },
                    isCurrent: other == section)
            },
            file: overview.file, fileTime: overview.fileTime.map(MomentView.init), container: overview.container,
            server: overview.server, lost: lost, warnings: overview.warnings,
            running: overview.work.flatMap { $0.isFinished || content == "work" ? nil : LayoutView.Work($0) },
            unexported: unexported,
            unexportedWords: unexported == 0 ? nil : counted(unexported, "password", "passwords"),
            told: await memory.told(told).map(ToldView.init),
            content: content,
            refreshes: content == "work" && overview.work.map { !$0.isFinished } ?? false,
            shown: shown)
        return .html(templates.render(layout, with: "layout"), status: status)
    }

    /// Tells something on the page at `path`.
    func tell(_ told: Told, at path: String) async -> Response {
        let number = await memory.remember(told)
        return .seeOther(path + (path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "told=\(number)")
    }
}

extension Request {
    var query: FormFields { FormFields(urlEncoded: uri.query ?? "") }

    /// The number of something to tell.
    var told: Int? { query["told"].flatMap { Int($0) } }
}

extension FormFields {
    /// Where in the list the form stood.
    var list: ListQuery { ListQuery(FormFields(urlEncoded: self["view"] ?? "")) }
}

/// What is to be told on a page that a redirect leads to.
actor PageMemory {
    private var told: [Int: Told] = [:]
    private var last = 0
    private static let most = 100

    func remember(_ something: Told) -> Int {
        last += 1
        told[last] = something
        told[last - Self.most] = nil
        return last
    }

    func told(_ number: Int?) -> Told? { number.flatMap { told[$0] } }
}
