import LabSupport
import Testing

extension EndToEnd {
    /// What `history` says of a damaged journal, and that it counts as everybody else does.
    @Suite struct HistoryTruth {
        private func history(_ stage: Stage, _ arguments: String...) async throws -> Run {
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            return try await Program.run(["history"] + arguments, in: stage.folder)
        }

        @Test("A line behind the end that cannot be read: the run ended, file and line are told, no undo goes by it")
        func damaged() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let journal = try stage.latestJournal()
            let lines = try stage.folder.text(journal).split(separator: "\n").count
            try stage.folder.write(try stage.folder.text(journal) + "nonsense\n", to: journal)

            let list = try await history(stage).ended(with: 0).summary["runs"][0]
            #expect(list["ended"] == "done")
            #expect(list["unreadable_lines"] == [["line": .number(lines + 1), "bytes": 8]])
            #expect(list["journal"].string?.hasSuffix(journal) == true)
            let told = try await history(stage, "last").ended(with: 0).summary
            #expect(told["ended"] == "done" && told["end"]["result"] == "done")
            #expect(told["unreadable_lines"] == list["unreadable_lines"])
            let sentence = "line \(lines + 1) of"
            let screen = PseudoTerminal(columns: 400)
            for arguments in [["history"], ["history", "last"]] {
                try await screen.run(arguments, in: stage.folder).run
                    .ended(with: 0, saying: "done", sentence, "\(journal) cannot be read (8 bytes)")
            }
            try await stage.writesNothing {
                try await UndoStage(stage).undo("last", "--yes")
                    .ended(with: 65, saying: "it is damaged: its line \(lines + 1) cannot be read")
            }
            #expect(try await !stage.import().ended(with: 0).log.contains("did not end"))
        }

        @Test("Who gets other names and other attributes is one user, wherever runs are counted")
        func users() async throws {
            var stage = try await Stage([.jane])
            stage.import["metrics_file"] = "import.prom"
            try await stage.carryAcross()
            try await stage.source.apply(
                .replace(Crew.jane.dn(below: stage.sourcePath), "sn", "Roe"),
                .replace(Crew.jane.dn(below: stage.sourcePath), "sAMAccountName", "e2e-jroe"),
                .rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=Jane Roe"))
            try await stage.export().ended(with: 0)
            let counts: JSON = ["renamed": 1, "updated": 1]
            let rehearsal = try await stage.import("--dry-run").ended(with: 0).summary
            #expect(rehearsal["counts"] == counts)
            #expect(rehearsal["planned"].elements.count { $0["operation"] == "update" } == 2)
            let (screen, _) = try await PseudoTerminal().run(["import", "--dry-run"], in: stage.folder)
            #expect(screen.output.contains(/would rename +1\s/) && screen.output.contains(/would update +1\s/))

            let done = try await stage.import().ended(with: 0).summary
            #expect(done["counts"] == counts && done["updated"] == ["Jane Roe"])
            #expect(try await history(stage).summary["runs"][1]["counts"]["done"] == ["rename": 1, "update": 1])
            let told = try await history(stage, "last").summary
            #expect(told["counts"]["done"] == ["rename": 1, "update": 1])
            #expect(told["operations"].elements.count { $0["verb"] == "update" } == 2)
            try await PseudoTerminal().run(["history"], in: stage.folder).run
                .ended(with: 0, saying: "updated 1, renamed 1")
            let metrics = try await Metrics("import.prom", in: stage.folder)
            #expect(metrics[change: "updated"] == 1 && metrics[change: "renamed"] == 1)

            let undo = try await UndoStage(stage).undo("last", "--dry-run").ended(with: 0).summary
            #expect(undo["counts"] == counts)
            #expect(try await UndoStage(stage).undo("last", "--yes").ended(with: 0).summary["counts"] == counts)
        }
    }
}
