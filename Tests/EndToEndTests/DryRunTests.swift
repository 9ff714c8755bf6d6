import LabSupport
import Testing

extension EndToEnd {
    @Suite struct DryRun {
        @Test("A dry run tells everything and writes nothing: no directory, no state, no resolutions")
        func nothing() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            try await stage.run(.import, ["--help"]).ended(with: 0)
            let before = try stage.folder.fingerprint()
            try await stage.writesNothing {
                let run = try await Program.run(["import", "--dry-run"], in: stage.folder).ended(with: 0)
                let summary = try run.summary
                #expect(summary["dry_run"] == true)
                #expect(summary["created"] == [])
                let planned = summary["planned"].elements
                #expect(planned.count { $0["operation"] == "create" } == 4)
                #expect(planned.contains { $0["operation"] == "join" && $0["group"] == "Plant Operators" })
                #expect(try run.pending("enable").count == 4)
            }
            #expect(try stage.folder.fingerprint() == before)
        }

        @Test("Also when there is a past: changes, leavers, answers and all")
        func withAPast() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            try await stage.target.apply(.replace(try await stage.managed("e2e-wei").dn, "userAccountControl", "512"))
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": "Correct-Horse-7"])
            try await stage.source.apply(
                .rename(Crew.conan.dn(below: stage.sourcePath), to: "CN=Conan the Engineer"),
                .delete(Crew.wei.dn(below: stage.sourcePath)))
            try await stage.export().ended(with: 0)
            let before = try stage.folder.fingerprint()
            try await stage.writesNothing {
                let run = try await Program.run(["import", "--dry-run"], in: stage.folder).ended(with: 0)
                let operations = try run.summary["planned"].elements.compactMap { $0["operation"].string }
                #expect(Set(operations) == ["enable", "rename", "disable"])
                #expect(!run.output.contains("Correct-Horse-7") && !run.log.contains("Correct-Horse-7"))
            }
            #expect(try stage.folder.fingerprint() == before)
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["enabled"] == ["Jane Doe"])
            #expect(try run.summary["disabled"] == ["魏 伟"])
        }

        @Test("A dry run after which something would be held back still ends with 0")
        func brakes() async throws {
            let stage = try await Stage([])
            try await stage.importing(UserFile.document([UserFile.record(1)])).ended(with: 0)
            let run = try await stage.importing(UserFile.document([], sequence: 2), "--dry-run").ended(with: 0)
            #expect(try run.summary["brakes"].elements.count == 1)
        }
    }
}
