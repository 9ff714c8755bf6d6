import Directory
import Foundation
import Logging
import Synchronization
import Testing

@testable import ApprovalsWeb

@Suite("A session from its beginning to its end")
struct SessionTests {
    @Test("It ends when the operator says so")
    func finish() async throws {
        let hand = HandClock()
        let end = try await Served.run(clock: hand.clock) { served in
            let reply = try await Visitor.entered(served.entrance).post("/finish")
            #expect(reply.text.contains("The session has ended"))
            hand.advance(by: .seconds(2))
            try await Task.sleep(for: .seconds(3600))
        }
        #expect(end == .finished)
    }

    @Test("With passwords that would be lost it asks first")
    func finishAsks() async throws {
        let hand = HandClock()
        let end = try await Served.run(FakeDesk(passwords: People.passwords(2)), clock: hand.clock) { served in
            let visitor = try await Visitor.entered(served.entrance)
            let asked = try await visitor.post("/finish")
            #expect(asked.text.contains("Finish all the same"))
            let still = try await visitor.get("/")
            #expect(still.status == 200)
            _ = try await visitor.post("/finish", [("confirmed", "yes")])
            hand.advance(by: .seconds(2))
            try await Task.sleep(for: .seconds(3600))
        }
        #expect(end == .finished)
    }

    @Test("A port in use is named")
    func portInUse() async throws {
        try await Served.run { served in
            let port = UInt16(Visitor(at: served.entrance).port)
            await #expect(throws: ServerError.portInUse(port)) {
                try await Served.run(settings: Served.settings(port: port)) { _ in }
            }
        }
    }

    @Test("Nobody else can listen on the port's other loopback address, which browsers may try first")
    func neighbour() async throws {
        try await Served.run { served in
            let port = UInt16(Visitor(at: served.entrance).port)
            #expect(throws: ServerError.portInUse(port)) { try NeighbourPort.reserve(port) }
        }
    }

    @Test("The page that forwards a browser is the operator's alone, and goes when it was used")
    func redirectPage() async throws {
        try await Served.run { served in
            let page = try await served.server.redirectPage(to: served.entrance)
            let folder = (page.path as NSString).deletingLastPathComponent
            for (path, mode) in [(page.path, 0o600), (folder, 0o700)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == mode)
            }
            #expect(try String(contentsOfFile: page.path, encoding: .utf8).contains(served.entrance.url.reveal()))
            _ = try await Visitor.entered(served.entrance)
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test("A forwarding page that nobody used goes with the session")
    func unusedRedirectPage() async throws {
        let path = Mutex("")
        try await Served.run { served in
            let page = try await served.server.redirectPage(to: served.entrance)
            path.withLock { $0 = page.path }
        }
        #expect(!FileManager.default.fileExists(atPath: path.withLock { $0 }))
    }

    @Test("A lost directory is told, and tried again when the operator wants")
    func lost() async throws {
        let desk = FakeDesk(details: People.everyForm)
        await desk.lose("connection refused <by> dc1")
        await desk.warn("Another run imported a newer file.")
        try await Served.visit(desk) { visitor in
            let page = try await visitor.get("/").text
            #expect(page.contains("The directory does not answer") && page.contains("refused &lt;by&gt; dc1"))
            #expect(page.contains("Another run imported a newer file."))
            _ = try await visitor.post("/reconnect")
            _ = try await visitor.post("/import-again")
        }
        #expect(await desk.reconnects == 1)
        #expect(await desk.imports == 1)
    }

    @Test("Nothing of the directory, and no secret, gets into the log")
    func log() async throws {
        let lines = LogLines()
        var logger = Logger(label: "test") { _ in lines }
        logger.logLevel = .trace
        let desk = FakeDesk(details: People.everyForm, passwords: People.passwords(2))
        try await Served.run(desk, logger: logger) { served in
            let visitor = try await Visitor.entered(served.entrance)
            for path in ["/", "/?q=Amina", "/actions/enable0001", "/passwords", "/nowhere/Amina"] {
                _ = try await visitor.get(path)
            }
            _ = try await visitor.post(
                "/actions/enable0001/accept", [("answer", "password"), ("password", "Tuvo-Kimal-Resa-99")])
            let log = lines.text
            #expect(log.contains("/actions/{id}") || log.contains("actions/:id"))
            let secrets = [
                served.entrance.token.digits, visitor.cookie ?? "-", visitor.formToken ?? "-", "Tuvo", "Amina", "jdoe",
                "Secret-Word", "enable0001",
            ]
            for secret in secrets { #expect(!log.contains(secret), "\(secret)") }
        }
        #expect(lines.levels == [.debug])
    }
}

/// All that was logged, with its metadata.
private final class LogLines: LogHandler {
    private let lines = Mutex<[(Logger.Level, String)]>([])
    var text: String { lines.withLock { $0.map(\.1).joined(separator: "\n") } }
    var levels: Set<Logger.Level> { lines.withLock { Set($0.map(\.0)) } }

    var metadata: Logger.Metadata {
        get { [:] }
        set { _ = newValue }
    }
    var logLevel: Logger.Level {
        get { .trace }
        set { _ = newValue }
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set { _ = newValue }
    }

    func log(event: LogEvent) {
        lines.withLock { $0.append((event.level, "\(event.message) \(event.metadata ?? [:])")) }
    }
}
