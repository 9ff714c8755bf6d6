import Logging

/// Imports each user file that arrives, until it is told to stop.
///
/// A file that is still being written is not complete, and told so by its HMAC or its JSON: it is looked at again when it
/// changes. One that was imported, or refused for what is in it, is not looked at again before it changes, or the
/// configuration does; one whose import failed for another reason, or in part, is.
struct ImportWatch: Sendable {
    /// The configuration file.
    let configuration: String
    let runner: CommandRunner
    /// Where the user file arrives, as the configuration has it now.
    let place: @Sendable () throws -> String
    /// Imports it; reads the configuration anew.
    let once: @Sendable () async throws -> ExitStatus

    /// What a run was made with. With the same, there is no reason for another.
    private struct Ground: Equatable {
        let file: FileStamp
        let configuration: FileStamp?
    }

    /// - Throws: ``CommandFailure`` for a mistake that is there from the beginning: what cannot work ends at once, and is
    ///   seen.
    func perform() async throws -> ExitStatus {
        var settings = FileStamp(of: configuration)
        var place = try ArrivalPlace(of: try self.place())
        var pacing = Pacing(interval: Self.longestPause)
        var last: Ground?
        var retry: ContinuousClock.Instant?
        var isFirst = true
        if place.file == nil { runner.logger?.info("waiting for \(place.path)") }
        while !Task.isCancelled {
            if let now = FileStamp(of: configuration), now != settings {
                settings = now
                renew(&place)
            }
            let ground = place.file.map { Ground(file: $0, configuration: settings) }
            let isDue = retry.map { $0 <= .now } ?? false
            guard let ground, ground != last || isDue else {
                isFirst = false
                if ground == nil { retry = nil }
                let patience = retry.map { min(Self.glance, ContinuousClock.now.duration(to: $0)) } ?? Self.glance
                await place.change(within: patience, runner.logger)
                continue
            }
            // Whoever copies a file writes for a while.
            try? await Task.sleep(for: Self.quiet)
            guard place.file == ground.file, !Task.isCancelled else { continue }
            let ending = try await runner.attempt(isFirst: isFirst, once)
            isFirst = false
            last = ground
            let pause = pause(after: ending, &pacing)
            retry = pause.map { .now + $0 }
            if let pause, !Task.isCancelled {
                runner.logger?.info("\(place.path) is tried again in \(pause.words), or when another file comes")
            }
        }
        return .done
    }

    /// Nil where there is no reason to import the same file again.
    private func pause(after ending: RunEnding, _ pacing: inout Pacing) -> Duration? {
        guard ending.status.isFailure, !ending.needsAnotherFile else {
            pacing = Pacing(interval: Self.longestPause)
            return ending.status == .partlyFailed ? Self.pauseAfterPart : nil
        }
        return pacing.pause(after: ending.status, elapsed: .zero, chance: .random(in: 0...1))
    }

    /// The configuration was changed: the file may be to arrive elsewhere. What is wrong with it is told, and the old
    /// place holds.
    private func renew(_ place: inout ArrivalPlace) {
        do {
            let path = try self.place()
            guard path != place.path else { return }
            place = try ArrivalPlace(of: path)
            runner.logger?.info("waiting for \(path)")
        } catch {
            runner.logger?.error("\(CommandFailure(error).message)")
        }
    }

    /// Without a change for so long, a file is taken to be whole.
    private static let quiet = Duration.seconds(1)
    /// How often the file is looked at although nothing was told of it.
    private static let glance = Duration.seconds(60)
    private static let longestPause = Duration.seconds(900)
    /// When the rest is tried again; a record that the server refuses will be refused again.
    private static let pauseAfterPart = Duration.seconds(3600)
}
