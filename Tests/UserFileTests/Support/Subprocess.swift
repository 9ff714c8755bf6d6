import Foundation

/// Runs another program, so that a test can ask an implementation that is not ours.
func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let folder = try TemporaryFolder()
    try Data(input).write(to: URL(filePath: folder.path("input")))
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path("input")))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw SubprocessFailure(arguments: arguments, status: process.terminationStatus)
    }
    return bytes
}

struct SubprocessFailure: Error {
    let arguments: [String]
    let status: Int32
}

/// A folder of its own for each test; gone with the last reference.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "UserFileTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
