// Dispatch does not say that its sources may be shared between threads, though they may.
@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into a request to stop: what is under way is finished, nothing new is begun, and the report
/// tells how far it got. Where nothing is under way, it ends whatever it waits for. Another signal, a second later or more,
/// ends the process at once.
final class SignalWatch: Sendable {
    private let state = Mutex(State())
    private let sources: [any DispatchSourceSignal]

    private struct State {
        var received: Int32?
        var receivedAt: ContinuousClock.Instant?
        var handler: (@Sendable () -> Void)?
        /// Asked before the first SIGINT counts.
        var question: (@Sendable () -> Void)?
        var askedAt: ContinuousClock.Instant?
        var hasWorkToFinish = false
        var farewell: (@Sendable () -> Void)?
    }

    /// Returns when it listens: what comes before that ends the process as it always did, and nothing is lost between.
    init() {
        sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0) }
        let listening = DispatchSemaphore(value: 0)
        for (number, source) in zip([SIGINT, SIGTERM], sources) {
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.setRegistrationHandler { listening.signal() }
            source.activate()
        }
        for _ in sources { listening.wait() }
    }

    /// - Parameter handler: called once, at once if the signal has come already.
    func onSignal(_ handler: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.handler = handler
            return state.received != nil
        }
        if isLate { handler() }
    }

    /// From now on the first SIGINT only asks: whoever sends another one means it. SIGTERM needs no second word.
    func ask(_ question: @escaping @Sendable () -> Void) {
        state.withLock { $0.question = question }
    }

    /// Takes ``ask(_:)`` back.
    func stopAsking() {
        state.withLock { $0.question = nil }
    }

    /// From now on the process ends when it has come to an end by itself. Until then nothing was announced that would have
    /// to be answered for, and what it may be waiting for (a pipe, a lock, a disk that is gone) does not hold it.
    func beginWork() {
        state.withLock { $0.hasWorkToFinish = true }
    }

    /// Takes ``beginWork()`` back: what was announced has been done.
    func endWork() {
        state.withLock { $0.hasWorkToFinish = false }
    }

    /// - Parameter farewell: called when the process ends at once. It must not wait for anything.
    func beforeEnd(_ farewell: @escaping @Sendable () -> Void) {
        state.withLock { $0.farewell = farewell }
    }

    /// The status to end with, once a signal came.
    var status: ExitStatus? {
        switch state.withLock({ $0.received }) {
        case SIGINT?: .interrupted
        case SIGTERM?: .terminated
        default: nil
        }
    }

    private func receive(_ number: Int32) {
        let now = ContinuousClock.now
        if number == SIGINT, isAnswered(byAsking: now) { return }
        let (first, handler) = state.withLock { state in
            defer {
                state.received = number
                state.receivedAt = state.receivedAt ?? now
            }
            return (state.receivedAt, state.handler)
        }
        guard let first else {
            handler?()
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { [weak self] in self?.leave(with: number)
            }
            return
        }
        if now - first > Self.echo { end(with: number) }
    }

    /// For what can hear of the signal to end in order: a prompt, a connection, a page in the browser.
    private static let grace = DispatchTimeInterval.seconds(2)

    private func leave(with number: Int32) {
        guard !state.withLock({ $0.hasWorkToFinish }) else { return }
        Terminal.write(Array("interrupted; nothing was written to the directory\n".utf8), to: STDERR_FILENO)
        end(with: number)
    }

    private func end(with number: Int32) -> Never {
        Prompt.restoreEcho()
        state.withLock { $0.farewell }?()
        _exit(128 + number)
    }

    /// timeout(1) sends every signal twice, to the process and to its group: that is no second wish.
    private static let echo = Duration.seconds(1)

    /// For how long a question is remembered: who presses Ctrl-C again after that is asked again.
    private static let patience = Duration.seconds(30)

    /// Whether the signal led to a question only. Two keys pressed by a hand are further apart than an echo.
    private func isAnswered(byAsking now: ContinuousClock.Instant) -> Bool {
        let (question, isEcho) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
            guard let question = state.question, state.receivedAt == nil else { return (nil, false) }
            if let asked = state.askedAt, now - asked < Self.patience { return (nil, now - asked < .milliseconds(100)) }
            state.askedAt = now
            return (question, false)
        }
        question?()
        return question != nil || isEcho
    }
}
