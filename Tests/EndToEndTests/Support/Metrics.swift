import LabSupport
import Testing

/// A metrics file as Prometheus's own tools read it.
struct Metrics {
    private let text: String

    /// Fails the test when `promtool` has anything to say about the file.
    init(_ name: String, in folder: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        text = try folder.text(name)
        var promtool = Subprocess("/usr/bin/promtool", ["check", "metrics"])
        promtool.input = Array(text.utf8)
        let result = try await promtool.run()
        #expect(
            result.status == 0 && result.errorText.isEmpty && result.outputText.isEmpty,
            "\(result.errorText)\(result.outputText)\n\(text)", sourceLocation: sourceLocation)
        // Whoever reads it is another user.
        #expect(try folder.permissions(name) == 0o644, sourceLocation: sourceLocation)
    }

    /// Without the prefix all of them have.
    subscript(name: String) -> Double? {
        text.split(separator: "\n").first { $0.hasPrefix("ad_user_sync_\(name){") }
            .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    subscript(change action: String) -> Double? {
        text.split(separator: "\n").first { $0.contains("action=\"\(action)\"") }
            .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    func contains(_ words: String) -> Bool { text.contains(words) }
}
