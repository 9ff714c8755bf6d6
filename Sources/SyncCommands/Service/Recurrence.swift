import Logging

/// Runs again and again until it is told to stop. The next run begins when the one before has ended, so no two overlap.
struct Recurrence: Sendable {
    let interval: Duration
    let runner: CommandRunner

    /// - Parameter once: reads the configuration anew each time.
    /// - Throws: ``CommandFailure`` when the first run finds a mistake in command line or configuration: what cannot work
    ///   ends at once, and is seen.
    func perform(_ once: @Sendable () async throws -> ExitStatus) async throws -> ExitStatus {
        var pacing = Pacing(interval: interval)
        var isFirst = true
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let ending = try await runner.attempt(isFirst: isFirst, once)
            isFirst = false
            let pause = pacing.pause(
                after: ending.status, elapsed: start.duration(to: .now), chance: .random(in: 0...1))
            guard !Task.isCancelled else { break }
            runner.logger?.info("the next run begins in \(pause.words)")
            try? await Task.sleep(for: pause)
        }
        return .done
    }
}

/// How one run of many ended.
struct RunEnding: Sendable {
    let status: ExitStatus
    /// See ``CommandFailure/needsAnotherFile``.
    var needsAnotherFile = false
}

extension CommandRunner {
    /// One run of many: what goes wrong is told, and is no reason to end.
    ///
    /// - Throws: what a run throws that was told to stop, and what the first one finds wrong with command line or
    ///   configuration.
    func attempt(isFirst: Bool, _ once: @Sendable () async throws -> ExitStatus) async throws -> RunEnding {
        // What one run announced is done; the next may have to be left while it still waits for something.
        defer { signals.endWork() }
        do {
            return RunEnding(status: try await once())
        } catch {
            guard !Task.isCancelled else { throw error }
            let failure = CommandFailure(error)
            if isFirst, [.usage, .badConfiguration].contains(failure.status) { throw failure }
            try tell(failure)
            return RunEnding(status: failure.status, needsAnotherFile: failure.needsAnotherFile)
        }
    }
}

extension Duration {
    /// `45 s`, `12 min`, `1 h 5 min`
    var words: String {
        let seconds = components.seconds
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        default: return "\(seconds / 3600) h" + (seconds % 3600 < 60 ? "" : " \(seconds % 3600 / 60) min")
        }
    }
}
