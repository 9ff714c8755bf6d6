import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// A machine whose clock is wrong, as libfaketime makes it; the domains' clocks are right.
    @Suite struct Clock {
        /// One run of a command, with this machine's clock so far off.
        private func run(_ command: Stage.Command, _ stage: Stage, at offset: String) async throws -> Run {
            let configuration = command == .export ? stage.export : stage.import
            try stage.folder.write(try configuration.bytes, to: "\(command.rawValue)-config.json")
            let folders = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib")
            let library = try #require(
                folders.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
                    .first { FileManager.default.fileExists(atPath: $0) }, "Debian's package faketime")
            // In the first process, libfaketime moves the environment, and Swift finds the arguments by it: so the first
            // one is another.
            var process = Subprocess("/usr/bin/env", [Program.path, command.rawValue])
            process.folder = stage.folder.path
            // Time limits go on as they are.
            process.environment = ["LD_PRELOAD": library, "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"]
            return Run(try await process.run())
        }

        private func stage() async throws -> Stage {
            var stage = try await Stage([.jane])
            // The certificates of the lab are minutes old: to a clock that is behind, they are not valid yet.
            for side in [\Stage.export, \Stage.import] { stage[keyPath: side]["tls"]["verify"] = false }
            return stage
        }

        @Test("More than five minutes apart is told", arguments: ["+10m", "-10m"])
        func announced(offset: String) async throws {
            let stage = try await stage()
            try await stage.export().ended(with: 0)
            let way = offset.hasPrefix("+") ? "ahead of" : "behind"
            for command in [Stage.Command.import, .export] {
                try await run(command, stage, at: offset).ended(
                    with: 0, saying: "WARNING", "minutes \(way) that of")
            }
        }

        @Test("More than an hour apart: status 75, and nothing is read or written", arguments: ["+2h", "-2h", "+400d"])
        func refused(offset: String) async throws {
            let stage = try await stage()
            try await stage.export().ended(with: 0)
            let before = try stage.folder.read("users.json")
            try await stage.writesNothing {
                try await run(.import, stage, at: offset).ended(with: 75, saying: "clock")
            }
            try await run(.export, stage, at: offset).ended(
                with: 75, saying: "clock", "nothing was written")
            #expect(try stage.folder.read("users.json") == before)
            try await stage.import().ended(with: 0)
        }
    }
}
