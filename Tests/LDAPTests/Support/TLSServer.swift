import Foundation
import Glibc
import LDAP

/// `openssl s_server` on a loopback port: TLS with a certificate of the test's choice, and nothing behind it.
final class TLSServer: Sendable {
    struct Failure: Error {}

    private let uri: LDAPURI
    private let process: Process

    /// Runs the server for as long as `body` does.
    static func serving<Result>(
        _ certificates: Certificates,
        _ name: String,
        arguments: [String] = [],
        _ body: (LDAPURI) async throws -> Result
    ) async throws -> Result {
        let server = try TLSServer(certificates, certificate: name, arguments: arguments)
        defer { server.process.terminate() }
        return try await body(server.uri)
    }

    /// Returns when the server accepts connections.
    private init(_ certificates: Certificates, certificate name: String, arguments: [String]) throws {
        let port = try Loopback.unusedPort()
        uri = try LDAPURI("ldaps://127.0.0.1:\(port)")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments =
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificates.path("\(name).pem"),
                "-key", certificates.path("\(name).key"),
            ] + arguments
        // It says "ACCEPT" when it listens, and ends when its input does: an open pipe keeps it.
        let output = Pipe()
        process.standardInput = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var seen = Data()
        while !seen.contains(Data("ACCEPT".utf8)) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure() }
            seen += more
        }
        // Whatever it says from now on must not fill the pipe.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }
}

extension Data {
    fileprivate func contains(_ part: Data) -> Bool { range(of: part) != nil }
}
