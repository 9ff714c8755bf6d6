import LabSupport
import Testing

extension EndToEnd {
    /// A resolutions file that has gone missing, with answers in it that count.
    @Suite struct LostResolutions {
        /// Jane, with a membership that nothing but a grant holds.
        private func granted() async throws -> Stage {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let grant: JSON = [
                "type": "grant", "user": "Jane Doe", "anchor": try stage.resolutions[0]["anchor"],
                "group": "CN=Plant Engineers", "accept": true,
            ]
            try stage.writeResolutions(try stage.resolutions + [grant])
            try await stage.import().ended(with: 0)
            return stage
        }

        private func refuses(
            _ stage: Stage, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let before = try stage.files()
            try await stage.writesNothing(sourceLocation: sourceLocation) {
                for run in [
                    try await stage.check(.import), try await stage.import("--dry-run"), try await stage.import(),
                ] {
                    for word in words + ["there is no such file, but the import of"] {
                        run.ended(with: 65, saying: word, sourceLocation: sourceLocation)
                    }
                }
            }
            #expect(try stage.files() == before, sourceLocation: sourceLocation)
        }

        @Test("While a grant is missing, nothing is done, and it is told; with the file back, all is as it was")
        func grant() async throws {
            var stage = try await granted()
            stage.import["hooks"] = [["command": ["/bin/sh", "-c", "cat > told"]]]
            let whole = try stage.folder.read("resolutions.json")
            try stage.folder.remove("resolutions.json")
            try await refuses(
                stage, saying: "1 grant, 1 question in \(stage.folder.path)", "Restore it from a backup")
            #expect(try JSON(parsing: stage.folder.read("told"))["error"].string?.contains("1 grant") == true)
            #expect(try await stage.groups(of: "e2e-jdoe").contains("Plant Engineers"))
            try stage.folder.write(whole, to: "resolutions.json")
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("An empty file that somebody puts there gives the answers up: the membership ends, and is told")
        func givenUp() async throws {
            let stage = try await granted()
            try stage.folder.remove("resolutions.json")
            try await refuses(stage, saying: "to do without it, put {")
            try stage.writeResolutions([])
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["left"] == [["user": "Jane Doe", "group": "Plant Engineers"]])
            try await stage.import().ended(with: 0)
        }

        @Test("Another path is named, or another folder counts: it says where the file is")
        func elsewhere() async throws {
            var stage = try await granted()
            stage.import["resolutions_file"] = "answers.json"
            try await refuses(
                stage, saying: "answers.json: there is no such file", "in \(stage.folder.path("resolutions.json"))",
                "That file is still there: name it in resolutions_file, or move it here")
        }

        @Test("A no to a deactivation keeps an account open, so it is not done without either")
        func keeping() async throws {
            var stage = try await Stage([.jane, .conan])
            stage.import["require_approval"] = ["disable"]
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": "Correct-Horse-47"])
            try await stage.import().ended(with: 0)
            try await stage.source.apply(.delete(Crew.jane.dn(below: stage.sourcePath)))
            try await stage.carryAcross()
            try stage.answer("disable", of: "Jane Doe", with: ["accept": false])
            try await stage.carryAcross()
            try stage.folder.remove("resolutions.json")
            try await refuses(stage, saying: "1 rejection of a disable or leave, 1 question in")
        }

        @Test("What a grant in a session brought about is known at its end")
        func answeredSinceTheImport() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let proposal: JSON = [
                "type": "grant", "user": "Jane Doe", "anchor": try stage.resolutions[0]["anchor"],
                "group": "CN=Plant Admins", "accept": nil,
            ]
            try stage.writeResolutions(try stage.resolutions + [proposal])
            try await stage.import().ended(with: 0)
            try await stage.resolutions(["accept", "--kind", "grant", "--apply"]).ended(with: 0)
            #expect(try await stage.groups(of: "e2e-jdoe").contains("Plant Admins"))
            try stage.folder.remove("resolutions.json")
            try await refuses(stage, saying: "1 grant, 1 question in")
        }

        @Test("Without rejections it goes on, and says so once: in log and summary, to the hooks, and in the check")
        func rejection() async throws {
            var stage = try await Stage([.jane, .jürgen])
            stage.import["hooks"] = [["command": ["/bin/sh", "-c", "cat > told"]]]
            try await stage.carryAcross()
            try stage.answer("join", of: "Jürgen Köhler", with: ["accept": false])
            #expect(try await stage.import().ended(with: 0).pending("join").isEmpty)
            try stage.folder.remove("resolutions.json")
            let words =
                "left 1 rejection, 2 questions in \(stage.folder.path("resolutions.json")): what it held is asked again"

            let check = try await stage.check(.import).ended(with: 0)
            #expect(
                try check.summary["findings"].elements.contains {
                    $0["verdict"] == "note" && $0["subject"] == "resolutions_file"
                        && $0["detail"].string?.contains(words) == true
                })
            try await stage.import("--dry-run").ended(with: 0, saying: words)
            #expect(!stage.folder.exists("resolutions.json"))

            let run = try await stage.import().ended(with: 0)
            #expect(run.log.contains("WARNING") && run.log.contains(words))
            #expect(try run.summary["notices"].strings.first?.contains(words) == true)
            #expect(try run.pending("join").count == 1)
            let told = try JSON(parsing: stage.folder.read("told"))
            #expect(told["report"]["notices"].strings.first?.contains(words) == true)

            let again = try await stage.import().ended(with: 0)
            #expect(!again.log.contains("there is no such file") && !again.output.contains("there is no such file"))
        }

        @Test("No false alarm: where nobody was ever asked, at a first run, after a dry run, with a state of before")
        func silence() async throws {
            let stage = try await Stage([])
            let nobody = UserFile.document([UserFile.record(1, ["disabled": true])])
            try stage.folder.write(try nobody.bytes, to: "users.json")
            try await staysSilent(stage.import("--dry-run"))
            try await staysSilent(stage.import())
            #expect(!stage.folder.exists("resolutions.json"))
            try await staysSilent(stage.check(.import))
            try await staysSilent(stage.import())

            try stage.folder.write(
                try UserFile.document([UserFile.record(1)], sequence: 2).bytes, to: "users.json")
            try await staysSilent(stage.import("--dry-run"))
            try await staysSilent(stage.import())
            try stage.folder.remove("resolutions.json")
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let file = "state/import/\(guid)/import-state.json"
            var state = try JSON(parsing: stage.folder.read(file))
            #expect(state["answers"]["waiting"] == 1)
            // As this program left it before it remembered that.
            state.remove("answers")
            try stage.folder.write(try state.bytes, to: file)
            try await staysSilent(stage.check(.import))
            try await staysSilent(stage.import())
        }

        private func staysSilent(_ run: Run, sourceLocation: SourceLocation = #_sourceLocation) {
            run.ended(with: 0, sourceLocation: sourceLocation)
            #expect(!(run.log + run.output).contains("there is no such file"), sourceLocation: sourceLocation)
        }
    }
}
