import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// `log_file` and its rotation, `--log-format`, `--no-log`, `--dump`.
    @Suite struct Log {
        /// A stage whose runs each say a few lines.
        private func stage(_ settings: [String: JSON] = [:]) async throws -> Stage {
            var stage = try await Stage([.jane])
            for (key, value) in settings { stage.export[key] = value }
            return stage
        }

        private func lines(_ stage: Stage, _ name: String = "run.log") throws -> [Substring] {
            try stage.folder.text(name).split(separator: "\n")
        }

        @Test("A file that has become large is moved away; so many are kept, and no line is lost between them")
        func rotation() async throws {
            let stage = try await stage([
                "log_file": "run.log", "log_level": "DEBUG", "log_max_bytes": 2_000, "log_backup_count": 3,
            ])
            var said: [String] = []
            for _ in 0..<6 {
                said += try await stage.export().ended(with: 0).log.split(separator: "\n").map(String.init)
            }
            let names = ["run.log.3", "run.log.2", "run.log.1", "run.log"]
            let kept = try names.flatMap { try lines(stage, $0).map(String.init) }
            #expect(kept == Array(said.suffix(kept.count)))
            for name in names {
                #expect(try stage.folder.read(name).count <= 2_000)
                #expect(try stage.folder.permissions(name) == 0o600)
            }
            #expect(!stage.folder.exists("run.log.4"))
        }

        @Test(
            "With nothing to keep, or no size, the file just grows",
            arguments: [("log_backup_count", 0), ("log_max_bytes", 0)])
        func growth(key: String, value: Int) async throws {
            var settings: [String: JSON] = ["log_file": "run.log", "log_level": "DEBUG", "log_max_bytes": 100]
            settings[key] = .number(value)
            let stage = try await stage(settings)
            var said = 0
            for _ in 0..<2 { said += try await stage.export().ended(with: 0).log.split(separator: "\n").count }
            #expect(try lines(stage).count == said)
            #expect(!stage.folder.exists("run.log.1"))
        }

        @Test("Several programs may log to one file: each line is in one of the files, whole, once")
        func together() async throws {
            var stage = try await stage()
            try await stage.export().ended(with: 0)
            for (key, value) in [
                "log_file": "run.log", "log_level": "DEBUG", "log_max_bytes": 3_000, "log_backup_count": 900,
            ] as [String: JSON] {
                stage.import[key] = value
            }
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let folder = stage.folder
            let runs = try await withThrowingTaskGroup(of: Run.self) { group in
                for _ in 0..<6 { group.addTask { try await Program.run(["import", "--dry-run"], in: folder) } }
                return try await group.reduce(into: [Run]()) { $0.append($1) }
            }
            let said = runs.flatMap { $0.ended(with: 0).log.split(separator: "\n").map(String.init) }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasPrefix("run.log")
            }
            #expect(files.count > 3)
            #expect(try files.flatMap { try lines(stage, $0).map(String.init) }.sorted() == said.sorted())
        }

        @Test("What cannot be moved away goes on growing, and that is said once")
        func unrotated() async throws {
            let stage = try await stage([
                "log_file": "run.log", "log_level": "DEBUG", "log_max_bytes": 100, "log_backup_count": 1,
            ])
            try FileManager.default.createDirectory(
                atPath: stage.folder.path("run.log.1"), withIntermediateDirectories: false)
            let run = try await stage.export().ended(
                with: 0, saying: "log_file: run.log cannot be moved away: Is a directory")
            #expect(run.log.components(separatedBy: "cannot be moved away").count == 2)
            #expect(try lines(stage).count == run.log.split(separator: "\n").count - 1)
        }

        @Test(
            "An object each: with time, level and message, on standard error and in the file; a message of several lines is one"
        )
        func json() async throws {
            var stage = try await stage(["log_file": "run.log", "log_format": "json"])
            let run = try await stage.export().ended(with: 0)
            #expect(try lines(stage).joined(separator: "\n") + "\n" == run.log)
            for line in try lines(stage) {
                let entry = try JSON(parsing: String(line))
                #expect(entry["level"].string == "info" || entry["level"].string == "warning")
                #expect(entry["time"].string?.hasSuffix("Z") == true)
                #expect(entry["message"].string?.isEmpty == false)
            }
            stage.export["attribute"] = 1
            stage.export["serfer"] = 1
            let failed = try await stage.run(.export, ["--log-format", "json"]).ended(with: 78)
            let message = try #require(try JSON(parsing: failed.log)["message"].string)
            #expect(message.contains("serfer") && message.contains("attribute"))
        }

        @Test("For the journal each line begins with its priority; the file has times and levels as always")
        func journald() async throws {
            let stage = try await stage(["log_file": "run.log", "export_file": "no/such/folder/users.json"])
            let run = try await stage.run(.export, ["--log-format", "journald"]).ended(with: 73)
            let lines = run.log.split(separator: "\n")
            #expect(lines.allSatisfy { $0.hasPrefix("<6>") || $0.hasPrefix("<4>") || $0.hasPrefix("<3>") })
            #expect(lines.last?.hasPrefix("<3>") == true)
            #expect(try self.lines(stage).last?.contains("Z ERROR ") == true)
        }

        @Test(
            "Without a log nothing is said that is no warning, no file is written, and a failure has its reason still")
        func noLog() async throws {
            var stage = try await stage(["log_file": "run.log", "hmac": .text(Stage.key), "log_level": "DEBUG"])
            #expect(try await stage.run(.export, ["--no-log"]).ended(with: 0).log.isEmpty)
            #expect(!stage.folder.exists("run.log"))
            stage.export["user_path"] = "OU=Nowhere,DC=source,DC=test"
            try await stage.run(.export, ["--no-log"]).ended(with: 78, saying: "OU=Nowhere")
            try await stage.run(.export, ["--no-log", "--log-file", "x"]).ended(
                with: 64, saying: "leave one of them out")
        }

        @Test("A dump has every search whatever the level is, and no secret; the log beside it keeps to its level")
        func dump() async throws {
            let stage = try await stage(["log_file": "run.log", "log_level": "ERROR", "hmac": .text(Stage.key)])
            try stage.folder.write("of a run before", to: "dump.txt")
            #expect(try await stage.run(.export, ["--dump", "dump.txt"]).ended(with: 0).log.isEmpty)
            let dump = try stage.folder.text("dump.txt")
            #expect(dump.contains("Z DEBUG ad-user-sync 0.1.0: export\n"))
            #expect(dump.contains("(&") && !dump.contains("of a run before"))
            #expect(!dump.contains(Stage.key))
            #expect(!dump.contains(try stage.source.service.password()))
            #expect(try lines(stage).isEmpty)
        }

        @Test("--log-file has the last word, also for what is wrong before the configuration says where to")
        func option() async throws {
            let stage = try await stage(["log_file": "run.log", "serfer": 1])
            try await stage.run(.export, ["--log-file", "own.log"]).ended(with: 78)
            #expect(try lines(stage, "own.log").joined().contains("serfer"))
            #expect(!stage.folder.exists("run.log"))
        }
    }
}
