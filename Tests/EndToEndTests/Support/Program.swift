import Foundation
import LabSupport
import Testing

/// The program under test, run as a process of its own.
enum Program {
    /// Beside the test bundle, where the same build put it.
    static let path: String = {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: "ad-user-sync").path
    }()

    static func run(
        _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
        input: String = ""
    ) async throws -> Run {
        var process = Subprocess(path, arguments)
        process.folder = folder.path
        process.environment = environment
        process.input = Array(input.utf8)
        return Run(try await process.run())
    }
}

/// What one run of the program said, and how it ended.
struct Run {
    let status: Int32
    let output: String
    let log: String

    init(_ result: Subprocess.Result) {
        (status, output, log) = (result.status, result.outputText, result.errorText)
    }

    /// The document on standard output.
    var summary: JSON {
        get throws { try JSON(parsing: output) }
    }

    /// For the report of a test that failed; of long output the beginning.
    private var said: String {
        [log, output].map { $0.count > 1200 ? $0.prefix(1200) + "…" : $0 }.joined(separator: "\n")
    }

    /// The pending actions of a kind.
    func pending(_ type: String) throws -> [JSON] {
        try summary["required_interactions"].elements.filter { $0["type"].string == type }
    }

    /// Fails the test, with all that was said, unless it ended this way.
    @discardableResult
    func ended(
        with status: Int32, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) -> Run {
        #expect(
            self.status == status, "ended with \(self.status), not \(status)\n\(said)",
            sourceLocation: sourceLocation)
        for word in words {
            #expect(
                log.contains(word) || output.contains(word), "does not say \"\(word)\"\n\(said)",
                sourceLocation: sourceLocation)
        }
        return self
    }
}
