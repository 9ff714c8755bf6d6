import LabSupport
import Testing

extension EndToEnd {
    /// A managed container that was deleted and made anew, or lost everybody: nobody is created afresh without a word.
    @Suite struct LostContainer {
        private func renewed(_ crew: [Crew] = [.jane, .conan]) async throws -> Stage {
            let stage = try await Stage(crew)
            try await stage.carryAcross()
            try await stage.target.renew(stage.managedPath)
            return stage
        }

        /// Fails the test unless all that imports refuses, and writes nothing, neither there nor here.
        private func refused(
            _ stage: Stage, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let before = try stage.files()
            try await stage.writesNothing(sourceLocation: sourceLocation) {
                for run in [
                    try await stage.import(), try await stage.import("--dry-run"),
                    try await stage.import("--interactive"),
                    try await PseudoTerminal().run(["import", "--confirm"], in: stage.folder).run,
                ] {
                    run.ended(with: 78, sourceLocation: sourceLocation)
                    for word in words + ["managed_user_path", stage.managedPath, "--accept-new-container"] {
                        #expect(
                            (run.log + run.output).contains(word), "\(run.log)\(run.output) does not say \(word)",
                            sourceLocation: sourceLocation)
                    }
                }
            }
            #expect(try stage.files() == before, sourceLocation: sourceLocation)
        }

        @Test("Deleted and made anew: refused, until somebody says that it is meant; from then on it is the container")
        func madeAnew() async throws {
            let stage = try await renewed()
            try await refused(stage, saying: "2 accounts", "recycle bin", "nothing was written")
            let before = try stage.files()
            let check = try await stage.check(.import)
                .ended(with: 78, saying: "2 accounts", "--accept-new-container")
            let finding = try #require(
                try check.summary["findings"].elements.first {
                    $0["subject"] == "managed_user_path" && $0["verdict"] == "fault"
                })
            #expect(finding["detail"].string?.hasPrefix(stage.managedPath) == true)
            #expect(try stage.files() == before)

            let rehearsal = try await stage.import("--dry-run", "--accept-new-container").ended(with: 0).summary
            #expect(rehearsal["counts"]["created"] == 2)
            #expect(try stage.files() == before)
            let run = try await stage.import("--accept-new-container").ended(with: 0)
            #expect(try run.summary["created"].strings.count == 2)
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
            try await stage.check(.import).ended(with: 0)
            // And once more: the latest is the one that was lost.
            try await stage.target.renew(stage.managedPath)
            try await refused(stage, saying: "2 accounts")
        }

        @Test("Answers are not performed in it, and no run of before is taken back in it")
        func others() async throws {
            let stage = try await renewed()
            try await stage.writesNothing {
                try await stage.resolutions(
                    ["accept", "--kind", "enable", "--user", "e2e-jdoe", "--password-stdin", "--apply"],
                    input: "Correct-Horse-7\n"
                ).ended(with: 78, saying: "--accept-new-container")
                try await UndoStage(stage).undo("last", "--yes").ended(with: 65, saying: "cannot be gone by")
            }
        }

        @Test("Renamed, it is the same container")
        func renamed() async throws {
            var stage = try await Stage([.jane])
            try await stage.carryAcross()
            let name = "OU=Renamed Crew,\(stage.target.userPath)"
            try await stage.target.remove(name)
            try await stage.target.apply(.rename(stage.managedPath, to: "OU=Renamed Crew"))
            stage.import["managed_user_path"] = .text(name)
            try await stage.check(.import).ended(with: 0)
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
            // Another in its old place: whoever still names that is told.
            try await stage.target.apply(.add(stage.managedPath, [("objectClass", ["organizationalUnit"])]))
            stage.import["managed_user_path"] = .text(stage.managedPath)
            let run = try await stage.import("--dry-run")
            try await stage.target.remove(name)
            run.ended(with: 0, saying: "people of the same source were imported into \(name)")
        }

        @Test("Nobody was ever in it: nothing was lost")
        func empty() async throws {
            let stage = try await Stage([])
            try await stage.importing(UserFile.document([])).ended(with: 0)
            try await stage.target.renew(stage.managedPath)
            try await stage.importing(UserFile.document([UserFile.record(1)], sequence: 2)).ended(with: 0)
        }

        @Test("A state of before the container was remembered: it is remembered now, without an alarm")
        func oldState() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let path = try #require(
                stage.folder.fingerprint().keys.first { $0.hasSuffix("/import-state.json") })
            var state = try JSON(parsing: stage.folder.read(path))
            #expect(state["container"].string == stage.managedPath)
            #expect(state["accounts"] == 1)
            state.remove("container")
            state.remove("accounts")
            try stage.folder.write(state.bytes, to: path)
            let run = try await stage.import().ended(with: 0)
            #expect(!run.log.contains("WARNING managed_user_path"))
            let now = try JSON(parsing: stage.folder.read(path))
            #expect(now["container"].string == stage.managedPath)
            #expect(now["accounts"] == 1)
        }

        @Test("Of several sources, the one whose container is another is not imported; the others are")
        func severalSources() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1, 2], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try await sources.import().ended(with: 0)
                try await sources.stage.target.renew(sources.officePath)
                try sources.bringPlant([1, 2], sequence: 2)
                let imports = try await sources.import()
                    .ended(with: 78, saying: "--accept-new-container").summary["imports"].elements
                #expect(imports.map(\.["status"]) == [78, 0])
                #expect(imports[0]["error"].string?.hasPrefix(TwoSources.officeFile) == true)
                #expect(imports[1]["report"]["created"].strings == ["Second 2"])
                #expect(try await sources.people(sources.officePath).isEmpty)
            }
        }

        @Test("The container is there, but everybody in it is gone: refused as well; a few may go")
        func emptied() async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...11).map { UserFile.record($0) })
            try await stage.importing(file).ended(with: 0)
            let people = try await stage.managedUsers().map(\.dn)
            try await stage.target.apply(people.dropLast().map { .delete($0) })
            try await stage.import("--dry-run").ended(with: 0)
            try await stage.target.apply(people.suffix(1).map { .delete($0) })
            try await refused(stage, saying: "nobody is in", "there were 11 accounts")
            let run = try await stage.import("--accept-new-container").ended(with: 0)
            #expect(try run.summary["created"].strings.count == 11)
            try await stage.import().ended(with: 0)
        }

        @Test("Nobody insists beforehand: not for whatever arrives")
        func watching() async throws {
            try await Program.run(["import", "--watch", "--accept-new-container"], in: try TemporaryFolder())
                .ended(with: 64, saying: "--accept-new-container")
        }
    }
}
