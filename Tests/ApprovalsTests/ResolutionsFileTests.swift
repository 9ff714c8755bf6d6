import Directory
import FoundationEssentials
import SyncPlan
import SyncTestSupport
import Testing

@testable import Approvals

@Suite("The resolutions file")
struct ResolutionsFileTests {
    private func read(_ json: String) throws -> [Resolution] {
        try ResolutionsFile(path: "resolutions.json").decode(Data(json.utf8))
    }

    private func problems(_ json: String) -> [String] {
        do {
            _ = try read(json)
            return []
        } catch {
            return (error as? ResolutionsFileError)?.problems ?? ["\(error)"]
        }
    }

    @Test("Everything that is written is read again")
    func roundTrip() throws {
        var entries = [
            answer(.enable, "Jane", id: 1, accept: nil),
            answer(.enable, "Jane", password: "Ge\"heim/ß", keepPassword: true),
            answer(.disable, "Jane", id: 1, accept: false), answer(.join, "Jane", id: 1, group: "CN=Plant Safety"),
            answer(.name, "Jane", id: 1, name: "jane", newName: "jane2"),
            answer(.name, "Jane", id: 1, name: "jane", takeOver: .holder),
            answer(.name, "Jane", id: 1, name: "jane", takeOver: .account("jane")),
            answer(.grant, "Zoe\u{308}", group: "CN=Plant Safety"),
        ]
        entries[0].id = "0123456789"
        entries[0].timestamp = nil
        entries[2].members = [
            Resolution.Member(user: "A", anchor: Fixture.anchor(1)), Resolution.Member(user: "B", anchor: nil),
        ]
        let bytes = try ResolutionsFile.encode(entries)
        #expect(try ResolutionsFile(path: "").decode(Data(bytes)) == entries)
        #expect(try ResolutionsFile.encode(ResolutionsFile(path: "").decode(Data(bytes))) == bytes)
    }

    @Test("A question is an entry with accept null, and no keys that say nothing")
    func pending() throws {
        let world = ImportCase(file: [record(1, "Jane", "jane")])
        let entry = try #require(world.plan().questions.first).pendingResolution(at: Fixture.now)
        let text = String(decoding: try ResolutionsFile.encode([entry]), as: UTF8.self)
        #expect(
            text == """
                {
                  "resolutions" : [
                    {
                      "accept" : null,
                      "anchor" : "\(Fixture.anchor(1))",
                      "id" : "\(try #require(entry.id))",
                      "reason" : "a new user, created disabled",
                      "sAMAccountName" : "jane",
                      "timestamp" : "2026-11-20T08:15:00Z",
                      "type" : "enable",
                      "user" : "Jane"
                    }
                  ]
                }

                """)
    }

    @Test("Files of UserSync are read as they are")
    func userSync() throws {
        let entries = try read(
            """
            \u{FEFF}{"resolutions": [
                {"type": "enable", "user": "Jane", "accept": true, "timestamp": "2026-01-02T03:04:05.678901+01:00",
                 "password": "Geheim-1", "something": {"unknown": [1]}},
                {"type": "name", "user": "Jane", "accept": true, "name": "jane", "new_name": "jane2",
                 "take_over_account": false, "timestamp": "2026-01-02T03:04:05"},
                {"type": "join", "user": "Jane", "accept": null, "group": "CN=Safety"},
                {"type": "leave", "user": "Jane", "group": "CN=Safety"}
            ]}
            """)
        #expect(entries.map(\.kind) == [.enable, .name, .join, .leave])
        #expect(entries.map(\.accept) == [true, true, nil, nil])
        #expect(entries.allSatisfy { $0.id == nil && $0.anchor == nil })
        #expect(entries[0].timestamp == Fixture.time("2026-01-02T02:04:05.678901"))
        #expect(entries[1].takeOver == nil && entries[1].newName == "jane2")
        #expect(try read(#"{"resolutions": []}"#).isEmpty)
    }

    @Test("All faults are told at once, each with its entry, and no value that may be a password")
    func faults() {
        let found = problems(
            """
            {"resolutions": [
                {"type": "promote", "user": "Jane"},
                {"type": "enable", "user": "", "password": "Geheim-1", "timestamp": "yesterday"},
                {"type": "enable", "user": "Jane", "password": ["Geheim-2"]},
                {"type": "enable", "user": "Jane", "accept": "Geheim-3"},
                {"type": "join", "user": "Jane"}, {"type": "name", "user": "Jane"},
                {"type": "enable"}, {"type": "enable", "user": "Jane", "anchor": "somebody"},
                {"type": "enable", "user": "Jane"}, "Geheim-4"
            ]}
            """)
        #expect(
            found == [
                "line 2: type is to be one of enable, disable, join, leave, name, grant", "line 3: user is missing",
                "line 3: timestamp is no ISO 8601 time, such as 2026-11-20T08:15:00Z",
                "line 4: password is to be a text, not a list",
                "line 5: accept is to be true, false or null, not a string", "line 6: group is missing",
                "line 6: name is missing", "line 7: user is missing",
                "line 7: anchor is to be ad-user-sync:<domain GUID>:<user GUID>", "line 8: an entry is an object",
            ])
        #expect(!"\(found)".contains("Geheim"))
    }

    @Test(
        "What is no resolutions file at all is told so, without its content",
        arguments: [
            ("", "line 1, column 1: the file is empty"),
            (
                #"{"resolutions": [{"password": "Geheim-1""#,
                "line 1, column 41: expected ',' or '}' after the value, but the file ends"
            ),
            (
                #"{"resolutions": [], "resolutions": []}"#,
                "line 1, column 21: a key stands twice in one object"
            ),
            ("[]", "expected an object with the key \"resolutions\" and a list of entries"),
            ("{}", "expected an object with the key \"resolutions\" and a list of entries"),
            (#"{"resolutions": null}"#, "expected an object with the key \"resolutions\" and a list of entries"),
        ])
    func noFile(json: String, problem: String) {
        #expect(problems(json) == [problem])
    }

    @Test("On disk: absent reads as empty and is told from it, written is private, a folder is no file")
    func onDisk() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "resolutions-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ResolutionsFile(path: folder.appending(path: "resolutions.json").path)
        #expect(try file.read().isEmpty)
        #expect(try file.content() == nil)
        let entries = [answer(.enable, "Jane", id: 1, password: "Geheim-1")]
        try file.write(entries)
        #expect(try file.read() == entries)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // A file that others may read is private after the next write.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try file.write([])
        #expect(try file.content() == [])
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: ResolutionsFileError.self) { try ResolutionsFile(path: folder.path).read() }
    }
}
