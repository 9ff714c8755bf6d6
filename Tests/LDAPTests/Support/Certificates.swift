import Foundation

/// Certificates of every kind, made by the `openssl` command in a folder of the test process.
final class Certificates: Sendable {
    enum Validity: String, Sendable {
        case current = "2"
        /// Ended before it began.
        case past = "-1"
    }

    struct Failure: Error {
        let command: [String]
    }

    /// Goes with the process: tests share their certificates, so no test is the one to remove them.
    private static let parent: String = {
        atexit { try? FileManager.default.removeItem(atPath: Certificates.parent) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("ldap-tests-\(getpid())").path
    }()

    private let folder: String

    init() throws {
        folder = "\(Self.parent)/\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for authority in ["ca", "other-ca"] {
            try openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=Test \(authority)",
                "-days",
                "2",
                "-keyout",
                path("\(authority).key"),
                "-out",
                path("\(authority).pem")
            )
        }
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// The CA that `issue` signs with.
    var caFile: String { path("ca.pem") }
    /// A CA that signed nothing here.
    var otherCAFile: String { path("other-ca.pem") }

    /// Makes `<name>.pem` and `<name>.key`.
    func issue(_ name: String, for alternativeName: String, validity: Validity = .current) throws {
        try openssl(
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=\(name)",
            "-keyout",
            path("\(name).key"),
            "-out",
            path("\(name).csr")
        )
        try "subjectAltName=\(alternativeName)".write(toFile: path("\(name).ext"), atomically: true, encoding: .utf8)
        try openssl(
            "x509",
            "-req",
            "-in",
            path("\(name).csr"),
            "-CA",
            path("ca.pem"),
            "-CAkey",
            path("ca.key"),
            "-CAcreateserial",
            "-days",
            validity.rawValue,
            "-extfile",
            path("\(name).ext"),
            "-out",
            path("\(name).pem")
        )
    }

    func issueSelfSigned(_ name: String, for alternativeName: String) throws {
        try openssl(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=\(name)",
            "-days",
            "2",
            "-addext",
            "subjectAltName=\(alternativeName)",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-keyout",
            path("\(name).key"),
            "-out",
            path("\(name).pem")
        )
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: arguments) }
    }
}
