import Logging
import Synchronization

@testable import ApprovalsWeb

/// Runs a server for as long as `body` takes.
struct Served {
    let server: ApprovalServer
    let entrance: Entrance
    let events: AsyncStream<ServerEvent>

    static func settings(
        port: UInt16? = nil, heartbeat: Duration? = .seconds(5),
        lastPage: ApprovalServerSettings.LastPage = .keepsSession
    ) -> ApprovalServerSettings {
        ApprovalServerSettings(port: port, heartbeatInterval: heartbeat, lastPage: lastPage)
    }

    @discardableResult
    static func run(
        _ desk: FakeDesk = FakeDesk(details: People.everyForm), settings: ApprovalServerSettings = settings(),
        clock: PageClock = .system, logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: @escaping @Sendable (Served) async throws -> Void
    ) async throws -> SessionEnd {
        let server = ApprovalServer(desk: desk, settings: settings, logger: logger, clock: clock)
        let (ready, isReady) = AsyncStream.makeStream(of: Entrance.self)
        let (events, event) = AsyncStream.makeStream(of: ServerEvent.self)
        return try await withThrowingTaskGroup(of: SessionEnd?.self) { group in
            group.addTask {
                defer { isReady.finish() }
                return try await server.run(onReady: { isReady.yield($0) }, onEvent: { event.yield($0) })
            }
            group.addTask {
                for await entrance in ready {
                    // Who waits for the end of the session is cancelled by it.
                    do {
                        try await body(Served(server: server, entrance: entrance, events: events))
                    } catch is CancellationError {}
                    break
                }
                return nil
            }
            var end: SessionEnd?
            while let step = try await group.next() {
                if let step { end = step }
                group.cancelAll()
            }
            return end ?? .cancelled
        }
    }

    /// The same, with somebody who has entered.
    static func visit(
        _ desk: FakeDesk = FakeDesk(details: People.everyForm),
        _ body: @escaping @Sendable (Visitor) async throws -> Void
    ) async throws {
        try await run(desk) { try await body(.entered($0.entrance)) }
    }
}

/// Time that passes when a test says so, and only then.
final class HandClock: Sendable {
    private let time = Mutex(Duration.zero)
    private let ticks: AsyncStream<Void>
    private let tick: AsyncStream<Void>.Continuation

    init() { (ticks, tick) = AsyncStream.makeStream() }

    var clock: PageClock {
        PageClock(
            now: { self.time.withLock { $0 } },
            sleep: { _ in
                var iterator = self.ticks.makeAsyncIterator()
                await iterator.next()
                try Task.checkCancellation()
            })
    }

    func advance(by duration: Duration) {
        time.withLock { $0 += duration }
        tick.yield()
    }
}
