import Foundation
import Glibc
import LDAP

/// `openssl s_server` on a loopback port: TLS with a certificate of the test's choice, and nothing behind it.
enum TLSServer {
    struct Failure: Error {}

    /// Runs the server for as long as `body` does.
    static func serving<Result>(
        _ certificates: Certificates,
        _ name: String,
        arguments: [String] = [],
        _ body: (LDAPURI) async throws -> Result
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments =
            [
                "s_server", "-accept", "127.0.0.1:0", "-cert", certificates.path("\(name).pem"),
                "-key", certificates.path("\(name).key"),
            ] + arguments
        let output = Pipe()
        process.standardInput = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Not `terminate`: the child inherits the signal mask of Swift's threads, which blocks SIGTERM.
        defer { kill(process.processIdentifier, SIGKILL) }
        let uri = try address(saidTo: output.fileHandleForReading)
        // Whatever it says from now on must not fill the pipe.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
        defer { output.fileHandleForReading.readabilityHandler = nil }
        return try await body(uri)
    }

    /// Waits for `ACCEPT 127.0.0.1:<port>`, said when the server listens.
    private static func address(saidTo output: FileHandle) throws -> LDAPURI {
        var said = ""
        while case let more = output.availableData, !more.isEmpty {
            said += String(decoding: more, as: UTF8.self)
            // The last piece may be half a line.
            let lines = said.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.hasPrefix("ACCEPT ") }) {
                return try LDAPURI("ldaps://\(line.dropFirst("ACCEPT ".count))")
            }
        }
        throw Failure()
    }
}
