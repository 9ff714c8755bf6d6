import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// The journal, and what `history` makes of it.
    @Suite struct History {
        static let password = "Correct-Horse-7"

        private func history(_ stage: Stage, _ arguments: String...) async throws -> Run {
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            return try await Program.run(["history"] + arguments, in: stage.folder)
        }

        /// The paths of all journals, oldest first.
        private func journals(_ stage: Stage) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: stage.folder.path)
                .filter { $0.hasPrefix("state/import/") && $0.hasSuffix(".jsonl") }.sorted()
        }

        private func folder(of journal: String) -> String {
            journal.split(separator: "/").dropLast().joined(separator: "/")
        }

        @Test("A mixed import is told truly: what was there, what is there, what the server said, who allowed it")
        func mixed() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            let source = stage.source
            try await source.apply(
                .replace(Crew.jane.dn(below: stage.sourcePath), "department", "Safety"),
                .rename(Crew.conan.dn(below: stage.sourcePath), to: "CN=Conan the Engineer"),
                .modify("CN=Operators,\(source.groupPath)", .delete, "member", [Crew.jane.dn(below: stage.sourcePath)]),
                .delete(Crew.wei.dn(below: stage.sourcePath)))
            try await stage.target.apply(
                .replace(try await stage.managed("e2e-wei").dn, "userAccountControl", "512"))
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": .text(Self.password)])
            try stage.answer("enable", of: Crew.jürgen.cn, with: ["accept": true, "password": "weak"])
            let run = try await stage.carryAcross(endingWith: 1)
            let id = try #require(try run.summary["run"]["id"].string)

            let list = try await history(stage).ended(with: 0).summary
            #expect(list["runs"].elements.map { $0["ended"] } == ["done", "partly failed"])
            let entry = list["runs"].elements.last
            #expect(entry?["id"].string == id)
            #expect(entry?["command"] == "import")
            #expect(entry?["who"]["account"].string == stage.target.service.name)
            #expect(entry?["target"]["container"].string == stage.managedPath)
            #expect(entry?["counts"]["failed"].number == 1)

            let told = try await history(stage, id).ended(with: 0)
            #expect(try history(told, "update", "Jane Doe", "department") == "Operations → Safety: done")
            #expect(try history(told, "disable", Crew.wei.cn, "userAccountControl") == "512 → 514: done")
            #expect(try history(told, "enable", "Jane Doe", "userAccountControl") == "514 → 512: done")
            #expect(try history(told, "enable", Crew.jürgen.cn, "userAccountControl") == "514 → 512: failed")
            let moved = try history(told, "rename", "Conan the Engineer", "distinguishedName")
            #expect(
                moved.contains("O'Brien") && moved.contains("→ CN=Conan the Engineer,") && moved.hasSuffix(": done"))
            let operations = try told.summary["operations"].elements
            let enabled = try #require(operations.first { $0["verb"] == "enable" })
            #expect(enabled["password"]["password"] == "set")
            #expect(enabled["approval"]["kind"] == "enable")
            #expect(enabled["account"]["guid"].string != nil)
            #expect(operations.contains { $0["verb"] == "leave" && $0["person"]["cn"] == "Jane Doe" })
            #expect(operations.filter { $0["answer"]["result"] == "done" }.count + 1 == operations.count)
            #expect(try told.summary["run"]["file"]["sha256"].string?.count == 64)

            for word in [Self.password, "weak", try stage.target.service.password()] {
                #expect(!told.output.contains("\"\(word)\""))
                for journal in try journals(stage) {
                    #expect(try !stage.folder.text(journal).contains("\"\(word)\""))
                }
            }
        }

        /// `before → after: result` of one attribute.
        private func history(_ run: Run, _ verb: String, _ user: String, _ attribute: String) throws -> String {
            for operation in try run.summary["operations"].elements
            where operation["verb"].string == verb && operation["person"]["cn"].string == user {
                for change in operation["changes"].elements where change["attribute"].string == attribute {
                    let (before, after) = (change["before"].strings, change["after"].strings)
                    return "\(before.joined()) → \(after.joined()): \(operation["answer"]["result"].string ?? "")"
                }
            }
            return "not told"
        }

        @Test("The table and the page of one run, as people see them")
        func forPeople() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let id = try #require(try await history(stage).summary["runs"][0]["id"].string)
            let (list, _) = try await PseudoTerminal().run(["history"], in: stage.folder)
            list.ended(with: 0, saying: id, "done", "created 1, joined", stage.managedPath)
            let (page, _) = try await PseudoTerminal().run(["history", String(id.prefix(12))], in: stage.folder)
            page.ended(with: 0, saying: "Jane Doe (e2e-jdoe)", "sAMAccountName: e2e-jdoe", "CN=Everyone Managed")
        }

        @Test("A journal is its owner's alone; a dry run, a refused file and a no write none")
        func modes() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try await stage.import("--dry-run").ended(with: 0)
            #expect(try journals(stage).isEmpty)
            try await stage.import().ended(with: 0)
            let journal = try #require(try journals(stage).first)
            #expect(try stage.folder.permissions(journal) == 0o600)
            #expect(try stage.folder.permissions(folder(of: journal)) == 0o700)
            try stage.folder.write("{}", to: "users.json")
            try await stage.import().ended(with: 65)
            #expect(try journals(stage).count == 1)
        }

        @Test("Nothing recorded, an unknown id, an ambiguous one")
        func asking() async throws {
            let stage = try await Stage([.jane])
            #expect(try await history(stage).ended(with: 0).summary["runs"].elements.isEmpty)
            try await history(stage, "2026").ended(with: 64, saying: "no run's id begins with \"2026\"")
            try await stage.carryAcross()
            try await stage.import().ended(with: 0)
            try await history(stage, "2").ended(with: 64, saying: "2 runs have an id that begins with \"2\"")
            let last = try await history(stage, "--last", "1").ended(with: 0).summary
            #expect(last["runs"].elements.count == 1)
            #expect(last["total"].number == 2)
        }

        @Test("Killed in the middle: what it had announced can be read, the next import says so and does the rest")
        func killed() async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...600).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            var process = Subprocess(
                "/bin/bash",
                [
                    "-c",
                    """
                    "$0" import >/dev/null 2>&1 & process=$!
                    until (($(cat state/import/*/journal/*.jsonl 2>/dev/null | grep -c '"line":"answer"') >= 30)); do
                        kill -0 $process || break
                    done
                    kill -KILL $process; wait $process
                    """, Program.path,
                ])
            process.folder = stage.folder.path
            let result = try await process.run()
            try #require(result.status == 137, "\(result.errorText)")

            let list = try await history(stage).ended(with: 0).summary
            #expect(list["runs"][0]["ended"] == "did not end")
            let id = try #require(list["runs"][0]["id"].string)
            let told = try await history(stage, id).ended(with: 0).summary
            let operations = told["operations"].elements
            #expect(operations.count { $0["verb"] == "create" } == 600)
            let done = Set(operations.filter { $0["answer"]["result"] == "done" }.map { $0["person"]["cn"].string })
            // Everybody who is there was announced; those whose answer is recorded are there.
            let there = Set(try await stage.managedUsers().map { $0.first("cn") })
            #expect(done.isSubset(of: there))
            #expect(there.count < 600)

            let next = try await stage.import().ended(with: 0, saying: "the run \(id) of", "did not end")
            #expect(try next.summary["created"].strings.count == 600 - there.count)
            #expect(try await !stage.import().ended(with: 0).log.contains("did not end"))
        }

        /// An import of 600 people whose state is on a file system of its own, seen by that process only and gone with it.
        private func importing(_ stage: Stage, withRoomFor kilobytes: Int) async throws -> Run {
            let file = UserFile.document((1...600).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try FileManager.default.createDirectory(
                atPath: stage.folder.path("state/import"), withIntermediateDirectories: true)
            var process = Subprocess(
                "/usr/bin/unshare",
                [
                    "--mount", "/bin/bash", "-c",
                    "mount -t tmpfs -o size=\(kilobytes)k none state/import && exec \"$0\" import", Program.path,
                ])
            process.folder = stage.folder.path
            return Run(try await process.run())
        }

        @Test(
            "No room for the journal: nothing is written to the directory",
            arguments: [(4, "nothing was written"), (64, "not sent"), (256, "not sent")])
        func fullDisk(kilobytes: Int, saying word: String) async throws {
            let stage = try await Stage([])
            try await stage.writesNothing {
                try await importing(stage, withRoomFor: kilobytes)
                    .ended(with: 74, saying: "No space left on device", "journal", word)
            }
        }

        @Test("Room for the first stage only: that is done and told, the rest is not sent, the next import does it")
        func diskFillsUp() async throws {
            let stage = try await Stage([])
            let run = try await importing(stage, withRoomFor: 768)
                .ended(with: 74, saying: "No space left on device", "not sent")
            #expect(try run.summary["created"].strings.count == 600)
            #expect(try run.summary["joined"].elements.isEmpty)
            #expect(try run.summary["failed"].elements.count == 1200)
            #expect(try await stage.groups(of: "e2e-p1").isEmpty)
            let next = try await stage.import().ended(with: 0)
            #expect(try next.summary["joined"].elements.count == 1200)
        }

        @Test("A folder that takes no journal: nothing is written, not even the state")
        func noFolder() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let folder = folder(of: try #require(try journals(stage).first))
            try stage.folder.remove(folder)
            try stage.folder.write("in the way", to: folder)
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "title", "Captain"))
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                try await stage.import().ended(with: 73, saying: "journal", "nothing was written")
            }
        }

        @Test("Answers that are performed at once have a journal too")
        func answers() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.resolutions(
                ["accept", "--kind", "enable", "--password-stdin", "--apply"], input: Self.password + "\n"
            ).ended(with: 0)
            let run = try #require(try await history(stage).summary["runs"].elements.last)
            #expect(run["command"] == "resolutions accept --apply")
            #expect(run["ended"] == "done")
            #expect(run["counts"]["done"]["enable"].number == 1)
        }

        @Test("Old journals go after history_days; 0 keeps them")
        func kept() async throws {
            var stage = try await Stage([.jane])
            try await stage.carryAcross()
            let journal = try #require(try journals(stage).first)
            let name = try #require(journal.split(separator: "/").last)
            let old = journal.replacing(name, with: "20200101T000000Z-00000000.jsonl")
            try stage.folder.write(try stage.folder.read(journal), to: old)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_577_836_800)],
                ofItemAtPath: "\(stage.folder.path)/\(old)")
            stage.import["history_days"] = 0
            try await stage.import().ended(with: 0)
            #expect(stage.folder.exists(old))
            stage.import["history_days"] = 365
            try await stage.import().ended(with: 0)
            #expect(!stage.folder.exists(old))
            #expect(try journals(stage).count == 3)
        }
    }
}
