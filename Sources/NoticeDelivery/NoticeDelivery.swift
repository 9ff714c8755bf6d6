import Directory
public import Logging
public import RunNotices

/// Brings notices to where the hooks say, one after the other. What does not arrive is logged; nothing is thrown, since a run
/// that is done is done.
public struct NoticeDelivery: Sendable {
    private let children: RunningChildren
    private let logger: Logger
    private let grace: Duration
    private let isInHurry: @Sendable () -> Bool
    private let pause: @Sendable (Duration) async -> Void

    /// - Parameters:
    ///   - children: who is asked to end all commands when the process has to.
    ///   - grace: how long a command that was told to end (SIGTERM) may take before it is killed.
    ///   - isInHurry: whether somebody waits for the end: then nothing is tried twice.
    ///   - pause: between two attempts; tests do not wait.
    public init(
        children: RunningChildren, logger: Logger, grace: Duration = .seconds(3),
        isInHurry: @escaping @Sendable () -> Bool = { false },
        pause: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.children = children
        self.logger = logger
        self.grace = grace
        self.isInHurry = isInHurry
        self.pause = pause
    }

    public func deliver(_ notice: RunNotice, to hooks: [Hook]) async {
        let events = notice.events.map(\.rawValue).joined(separator: ", ")
        for hook in hooks where hook.isCalled(for: notice) {
            do throws(DeliveryFailure) {
                try await deliver(notice, to: hook)
                logger.debug("hooks: \(hook) was told (\(events))")
            } catch {
                logger.warning("hooks: \(hook.description.printable) was not told (\(events)): \(error)")
            }
        }
    }

    private func deliver(_ notice: RunNotice, to hook: Hook) async throws(DeliveryFailure) {
        let text: String
        do {
            text = try notice.rendered(hook.format)
        } catch {
            throw DeliveryFailure("the summary cannot be written as JSON: \(error)")
        }
        switch hook.way {
        case .command(let words):
            try await ChildProcess(words, input: Array(text.utf8), timeout: hook.timeout, grace: grace).run(children)
        case .post(let post):
            try await self.post(
                Posting(
                    post, mediaType: hook.format.mediaType, body: text, timeout: hook.timeout,
                    sender: "ad-user-sync/\(notice.version)", logger: logger),
                retries: post.retries)
        }
    }

    private func post(_ posting: Posting, retries: Int) async throws(DeliveryFailure) {
        var wait = Self.firstPause
        for attempt in 0...max(0, retries) {
            do throws(DeliveryFailure) {
                return try await posting.attempt()
            } catch {
                guard error.mayPass, attempt < retries, !isInHurry() else {
                    throw attempt == 0
                        ? error : DeliveryFailure("\(error); it was tried \(attempt + 1) times")
                }
                logger.debug("hooks: \(error); it is tried again")
            }
            await pause(wait)
            wait = min(wait * 3, Self.longestPause)
        }
    }

    private static let firstPause = Duration.milliseconds(500)
    private static let longestPause = Duration.seconds(30)
}
