import Approvals

/// Watches over the open pages: which of them acts, when the last one is gone, and when a lost directory is tried again.
actor PageWatch {
    private let desk: any ApprovalDesk
    private let clock: PageClock
    private var tabs = TabRegister()
    private var lastReconnect: Duration?
    private var isReconnecting = false

    /// Between two attempts that nobody asked for.
    private static let reconnectPause = Duration.seconds(5)

    init(desk: any ApprovalDesk, clock: PageClock) {
        self.desk = desk
        self.clock = clock
    }

    func isActive(_ tab: String) -> Bool { tabs.isActive(tab) }

    func sign(of tab: String) { tabs.sign(of: tab, at: clock.now()) }

    func takeOver(by tab: String) { tabs.takeOver(by: tab, at: clock.now()) }

    func close(_ tab: String) { tabs.close(tab, at: clock.now()) }

    /// Called with every sign of life while the directory is lost; most of the calls do nothing.
    func reconnectNowAndThen() async {
        let now = clock.now()
        if isReconnecting { return }
        if let lastReconnect, now - lastReconnect < Self.reconnectPause { return }
        isReconnecting = true
        await desk.reconnect()
        isReconnecting = false
        lastReconnect = clock.now()
    }

    /// Returns when the last page was closed and nothing would be lost by ending; tells `warn` when something would.
    ///
    /// - Throws: `CancellationError`.
    func untilDeserted(warn: @Sendable (Int) async -> Void) async throws {
        while true {
            try await clock.sleep(.seconds(1))
            tabs.dropSilent(at: clock.now())
            guard tabs.isDeserted(at: clock.now()) else { continue }
            let unexported = await desk.overview().unexportedPasswords
            if unexported == 0 { return }
            tabs.forgiveDesertion()
            await warn(unexported)
        }
    }
}
