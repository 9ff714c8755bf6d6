import Testing

@testable import SyncCommands

/// How long a service waits before it runs again.
@Suite struct PacingTests {
    private static let hour = Duration.seconds(3600)

    private func pauses(
        _ statuses: [ExitStatus], interval: Duration, elapsed: Duration = .zero, chance: Double = 0
    ) -> [Duration] {
        var pacing = Pacing(interval: interval)
        return statuses.map { pacing.pause(after: $0, elapsed: elapsed, chance: chance) }
    }

    @Test(
        "From one beginning to the next it is the interval, whatever the run took",
        arguments: [(0, 3600), (60, 3540), (3600, 0), (9000, 0)])
    func interval(elapsed: Int, pause: Int) {
        #expect(pauses([.done], interval: Self.hour, elapsed: .seconds(elapsed)) == [.seconds(pause)])
    }

    @Test("Up to a tenth of it is added by lot", arguments: [(0.0, 3600), (0.5, 3780), (1.0, 3960)])
    func spread(chance: Double, pause: Int) {
        #expect(pauses([.done], interval: Self.hour, chance: chance) == [.seconds(pause)])
    }

    @Test("After failures it is twice as long each time, and never longer than the interval")
    func backoff() {
        let failures = [ExitStatus](repeating: .unavailable, count: 12)
        #expect(
            pauses(failures, interval: Self.hour)
                == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600].map { .seconds($0) })
        #expect(pauses([.unavailable], interval: .seconds(2)) == [.seconds(2)])
    }

    @Test("However often it failed, the pause is a number")
    func manyFailures() {
        #expect(pauses([ExitStatus](repeating: .tryAgain, count: 200), interval: Self.hour).last == Self.hour)
    }

    @Test("What a failed run took is not counted: it may have been all waiting")
    func failureThatTakesLong() {
        #expect(pauses([.unavailable], interval: Self.hour, elapsed: .seconds(500)) == [.seconds(5)])
    }

    @Test("A run that did its work begins the count anew")
    func recovery() {
        #expect(
            pauses([.unavailable, .unavailable, .done, .unavailable], interval: Self.hour)
                == [5, 10, 3600, 5].map { .seconds($0) })
    }

    @Test(
        "What is held back, waits, or failed for single records is no failure of the run",
        arguments: [ExitStatus.done, .partlyFailed, .pending, .heldBack])
    func doneAllTheSame(status: ExitStatus) {
        #expect(pauses([status], interval: Self.hour) == [Self.hour])
    }

    @Test("Where the sign-in is refused it waits the whole time: the server locks an account after some attempts")
    func refusedSignIn() {
        #expect(pauses([.notAuthorised, .notAuthorised], interval: Self.hour) == [Self.hour, Self.hour])
    }
}
