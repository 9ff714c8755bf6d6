import Foundation
import LabSupport
import Testing

/// A container in which everything has happened that a run can do.
struct UndoStage {
    var stage: Stage
    static let password = "Correct-Horse-7"

    /// Any other container.
    init(_ stage: Stage) { self.stage = stage }

    /// Eight people who work, one who waits for his enabling, and one whose name an account elsewhere has.
    init() async throws {
        stage = try await Stage([])
        let elsewhere = stage.elsewhere
        try await stage.target.renew(
            elsewhere,
            with: [
                .add(
                    "CN=Local,\(elsewhere)",
                    [
                        ("objectClass", ["user"]), ("sAMAccountName", ["e2e-p10"]),
                        ("userPrincipalName", ["e2e-p10@target.test"]), ("userAccountControl", ["514"]),
                        ("department", ["Accounting"]),
                    ])
            ])
        try await stage.target.delegateTakeOver(from: elsewhere)
        try await stage.importing(UserFile.document((1...10).map { UserFile.record($0) })).ended(with: 0)
        try stage.answer { entry in
            entry["type"] == "enable" && entry["user"] != "Person 8" && entry["user"] != "Person 9"
                ? ["accept": true, "password": .text(Self.password)] : nil
        }
        try await stage.import().ended(with: 0)
    }

    /// Creation, update, rename, exchange of names, deactivation, joining, leaving, enabling, take-over: one run.
    func mixedImport() async throws -> String {
        try stage.answer("enable", of: "Person 8", with: ["accept": true, "password": .text(Self.password)])
        try stage.answer("name", of: "Person 10", with: ["accept": true, "take_over_account": true])
        let people = [
            UserFile.record(1, ["department": "Safety", "title": "Captain"]),
            UserFile.record(2, ["cn": "Person 2, renamed", "sAMAccountName": "e2e-renamed"]),
            UserFile.record(3, ["cn": "Person 4", "sAMAccountName": "e2e-p4"]),
            UserFile.record(4, ["cn": "Person 3", "sAMAccountName": "e2e-p3"]),
            UserFile.record(6, ["memberOf": ["CN=Operators", "CN=Engineers"]]),
            UserFile.record(7, ["memberOf": []]), UserFile.record(8), UserFile.record(9), UserFile.record(10),
            UserFile.record(11),
        ]
        let run = try await stage.importing(UserFile.document(people, sequence: 2)).ended(with: 0)
        let summary = try run.summary
        #expect(summary["created"] == ["Person 11"])
        #expect(summary["taken_over"].elements.count == 1)
        #expect(summary["disabled"] == ["Person 5"])
        #expect(summary["enabled"] == ["Person 8"])
        return try #require(summary["run"]["id"].string)
    }

    func undo(_ arguments: String...) async throws -> Run {
        try stage.folder.write(try stage.import.bytes, to: "import-config.json")
        return try await Program.run(["undo"] + arguments, in: stage.folder)
    }

    /// Everybody inside and elsewhere, by GUID: every attribute save what the directory counts and stamps by itself.
    func directory() async throws -> [String: [String: [String]]] {
        let units = [stage.managedPath, stage.elsewhere]
        var people: [String: [String: [String]]] = [:]
        for unit in units {
            for entry in try await stage.target.search(unit, "(sAMAccountType=805306368)", ["*", "memberOf"]) {
                var values: [String: [String]] = ["dn": [entry.dn]]
                for name in entry.attributes where !Self.bookkeeping.contains(name) {
                    values[name] = entry.octets(name).map { $0.map(String.init).joined(separator: " ") }.sorted()
                }
                people[try #require(entry.guid())] = values
            }
        }
        return people
    }

    /// `pwdlastset`: a password that was set stays.
    private static let bookkeeping: Set<String> = [
        "whenchanged", "usnchanged", "dscorepropagationdata", "pwdlastset", "lastlogon", "lastlogontimestamp",
        "logoncount", "badpwdcount", "badpasswordtime",
    ]
}

extension LabDomain {
    /// What an administrator grants where accounts may be given back to: to create users there.
    func delegateGivingBack(to container: String) async throws {
        let sid = try await serviceIdentifier()
        try await Subprocess(
            "/usr/bin/samba-tool",
            [
                "dsacl", "set", "--objectdn=\(container)", "-s", smbConf,
                "--sddl=(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;\(sid))",
            ]
        ).succeed()
    }
}

extension Stage {
    /// The path of the latest run's journal, in the folder.
    func latestJournal(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        return try #require(
            paths.last { $0.hasPrefix("state/import/") && $0.hasSuffix(".jsonl") }, sourceLocation: sourceLocation)
    }
}
