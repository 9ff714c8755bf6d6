import Directory
import Foundation
import SyncPlan
import SyncTestSupport
import Testing

@testable import Journal

@Suite("A journal as an undo reads it")
struct PastRunTests {
    /// As version 0.1.0 wrote it before there was an undo.
    static let lines = [
        #"{"line":"run","format":1,"run":"r","command":"import","started":"2026-11-20T08:15:00Z","version":"0.1.0","who":{"uid":0,"host":"h","account":"svc"},"file":{"path":"users.json","sha256":"00"},"target":{"domain":"target.test","domain_guid":"d","container":"OU=Managed","container_guid":"c","server":"dc"}}"#,
        intention(1, "update", #"[{"attribute":"mail","before":[],"after":["new"]}]"#),
        #"{"line":"answer","number":1,"at":"","result":"done"}"#,
        intention(2, "rename", #"[{"attribute":"distinguishedName","before":["CN=A,OU=M"],"after":["CN=B,OU=M"]}]"#),
        #"{"line":"answer","number":2,"at":"","result":"failed","kind":"refused"}"#,
        intention(3, "disable", #"[{"attribute":"userAccountControl","before":["512"],"after":["514"]}]"#),
        #"{"line":"answer","number":3,"at":"","result":"failed","kind":"unanswered"}"#,
        intention(
            4, "update", #"[{"attribute":"accountExpires","before":["never"],"after":["2026-12-01T00:00:00Z"]}]"#),
    ]

    private static func intention(_ number: Int, _ verb: String, _ changes: String) -> String {
        #"{"line":"intention","number":\#(number),"at":"","verb":"\#(verb)","stage":"change","person":{"cn":"Jane","sAMAccountName":"jane"},"account":{"guid":"6f9619ff-8b86-d011-b42d-00c04fc964ff","dn":"CN=Jane,OU=M"},"changes":\#(changes)}"#
    }

    private func run(_ lines: [String], torn: String = "") throws -> RecordedRun {
        try RecordedRun(id: "r", bytes: Array((lines.map { $0 + "\n" }.joined() + torn).utf8))
    }

    @Test("What happened, what may have happened, and nothing of what was refused; format 1 is read")
    func steps() throws {
        let past = try run(Self.lines).pastRun()
        #expect(past.steps.map(\.certainty) == [.confirmed, .open, .open])
        #expect(
            past.steps.flatMap(\.changes) == [
                FieldChange(.attribute("mail"), from: .values(.none), to: .text("new")),
                FieldChange(.isEnabled, from: .flag(true), to: .flag(false)),
                FieldChange(.expiry, from: .expiry(.never), to: .expiry(.at(Fixture.time("2026-12-01")))),
            ])
        #expect(past.attributes == ["mail"])
    }

    @Test("A last line that was cut off is what a killed run leaves")
    func torn() throws {
        #expect(try run(Self.lines, torn: #"{"line":"ans"#).pastRun().steps.count == 3)
    }

    static let damages: [(String, [String])] = [
        ("first line", Array(lines.dropFirst())), ("line 3", lines.prefix(2) + ["nonsense"] + lines.dropFirst(2)),
        ("operation 1", Array(lines.enumerated().filter { $0.offset != 1 && $0.offset != 2 }.map(\.element))),
        ("line 2 ", [lines[0], lines[2]] + lines.dropFirst()),
        (
            "counts other operations",
            lines + [
                #"{"line":"end","at":"","result":"done","counts":{"done":{"update":9},"failed":0,"skipped":0,"unanswered":0}}"#
            ]
        ),
        (
            "no meaning",
            [lines[0], intention(1, "disable", #"[{"attribute":"userAccountControl","before":[],"after":["x"]}]"#)]
        ),
        (
            "no meaning",
            [lines[0], intention(1, "rename", #"[{"attribute":"distinguishedName","before":["="],"after":["CN=x"]}]"#)]
        ),
        ("the group", [lines[0], intention(1, "join", "[]")]),
    ]

    @Test("Damage is refused, and told", arguments: damages)
    func damaged(word: String, lines: [String]) throws {
        let error = #expect(throws: DamagedJournal.self) { try run(lines).pastRun() }
        #expect(
            error?.description.contains(word.trimmingCharacters(in: .whitespaces)) == true,
            "\(String(describing: error))")
    }

    @Test(
        "Every time is read back to the last digit",
        arguments: [
            AccountExpiry.never, .at(Fixture.time("2026-12-01")), .at(Timestamp(fileTime: 133_000_000_000_000_001)),
            .at(Timestamp(fileTime: 2_650_467_743_990_000_000)), .at(Timestamp(fileTime: 1)),
        ])
    func expiry(_ expiry: AccountExpiry) {
        #expect(AccountExpiry(journalText: expiry.journalText) == expiry)
    }
}
