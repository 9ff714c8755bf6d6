/// Time as the watch over the pages has it; tests bring their own.
struct PageClock: Sendable {
    /// Since an arbitrary point; never goes back.
    let now: @Sendable () -> Duration
    let sleep: @Sendable (Duration) async throws -> Void

    static let system: PageClock = {
        let start = ContinuousClock.now
        return PageClock(
            now: { start.duration(to: .now) },
            sleep: { try await ContinuousClock().sleep(for: $0) })
    }()
}
