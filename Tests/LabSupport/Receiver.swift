import Foundation

/// An HTTP server on this machine that keeps what it is sent, and answers as it is told to.
public final class Receiver: Sendable {
    public struct Request: Decodable, Sendable {
        public let path: String
        public let headers: [String: String]
        public let body: String
    }

    /// What it answers with instead of a status.
    public enum Answer {
        /// Nothing, for a minute.
        public static let none = 0
        /// 200, and a body without end.
        public static let endless = 1
    }

    public let port: Int
    private let process: Process
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - answers: the statuses of the first answers, or one of ``Answer``; all others are 200. A redirect leads to
    ///     `/elsewhere`.
    ///   - certificate: a PEM file of certificate and key, for TLS; nil for none.
    public init(answers: [Int] = [], certificate: String? = nil) throws {
        folder = try TemporaryFolder()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments =
            ["-c", Self.script, answers.map(String.init).joined(separator: ","), folder.path("requests")]
            + (certificate.map { [$0] } ?? [])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The server says its port as soon as it listens.
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.filter(\.isNumber)) else {
            process.terminate()
            throw CocoaError(.executableLoad)
        }
        self.port = port
    }

    deinit { process.terminate() }

    /// In the order they came.
    public var requests: [Request] {
        get throws {
            guard folder.exists("requests") else { return [] }
            return try folder.text("requests").split(separator: "\n").map {
                try JSONDecoder().decode(Request.self, from: Data($0.utf8))
            }
        }
    }

    private static let script = #"""
        import http.server, json, ssl, sys, time
        answers = [int(answer) for answer in sys.argv[1].split(",") if answer]

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                with open(sys.argv[2], "a") as file:
                    file.write(json.dumps({"path": self.path, "headers": headers, "body": body}) + "\n")
                answer = answers.pop(0) if answers else 200
                if answer == 0:
                    time.sleep(60)
                self.send_response(200 if answer == 1 else answer)
                if 300 <= answer < 400:
                    self.send_header("Location", "/elsewhere")
                if answer != 1:
                    self.send_header("Content-Length", "0")
                self.end_headers()
                while answer == 1:
                    self.wfile.write(b"x" * 65536)

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *arguments):
                pass

        server = Server(("127.0.0.1", 0), Handler)
        if sys.argv[3:]:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[3])
            server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """#
}
