import LabSupport
import Testing

extension EndToEnd {
    /// `create`, `update`, `delete`, `delete_missing`, `restore`.
    @Suite struct LifeCycleSwitches {
        @Test("Keys and flags: what is switched off does not happen and is told; the flag has the last word")
        func keysAndFlags() async throws {
            var stage = try await Stage([])
            try await stage.importing(UserFile.document((1...3).map { UserFile.record($0) })).ended(with: 0)
            try stage.answer { $0["type"] == "enable" ? ["accept": true, "password": "Geheim-4711-x"] : nil }
            try await stage.import().ended(with: 0)
            let next = UserFile.document(
                [
                    UserFile.record(1, ["department": "Sales"]), UserFile.record(2, ["disabled": true]),
                    UserFile.record(4),
                ],
                sequence: 2)
            for key in ["create", "update", "delete", "delete_missing", "restore"] { stage.import[key] = false }
            try await stage.writesNothing {
                let run = try await stage.importing(next).ended(with: 0, saying: "update is switched off")
                #expect(
                    try run.summary["switched_off"] == [
                        "create": ["Person 4"], "update": ["Person 1"], "delete": ["Person 2"],
                        "delete_missing": ["Person 3"], "restore": [],
                    ])
            }
            let created = try await stage.import("--create").ended(with: 0)
            #expect(try created.summary["created"] == ["Person 4"])
            #expect(try created.summary["switched_off"]["create"] == .null)
            let deleted = try await stage.import("--delete", "--delete-missing").ended(with: 0)
            #expect(try Set(deleted.summary["disabled"].strings) == ["Person 2", "Person 3"])
            #expect(try await stage.managed("e2e-p1").first("department") == "Operations")
            for key in ["create", "update", "delete", "delete_missing", "restore"] { stage.import[key] = true }
            let back = try await stage.importing(
                UserFile.document((1...4).map { UserFile.record($0) }, sequence: 3), "--no-restore"
            ).ended(with: 0)
            #expect(try Set(back.summary["switched_off"]["restore"].strings) == ["Person 2", "Person 3"])
            #expect(try back.pending("enable").map { $0["user"] } == ["Person 4"])
        }
    }
}
