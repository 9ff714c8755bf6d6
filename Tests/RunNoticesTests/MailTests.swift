import Directory
import Foundation
import RunNotices
import Testing

@Suite struct MailTests {
    private func mail(
        _ notice: RunNotice, from: String? = "sync@example.test", to: [String] = ["ops@example.test"]
    ) throws -> String {
        let envelope = MailEnvelope(from: from.flatMap(MailAddress.init), to: to.compactMap(MailAddress.init))
        return try notice.rendered(.mail(envelope))
    }

    @Test("A whole message, ready to be sent")
    func message() throws {
        let text = try mail(notice(), to: ["ops@example.test", "o'brien@example.test"])
        #expect(
            text.hasPrefix(
                """
                From: sync@example.test
                Date: Fri, 20 Nov 2026 08:15:02 +0000
                To: ops@example.test,
                 o'brien@example.test
                Subject: ad-user-sync import on plant.test: done
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit
                Auto-Submitted: auto-generated

                ad-user-sync import on plant.test: done

                users.json imported

                """))
        #expect(try ReceivedMail(mail(notice(), from: nil)).headers["From"] == nil)
    }

    @Test(
        "Whatever stands in the data, the headers are ours, and the subject says it",
        arguments: [
            ("Jürgens Rechner", "Jürgens Rechner"), ("魏伟的电脑.test", "魏伟的电脑.test"), ("o'brien", "o'brien"),
            ("=?UTF-8?B?ZXZpbA==?=", "=?UTF-8?B?ZXZpbA==?="),
            ("a\r\nBcc: x@evil.test", "a\u{FFFD}\u{FFFD}Bcc: x@evil.test"),
            ("a\n\nbody", "a\u{FFFD}\u{FFFD}body"), ("a\u{2028}Bcc: x", "a\u{FFFD}Bcc: x"),
            (String(repeating: "ü", count: 300), String(repeating: "ü", count: 300)),
        ])
    func injection(host: String, shown: String) throws {
        let text = try mail(notice(error: "Bcc: y@evil.test\nSubject: no", host: host))
        let received = ReceivedMail(text)
        #expect(
            Set(received.headers.keys) == [
                "From", "Date", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
                "Auto-Submitted",
            ])
        #expect(received.subject == "ad-user-sync import on \(shown): done")
        let head = text.prefix(upTo: text.range(of: "\n\n")?.lowerBound ?? text.endIndex)
        #expect(head.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 && $0.allSatisfy(\.isASCII) })
        #expect(received.body.contains("Bcc: y@evil.test\nSubject: no\n"))
    }

    @Test("No line is longer than a mail may have, and no character is cut in two")
    func longLines() throws {
        let long = String(repeating: "魏 伟, Conan O'Brien; ", count: 200)
        let text = try mail(notice(text: "\(long)\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 998 })
        #expect(text.replacing("\n", with: "").contains(long))
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test(
        "Addresses that can stand in a header as they are",
        arguments: [
            ("ops@example.test", true), ("o'brien+sync@plant.example.test", true), ("root@localhost", true),
            ("Ops <ops@example.test>", false), ("ops@example.test\nBcc: x@evil.test", false), ("ops", false),
            ("a@b@c", false), ("a b@example.test", false), ("ops@example.test, x@evil.test", false), ("@b", false),
            ("a@", false), ("jürgen@example.test", false), ("a..b@c", false), ("\"a b\"@c", false),
        ])
    func addresses(text: String, isAccepted: Bool) {
        #expect((MailAddress(text) != nil) == isAccepted)
    }
}
