import LabSupport
import Testing

extension EndToEnd {
    /// `export --every` and `import --watch`: what runs by itself.
    @Suite struct Service {
        private typealias Step = PseudoTerminal.Step

        private static let interrupt = Step.interrupt
        private static let terminate = ["/bin/sh", "-c", "kill -TERM $PROGRAM"]
        private static let atWork = ["--log-level", "info", "--json"]

        /// A command in the folder, while the program is at work.
        private func shell(_ command: String, in stage: Stage) -> [String] {
            ["/bin/bash", "-ec", "cd '\(stage.folder.path)'; \(command)"]
        }

        /// Replaces the user file as a whole.
        private func arrival(of name: String, in stage: Stage) -> [String] {
            shell("cp \(name) .new; mv .new users.json", in: stage)
        }

        /// Exports to a file of this name.
        private func export(_ stage: Stage, to name: String) async throws {
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.folder.read("users.json"), to: name)
            try stage.folder.remove("users.json")
        }

        /// Signed on one side, and verified on the other.
        private func signedStage(_ crew: [Crew]) async throws -> Stage {
            var stage = try await Stage(crew)
            stage.export["hmac"] = .text(Stage.key)
            stage.import["hmac"] = .text(Stage.key)
            return stage
        }

        @Test(
            "Ten exports, one after the other, each with the next number; a domain controller that is away for some of them ends nothing"
        )
        func tenExports() async throws {
            var stage = try await Stage([.jane])
            let relay = try await SwitchableRelay(before: stage.source)
            stage.export["server"] = .text(relay.uri)
            try stage.folder.write(try stage.export.bytes, to: "export-config.json")
            let pause = "the next run begins in"
            var steps = (1...4).map { Step("written, sequence \($0)", "") }
            steps += [
                Step("written, sequence 5", "", after: relay.command(.off)), Step(pause, ""),
                Step("connection refused", ""), Step(pause, ""),
                Step("connection refused", "", after: relay.command(.on)),
            ]
            steps += (6...10).map { Step("written, sequence \($0)", "") }
            steps.append(Step(pause, Self.interrupt))
            let (run, _) = try await PseudoTerminal().run(
                ["export", "--every", "1s"] + Self.atWork, in: stage.folder, steps)
            run.ended(with: 130)
            #expect(try JSON(parsing: stage.folder.read("users.json"))["sequence"] == 10)
        }

        @Test(
            "Ten times: files that arrive are imported, in pieces too; half of one, an older one and a forged one are told; a domain controller that is away is waited for"
        )
        func tenImports() async throws {
            var stage = try await signedStage([.jane])
            try await export(stage, to: "first.json")
            try await stage.source.apply(Crew.conan.changes(in: stage.source, below: stage.sourcePath))
            try await export(stage, to: "second.json")
            try await stage.source.apply(Crew.wei.changes(in: stage.source, below: stage.sourcePath))
            try await export(stage, to: "third.json")
            let half = try stage.folder.read("second.json").count / 2
            let relay = try await SwitchableRelay(before: stage.target)
            stage.import["server"] = .text(relay.uri)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let ended = "\"unchanged\""
            let (run, _) = try await PseudoTerminal(limitInSeconds: 120).run(
                ["import", "--watch"] + Self.atWork, in: stage.folder,
                [
                    Step("waiting for users.json", "", after: arrival(of: "first.json", in: stage)),
                    // 1
                    Step("create Jane Doe: done", ""),
                    Step(ended, "", after: shell("head -c \(half) second.json > users.json", in: stage)),
                    // 2: it is written in place, and who writes it takes a rest in the middle.
                    Step(
                        "ERROR users.json: ", "",
                        after: shell("tail -c +\(half + 1) second.json >> users.json", in: stage)),
                    // 3
                    Step("create Conan O'Brien: done", ""),
                    Step(ended, "", after: arrival(of: "first.json", in: stage)),
                    // 4
                    Step(
                        "older than the last one imported", "",
                        after: shell("sed s/Operations/Management/ third.json > .new; mv .new users.json", in: stage)),
                    // 5
                    Step("ERROR users.json: ", "", after: relay.command(.off)),
                    // 6 to 8: the directory is asked three times; the second time nobody had to do anything for it.
                    Step("", "", after: arrival(of: "third.json", in: stage)),
                    Step("connection refused", ""),
                    Step("tried again in 5 s", ""),
                    Step("connection refused", "", after: relay.command(.on)),
                    Step("create 魏 伟: done", ""),
                    Step(ended, "", after: shell("touch users.json", in: stage)),
                    // 9: the very same once more
                    Step(ended, "", after: shell("rm users.json; cp -p third.json users.json", in: stage)),
                    // 10
                    Step(ended, Self.interrupt),
                ])
            run.ended(with: 130)
            #expect(try await stage.managedUsers().count == 3)
            #expect(try await stage.managed("e2e-jdoe").first("department") == "Operations")
            // None of what was refused is remembered as a run.
            #expect(run.output.ranges(of: ended).count == 5)
        }

        @Test("Where another run holds the lock of the container, the file waits")
        func locked() async throws {
            let stage = try await signedStage([.jane])
            try await stage.carryAcross()
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let lock = "timeout 100 flock state/import/\(guid)/lock bash -c 'echo > ready; cat gate'"
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--watch"] + Self.atWork, in: stage.folder,
                [
                    // What is there at the beginning is imported, too.
                    Step("\"unchanged\"", "", after: shell("mkfifo ready gate; \(lock) & cat ready", in: stage)),
                    Step("", "", after: shell("touch users.json", in: stage)),
                    Step("another run is at work", ""),
                    Step("tried again in 5 s", "", after: shell("echo > gate", in: stage)),
                    Step("\"unchanged\"", "", after: Self.terminate),
                ])
            run.ended(with: 143)
        }

        @Test("SIGTERM in the middle of an import ends it in order, and the service; the next one does the rest")
        func terminated() async throws {
            var stage = try await Stage([])
            stage.import["allow_unsigned"] = true
            let file = UserFile.document((1...300).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--watch"] + Self.atWork, in: stage.folder,
                [Step("create Person 2: done", "", after: Self.terminate)])
            run.ended(with: 143)
            let created = try await stage.managedUsers().count
            #expect((2..<300).contains(created))
            let rest = try await stage.import().ended(with: 0)
            #expect(try rest.summary["created"].strings.count == 300 - created)
        }

        @Test(
            "The configuration is read anew: a mistake is told and the service goes on, another input_file is waited for"
        )
        func changedConfiguration() async throws {
            var stage = try await signedStage([.jane])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            stage.import["input_file"] = "inbox/others.json"
            try stage.folder.write(try stage.import.bytes, to: "other.json")
            try stage.folder.write("{\"serfer\": 1}", to: "wrong.json")
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--watch"] + Self.atWork, in: stage.folder,
                [
                    Step(
                        "\"unchanged\"", "",
                        after: shell("cp wrong.json import-config.json; touch users.json", in: stage)),
                    Step(
                        "serfer", "",
                        after: shell("mkdir inbox; cp other.json import-config.json; touch users.json", in: stage)),
                    Step(
                        "waiting for inbox/others.json", "", after: shell("cp users.json inbox/others.json", in: stage)),
                    Step("\"unchanged\"", Self.interrupt),
                ])
            run.ended(with: 130)
        }

        @Test("A folder that goes away is looked for, and another one in its place is watched")
        func changedFolder() async throws {
            var stage = try await signedStage([.jane])
            try await stage.export().ended(with: 0)
            stage.import["input_file"] = "inbox/users.json"
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try await Program.run(["import", "--watch"], in: stage.folder).ended(with: 66, saying: "inbox")
            try await Subprocess("/bin/mkdir", [stage.folder.path("inbox")]).succeed()
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--watch"] + Self.atWork, in: stage.folder,
                [
                    Step("waiting for inbox/users.json", "", after: shell("rmdir inbox", in: stage)),
                    Step("cannot be watched", "", after: shell("mkdir new; mv new inbox", in: stage)),
                    Step("is there again", "", after: shell("cp users.json inbox", in: stage)),
                    Step("create Jane Doe: done", ""),
                    Step("\"unchanged\"", Self.interrupt),
                ])
            run.ended(with: 130)
        }

        @Test(
            "A first run that cannot work with this configuration ends the service at once",
            arguments: [["export", "--every", "1h"], ["import", "--watch"]])
        func mistakes(arguments: [String]) async throws {
            var stage = try await Stage([])
            stage.export["serfer"] = 1
            stage.import["serfer"] = 1
            try stage.folder.write(try stage.export.bytes, to: "export-config.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try await Program.run(arguments, in: stage.folder).ended(with: 78, saying: "serfer")
        }

        @Test("What is no time between two runs is refused", arguments: ["0s", "1h30", "99d"])
        func intervals(text: String) async throws {
            let stage = try await Stage([])
            try await stage.export("--every", text).ended(with: 64)
        }

        @Test("Without a key nothing is imported by itself, unless that is allowed")
        func unsigned() async throws {
            let stage = try await Stage([])
            try await stage.import("--watch").ended(with: 78, saying: "allow_unsigned")
            try await stage.import("--watch", "--dry-run").ended(with: 64, saying: "leave out")
        }
    }
}
