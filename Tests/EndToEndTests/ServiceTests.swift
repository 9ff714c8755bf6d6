import LabSupport
import Testing

extension EndToEnd {
    /// `export --every` and `import --watch`: what runs by itself.
    @Suite struct Service {
        private static let interrupt = PseudoTerminal.Step.interrupt

        /// Replaces a file of the folder while the program is at work.
        private func copy(_ name: String, to other: String, in stage: Stage) -> [String] {
            ["/bin/sh", "-c", "cd '\(stage.folder.path)' && cp \(name) .new && mv .new \(other)"]
        }

        @Test(
            "Ten exports, one after the other, each with the next number; a server that is away for some of them ends nothing"
        )
        func tenExports() async throws {
            let stage = try await Stage([.jane])
            try stage.folder.write(try stage.export.bytes, to: "export-config.json")
            try stage.folder.write(try stage.export.bytes, to: "here.json")
            var away = stage.export
            away["server"] = "ldaps://127.0.0.1:1"
            try stage.folder.write(try away.bytes, to: "away.json")
            var steps = (1...4).map { PseudoTerminal.Step("sequence \($0)", "") }
            steps.append(.init("sequence 5", "", after: copy("away.json", to: "export-config.json", in: stage)))
            steps.append(.init("127.0.0.1:1", ""))
            steps.append(.init("127.0.0.1:1", "", after: copy("here.json", to: "export-config.json", in: stage)))
            steps += (6...9).map { .init("sequence \($0)", "") }
            steps.append(.init("sequence 10", ""))
            steps.append(.init("the next run begins in", Self.interrupt))
            let (run, _) = try await PseudoTerminal().run(
                ["export", "--every", "1s", "--log-level", "info", "--json"], in: stage.folder, steps)
            run.ended(with: 130)
            #expect(try JSON(parsing: stage.folder.read("users.json"))["sequence"] == 10)
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

        @Test(
            "What is no time between two runs is refused", arguments: ["0s", "1", "h", "1x", "1h30", "-1s", "99d", ""])
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

        @Test(
            "Files that arrive are imported; half of one, an older one and a foreign one are told, and the next one arrives"
        )
        func watch() async throws {
            var stage = try await Stage([.jane])
            stage.export["hmac"] = .text(Stage.key)
            stage.import["hmac"] = .text(Stage.key)
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.folder.read("users.json"), to: "first.json")
            try await stage.source.apply(Crew.conan.changes(in: stage.source, below: stage.sourcePath))
            try await stage.export().ended(with: 0)
            let second = try stage.folder.read("users.json")
            try stage.folder.write(second, to: "second.json")
            try stage.folder.write(Array(second.prefix(second.count / 2)), to: "half.json")
            try await stage.source.apply(Crew.wei.changes(in: stage.source, below: stage.sourcePath))
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.folder.read("users.json"), to: "third.json")
            try stage.folder.remove("users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--watch", "--log-level", "info", "--json"], in: stage.folder,
                [
                    .init("waiting for users.json", "", after: copy("first.json", to: "users.json", in: stage)),
                    .init("create Jane Doe: done", ""),
                    .init("\"unchanged\"", "", after: copy("half.json", to: "users.json", in: stage)),
                    .init("users.json: ", "", after: copy("second.json", to: "users.json", in: stage)),
                    .init("create Conan O'Brien: done", ""),
                    .init("\"unchanged\"", "", after: copy("first.json", to: "users.json", in: stage)),
                    .init(
                        "older than the last one imported", "", after: copy("third.json", to: "users.json", in: stage)),
                    .init("create 魏 伟: done", ""),
                    .init("\"unchanged\"", Self.interrupt),
                ])
            run.ended(with: 130)
            #expect(try await stage.managedUsers().count == 3)
        }
    }
}
