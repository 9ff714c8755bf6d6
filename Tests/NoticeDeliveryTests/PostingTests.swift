import Foundation
import LabSupport
import NoticeDelivery
import RunNotices
import Testing

@Suite(.timeLimit(.minutes(2))) struct PostingTests {
    @Test(
        "A receiver gets the notice, once",
        arguments: [(Hook.Format.json, "application/json"), (.text, "text/plain; charset=utf-8")])
    func posting(format: Hook.Format, mediaType: String) async throws {
        let receiver = try Receiver()
        let delivery = Delivery()
        await delivery.tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/hook?key=T0K3N", format: format))
        #expect(delivery.warnings == [])
        let request = try #require(receiver.requests.first)
        #expect(try receiver.requests.count == 1)
        #expect(try request.body == notice().rendered(format))
        #expect(request.path == "/hook?key=T0K3N")
        #expect(request.headers["content-type"] == mediaType)
        #expect(request.headers["user-agent"] == "ad-user-sync/1.0")
        #expect(!delivery.everything.contains("T0K3N"))
    }

    @Test("A receiver that is away for two attempts gets it with the third")
    func retrying() async throws {
        let receiver = try Receiver(answers: [503, 503])
        let delivery = Delivery()
        await delivery.tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/"))
        #expect(delivery.warnings == [])
        #expect(try receiver.requests.count == 3)
        #expect(delivery.noted == [.milliseconds(500), .milliseconds(1500)])
    }

    @Test(
        "What may pass is tried again, and nothing else",
        arguments: [
            ([503, 500, 429, 503], 3, "the receiver answers 429; it was tried 3 times"), ([403], 1, "answers 403"),
            ([404], 1, "answers 404"), ([302], 1, "answers 302, and redirects are not followed"),
            ([307], 1, "redirects are not followed"), ([408, 408, 408], 3, "408; it was tried 3 times"),
        ])
    func refusing(answers: [Int], attempts: Int, words: String) async throws {
        let receiver = try Receiver(answers: answers)
        let warnings = await Delivery().tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/T0K3N"))
        #expect(warnings.count == 1)
        #expect(try #require(warnings.first).hasSuffix(words), "\(warnings)")
        #expect(try #require(warnings.first).hasPrefix("hooks: http://127.0.0.1 was not told (success): "))
        #expect(try receiver.requests.count == attempts)
        #expect(try receiver.requests.allSatisfy { $0.path == "/T0K3N" })
    }

    @Test("Nobody waits for retries when the program is to end")
    func hurry() async throws {
        let receiver = try Receiver(answers: [503])
        let delivery = Delivery()
        await delivery.tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/"), isInHurry: true)
        #expect(delivery.warnings.count == 1)
        #expect(try receiver.requests.count == 1)
        #expect(delivery.noted == [])
    }

    @Test("A receiver that is not there, or says nothing, costs what the timeout allows")
    func silence() async throws {
        let receiver = try Receiver(answers: [Receiver.Answer.none])
        let delivery = Delivery()
        await delivery.tell(
            notice(), try .post("http://127.0.0.1:\(receiver.port)/", retries: 0, timeout: .milliseconds(1100)),
            try .post("http://127.0.0.1:1/T0K3N", retries: 1))
        #expect(delivery.warnings.count == 2)
        #expect(try #require(delivery.warnings.first).hasSuffix("no answer within 1 s"), "\(delivery.warnings)")
        #expect(try #require(delivery.warnings.last).contains("it was tried 2 times"), "\(delivery.warnings)")
        #expect(!delivery.everything.contains("T0K3N"), "\(delivery.everything)")
    }

    @Test("Of an answer without end, nothing but the status is read")
    func endless() async throws {
        let receiver = try Receiver(answers: [Receiver.Answer.endless])
        let delivery = Delivery()
        await delivery.tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/"))
        #expect(delivery.warnings == [])
        #expect(try receiver.requests.count == 1)
    }

    @Test("The proxy of the environment is not asked")
    func proxy() async throws {
        let receiver = try Receiver()
        for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"] { setenv(name, "http://127.0.0.1:1", 1) }
        defer { for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"] { unsetenv(name) } }
        #expect(await Delivery().tell(notice(), try .post("http://127.0.0.1:\(receiver.port)/")) == [])
    }

    @Test("Header fields of a file are sent, and a file that others may read is told")
    func headers() async throws {
        let receiver = try Receiver()
        let folder = try TemporaryFolder()
        try folder.write(Array("Authorization: Bearer T0K3N\n".utf8), to: "headers", permissions: 0o600)
        let delivery = Delivery()
        let hook = try Hook.post("http://127.0.0.1:\(receiver.port)/", headersFile: folder.path("headers"))
        await delivery.tell(notice(), hook)
        #expect(delivery.warnings == [])
        #expect(try receiver.requests.first?.headers["authorization"] == "Bearer T0K3N")
        try folder.write(Array("Authorization: Bearer T0K3N\n".utf8), to: "headers", permissions: 0o640)
        await delivery.tell(notice(), hook)
        #expect(try #require(delivery.warnings.first).contains("chmod 600"))
        #expect(try receiver.requests.count == 2)
        #expect(!delivery.everything.contains("T0K3N"))
    }

    @Test(
        "Without the header fields nothing is sent",
        arguments: [("Authorization T0K3N", "line 1: expected Name: value"), (nil, "No such file or directory")])
    func brokenHeaders(content: String?, words: String) async throws {
        let receiver = try Receiver()
        let folder = try TemporaryFolder()
        if let content { try folder.write(content, to: "headers") }
        let warnings = await Delivery().tell(
            notice(), try .post("http://127.0.0.1:\(receiver.port)/", headersFile: folder.path("headers")))
        #expect(try #require(warnings.first).hasSuffix(words), "\(warnings)")
        #expect(try receiver.requests.isEmpty)
    }

    @Test("Over TLS the receiver has to prove itself: by its authority, and by its name")
    func tls() async throws {
        let folder = try TemporaryFolder()
        try await certificate("receiver", for: "IP:127.0.0.1", in: folder)
        try await certificate("other", for: "DNS:elsewhere.test", in: folder)
        let receiver = try Receiver(certificate: folder.path("receiver.pem"))
        let address = "https://127.0.0.1:\(receiver.port)/"
        #expect(await Delivery().tell(notice(), try .post(address, caFile: folder.path("receiver.crt"))) == [])
        #expect(try receiver.requests.count == 1)
        // The system's authorities do not know it.
        let unknown = await Delivery().tell(notice(), try .post(address, retries: 0))
        #expect(try #require(unknown.first).contains("TLS"), "\(unknown)")
        let other = try Receiver(certificate: folder.path("other.pem"))
        let misnamed = await Delivery().tell(
            notice(), try .post("https://127.0.0.1:\(other.port)/", retries: 0, caFile: folder.path("other.crt")))
        #expect(misnamed.count == 1)
        let broken = await Delivery().tell(notice(), try .post(address, caFile: folder.path("nothing.pem")))
        #expect(try #require(broken.first).contains("ca_file: "), "\(broken)")
        #expect(try receiver.requests.count == 1 && other.requests.isEmpty)
    }

    /// `NAME.crt`, signed by itself, and `NAME.pem` with the key, too.
    private func certificate(_ name: String, for alternativeName: String, in folder: TemporaryFolder) async throws {
        try await Subprocess(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternativeName)",
                "-keyout", folder.path("\(name).key"), "-out", folder.path("\(name).crt"),
            ]
        ).succeed()
        try folder.write(try folder.text("\(name).key") + folder.text("\(name).crt"), to: "\(name).pem")
    }
}
