import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// No secret is ever said, logged, or left behind.
    @Suite struct Secrets {
        @Test("Neither key nor passwords appear in output, log, state, resolutions after use, or on a command line")
        func nowhere() async throws {
            var stage = try await Stage([.jane, .conan])
            try stage.folder.write(Stage.key, to: "key")
            stage.import["log_file"] = "import.log"
            stage.import["log_level"] = "DEBUG"
            let weak = "weak1"
            let secrets = [
                Stage.key, "Correct-Horse-7", weak, try stage.source.service.password(),
                try stage.target.service.password(),
            ]
            var said: [String] = []
            for arguments in [["export"], ["import"]] {
                try stage.folder.write(try stage.export.bytes, to: "export-config.json")
                try stage.folder.write(try stage.import.bytes, to: "import-config.json")
                let run = try await Program.run(
                    arguments + ["--hmac-file", "key", "--log-level", "debug"], in: stage.folder)
                said += [run.ended(with: 0).log, run.output]
            }
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": "Correct-Horse-7"])
            try stage.answer("enable", of: "Conan O'Brien", with: ["accept": true, "password": .text(weak)])
            let run = try await stage.import("--hmac-file", "key", "--log-level", "debug").ended(with: 1)
            said += [run.log, run.output, try stage.folder.text("import.log")]
            // The refused password stays where the operator wrote it, so that the file still says what was answered.
            try stage.answer("enable", of: "Conan O'Brien", with: ["accept": true, "password": "Correct-Horse-7"])
            let last = try await stage.import("--hmac-file", "key").ended(with: 0)
            said += [last.log, last.output, try stage.folder.text("resolutions.json")]
            for (name, content) in try stage.folder.fingerprint() where name.hasPrefix("state/") {
                said.append(
                    String(
                        decoding: Data(base64Encoded: String(content.split(separator: " ").last ?? "")) ?? Data(),
                        as: UTF8.self))
            }
            for (index, secret) in secrets.enumerated() {
                #expect(!said.contains { $0.contains(secret) }, "secret \(index)")
                let encoded = Data(secret.utf8).base64EncodedString()
                #expect(!said.contains { $0.contains(encoded) }, "secret \(index) in Base64")
            }
        }

        @Test("The program starts no other program, so no command line can tell a secret")
        func noChildren() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            var strace = Subprocess(
                "/usr/bin/strace",
                [
                    "-f", "-qq", "-e", "trace=execve,fork,vfork", "-o", "trace", Program.path, "import", "--hmac",
                    Stage.key,
                ])
            guard FileManager.default.isExecutableFile(atPath: strace.executable) else { return }
            strace.folder = stage.folder.path
            _ = try await strace.run()
            let calls = try stage.folder.text("trace").split(separator: "\n").filter { $0.contains("execve(") }
            #expect(calls.count == 1, "\(calls)")
        }

        @Test("A configuration that others can read although it holds a secret is warned about")
        func readableByOthers() async throws {
            var stage = try await Stage([.jane])
            stage.export["hmac"] = .text(Stage.key)
            try stage.folder.write(try stage.export.bytes, to: "export-config.json", permissions: 0o644)
            let run = try await Program.run(["export"], in: stage.folder)
            #expect(run.log.contains("export-config.json"))
            #expect(run.status == 0 || run.status == 78)
            #expect(!run.log.contains(Stage.key))
        }
    }
}
