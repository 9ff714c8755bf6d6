public import Approvals
import Glibc
import Hummingbird
public import Logging
import NIOCore
import ServiceLifecycle

/// Serves the approvals of one session to the browsers of one operator, on 127.0.0.1.
public final class ApprovalServer: Sendable {
    private let desk: any ApprovalDesk
    private let settings: ApprovalServerSettings
    private let logger: Logger
    private let clock: PageClock
    private let gate = Gatekeeper()

    public convenience init(desk: any ApprovalDesk, settings: ApprovalServerSettings, logger: Logger) {
        self.init(desk: desk, settings: settings, logger: logger, clock: .system)
    }

    init(desk: any ApprovalDesk, settings: ApprovalServerSettings, logger: Logger, clock: PageClock) {
        self.desk = desk
        self.settings = settings
        self.logger = logger
        self.clock = clock
    }

    /// A way in beside the one that ``run(onReady:onEvent:)`` gave; nil before the server listens.
    public func newEntrance() async -> Entrance? {
        await gate.newEntrance()
    }

    /// Writes the page that leads a browser to `entrance`. It is removed when the entrance was used, or with the session.
    ///
    /// - Throws: ``ServerError``.
    public func redirectPage(to entrance: Entrance) async throws(ServerError) -> RedirectPage {
        let page = try RedirectPage(to: entrance)
        await gate.attach(page, to: entrance)
        return page
    }

    /// Serves until the session ends.
    ///
    /// - Parameters:
    ///   - onReady: called once, when the server listens.
    ///   - onEvent: called for each thing a terminal may want to tell.
    /// - Throws: ``ServerError`` when the port is in use.
    public func run(
        onReady: @escaping @Sendable (Entrance) async -> Void,
        onEvent: @escaping @Sendable (ServerEvent) async -> Void = { _ in }
    ) async throws -> SessionEnd {
        // One that is free on [::1] may be taken here, or be gone before the server listens: any connection takes one.
        for _ in 0..<Self.attempts {
            do {
                return try await serve(onReady: onReady, onEvent: onEvent)
            } catch is PortTaken {
                continue
            }
        }
        throw ServerError.cannotListen("every port that was tried is in use")
    }

    private static let attempts = 32

    /// A port nobody asked for is in use: another will do.
    private struct PortTaken: Error {}

    private func serve(
        onReady: @escaping @Sendable (Entrance) async -> Void,
        onEvent: @escaping @Sendable (ServerEvent) async -> Void
    ) async throws -> SessionEnd {
        let (ends, end) = AsyncStream.makeStream(of: SessionEnd.self)
        let watch = PageWatch(desk: desk, clock: clock)
        let pages = Pages(
            desk: desk, gate: gate, watch: watch, memory: PageMemory(), choices: PeopleChoices(),
            templates: try TemplateLibrary.shared.get(),
            heartbeat: settings.heartbeatInterval, finish: { end.yield(.finished) })
        let neighbour = try NeighbourPort.reserve(settings.port)
        defer { withExtendedLifetime(neighbour) {} }
        let (listening, listens) = AsyncStream.makeStream(of: Void.self)
        let service = ServiceGroup(
            services: [
                application(
                    pages, port: settings.port ?? neighbour?.port ?? 0, onListening: { listens.yield() },
                    onEvent: onEvent)
            ], logger: .silent)
        let result: Result<SessionEnd, any Error>
        do {
            let end = try await withThrowingTaskGroup(of: Step.self) { group in
                group.addTask {
                    try await service.run()
                    return .stopped
                }
                // Beside the server, not within it: it accepts nobody before its own callback has returned.
                group.addTask { [gate] in
                    for await _ in listening {
                        if let entrance = await gate.newEntrance() { await onReady(entrance) }
                        break
                    }
                    return .announced
                }
                group.addTask { [self] in
                    let end = try await theEnd(of: ends, watch: watch, onEvent: onEvent)
                    // What has begun to be answered is delivered.
                    await service.triggerGracefulShutdown()
                    return .ended(end)
                }
                var end = SessionEnd.cancelled
                while let step = try await group.next() {
                    switch step {
                    case .announced: continue
                    case .ended(let reason): end = reason
                    case .stopped: group.cancelAll()
                    }
                }
                return end
            }
            result = .success(end)
        } catch {
            result = error is CancellationError || Task.isCancelled ? .success(.cancelled) : .failure(translated(error))
        }
        await gate.close()
        return try result.get()
    }

    private enum Step: Sendable {
        case announced, stopped
        case ended(SessionEnd)
    }

    /// Why the session ends, once it does.
    private func theEnd(
        of ends: AsyncStream<SessionEnd>, watch: PageWatch, onEvent: @escaping @Sendable (ServerEvent) async -> Void
    ) async throws -> SessionEnd {
        try await withThrowingTaskGroup(of: SessionEnd.self) { group in
            group.addTask { [clock] in
                for await reason in ends {
                    // The page that says good-bye still fetches its style.
                    try await clock.sleep(Self.farewell)
                    return reason
                }
                throw CancellationError()
            }
            if settings.heartbeatInterval != nil, settings.lastPage == .endsSession {
                group.addTask {
                    try await watch.untilDeserted { await onEvent(.pageClosedWithUnexportedPasswords($0)) }
                    return .lastPageClosed
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .cancelled
        }
    }

    private func application(
        _ pages: Pages, port: UInt16, onListening: @escaping @Sendable () -> Void,
        onEvent: @escaping @Sendable (ServerEvent) async -> Void
    ) -> some Service {
        let router = Router(context: PageContext.self)
        router.add(middleware: AnswerMiddleware(logger: logger))
        router.add(
            middleware:
                GateMiddleware(
                    gate: gate, watch: pages.watch, start: settings.start.href, onEntry: { await onEvent(.entered) }))
        pages.addRoutes(to: router)
        return Application(
            router: router,
            // Who has opened a connection and asks nothing does not hold it for ever.
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: Int(port))),
            onServerRunning: { [gate] channel in
                await gate.listens(on: channel.localAddress?.port ?? 0)
                onListening()
            },
            logger: .silent)
    }

    private func translated(_ error: any Error) -> any Error {
        guard let error = error as? IOError else { return ServerError.cannotListen("\(error)") }
        if error.errnoCode == EADDRINUSE { return settings.port.map(ServerError.portInUse) ?? PortTaken() as any Error }
        return ServerError.cannotListen(String(cString: strerror(error.errnoCode)))
    }

    private static let farewell = Duration.milliseconds(1500)
}

extension Logger {
    /// For libraries, whose messages may hold addresses with tokens in them.
    fileprivate static let silent = Logger(label: "approvals-page") { _ in SwiftLogNoOpLogHandler() }
}
