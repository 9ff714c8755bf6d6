import RunNotices
import Testing

@Suite struct PostTests {
    @Test(
        "Where a report may be posted to; of the address, only the host is ever shown",
        arguments: [
            ("https://alerts.example.test/hooks/T0K3N?key=T0K3N", "https://alerts.example.test"),
            ("HTTPS://alerts.example.test:8443", "https://alerts.example.test"),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1"), ("http://localhost/x", "http://localhost"),
            ("http://[::1]:8080/", "http://[::1]"), ("https://[2001:db8::1]/", "https://[2001:db8::1]"),
        ])
    func accepted(text: String, shown: String) throws {
        let address = try WebAddress(text)
        #expect("\(address)" == shown)
        #expect(!String(reflecting: address).contains("T0K3N"))
        #expect(address.reveal() == text)
    }

    @Test(
        "Where it may not",
        arguments: [
            "http://alerts.example.test/", "http://127.0.0.1.evil.test/", "http://localhost.evil.test/",
            "http://128.0.0.1/", "https://user:password@alerts.example.test/", "https://", "https:///x",
            "ftp://alerts.example.test/", "alerts.example.test", "https://alerts.example.test/a b",
            "https://alerts.example.test/\r\nHost: x", "https://alerts.example.test:0/",
            "https://alerts.example.test:x/",
            "https://alerts.example.test/#x", "https://älerts.example.test/", "https://a\\b/", "",
        ])
    func refused(text: String) {
        #expect(throws: WebAddress.Problem.self) { try WebAddress(text) }
    }

    @Test("Header fields of a file")
    func fields() throws {
        let file = "\u{FEFF}# the team's token\r\nAuthorization: Bearer  T0K3N \r\n\r\nX-Room:ops\n"
        let fields = try HeaderFields(parsing: Array(file.utf8)).fields
        #expect(fields.map(\.name) == ["Authorization", "X-Room"])
        #expect(fields.map(\.value) == ["Bearer  T0K3N", "ops"])
    }

    @Test(
        "What is none is told by its line and not by what stands there",
        arguments: [
            "T0K3N", "Authorization Bearer: T0K3N", ": T0K3N", "Authorization:", "Authorization: T0K3N\u{7F}",
            "Authorization: T0K3Nü", "Host: T0K3N", "Content-Length: 4", "A: T0K3N\rB: x",
        ])
    func wrongFields(line: String) throws {
        let problem = #expect(throws: HeaderFields.Problem.self) {
            try HeaderFields(parsing: Array("# first\n\(line)\n".utf8))
        }
        let words = try #require(problem).description
        #expect(words.hasPrefix("line 2: ") && !words.contains("T0K3N"))
    }
}
