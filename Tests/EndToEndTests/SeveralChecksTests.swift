import LabSupport
import Testing

extension EndToEnd {
    /// `check import --config-folder`: what the import from several sources would stumble over.
    @Suite struct SeveralChecks {
        private func check(_ sources: TwoSources, _ arguments: String...) async throws -> Run {
            try sources.writeConfigurations()
            return try await Program.run(
                ["check", "import", "--config-folder", TwoSources.folder] + arguments, in: sources.stage.folder)
        }

        @Test("Of each configuration a report, in one document; nothing is written")
        func both() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try await sources.stage.writesNothing {
                    let summary = try await check(sources, "--json").ended(with: 0).summary
                    #expect(summary["status"] == 0)
                    #expect(summary["problems"].elements.isEmpty)
                    let checks = summary["checks"].elements
                    #expect(checks.map(\.["configuration"].string) == [TwoSources.officeFile, TwoSources.plantFile])
                    #expect(checks.map(\.["status"]) == [0, 0])
                    #expect(checks.allSatisfy { !$0["findings"].elements.isEmpty })
                }
                #expect(!sources.stage.folder.exists("state/import"))
            }
        }

        @Test(
            "What is wrong with one is its own, and the whole ends as the import would",
            arguments: [
                SeveralSources.Fault.forgedFile, .unsignedFile, .brokenConfiguration, .missingContainer, .missingGroup,
                .domainControllerAway, .wrongPassword,
            ])
        func fault(_ fault: SeveralSources.Fault) async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1, 2], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try await fault.befall(&sources)
                let run = try await check(sources, "--json").ended(with: fault.status)
                #expect(try run.summary["checks"].elements.map(\.["status"]) == [.number(Int(fault.status)), 0])
                #expect(try await sources.import().status == fault.status)
            }
        }

        @Test("Two that share what they may not: status 78, with the names of both")
        func overlapping() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                sources.plant["resolutions_file"] = "./office-resolutions.json"
                let problems = try await check(sources, "--json").ended(with: 78).summary["problems"].strings
                #expect(problems.count == 1)
                #expect(problems.allSatisfy { $0.contains(TwoSources.officeFile) && $0.contains(TwoSources.plantFile) })
            }
        }

        @Test("People see each check, under its name, and the whole at the end")
        func forPeople() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try sources.writeConfigurations()
                let (run, _) = try await PseudoTerminal().run(
                    ["check", "import", "--config-folder", TwoSources.folder], in: sources.stage.folder)
                run.ended(
                    with: 0, saying: "── \(TwoSources.officeFile)", "── \(TwoSources.plantFile)",
                    "2 configurations of one folder: all is well")
            }
        }

        @Test("One configuration, or a folder of them")
        func refused() async throws {
            let folder = try TemporaryFolder()
            let arguments = ["check", "import", "--config-folder", "sources"]
            try await Program.run(arguments + ["--config", "a.json"], in: folder).ended(with: 64, saying: "--config")
            try await Program.run(arguments, in: folder).ended(with: 78, saying: "sources")
        }
    }
}
