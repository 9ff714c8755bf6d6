import Logging

/// Imports each user file that arrives, until it is told to stop.
///
/// A file that is still being written is not complete, and told so by its HMAC or its JSON: it is looked at again when it
/// changes. One that was imported is not imported again; one whose import failed for a reason that may pass is.
struct ImportWatch: Sendable {
    /// The user file.
    let path: String
    let runner: CommandRunner

    func perform(_ once: @Sendable () async throws -> ExitStatus) async throws -> ExitStatus {
        let watch = try FolderWatch(of: path)
        var pacing = Pacing(interval: Self.longestPause)
        var tried: FileStamp?
        var retry: ContinuousClock.Instant?
        var isFirst = true
        while !Task.isCancelled {
            let found = FileStamp(of: path)
            let isDue = retry.map { $0 <= .now } ?? false
            guard let found, found != tried || isDue else {
                if isFirst, found == nil { runner.logger?.info("waiting for \(path)") }
                isFirst = false
                await watch.change(
                    within: min(Self.glance, retry.map { ContinuousClock.now.duration(to: $0) } ?? Self.glance))
                continue
            }
            // Whoever copies a file writes for a while.
            try? await Task.sleep(for: Self.quiet)
            guard FileStamp(of: path) == found, !Task.isCancelled else { continue }
            let status = try await runner.attempt(isFirst: isFirst, once)
            isFirst = false
            tried = found
            let pause = pacing.pause(after: status, elapsed: .zero, chance: .random(in: 0...1))
            retry = status.mayPass ? .now + pause : nil
            if retry != nil {
                runner.logger?.info("\(path) is tried again in \(pause.words), or when another file comes")
            }
        }
        return .done
    }

    /// Without a change for so long, a file is taken to be whole.
    private static let quiet = Duration.seconds(1)
    /// How often the file is looked at although nothing was told of it.
    private static let glance = Duration.seconds(60)
    private static let longestPause = Duration.seconds(900)
}
