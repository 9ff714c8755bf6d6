import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// Runs that are cut short, readers that go away, places that cannot be written.
    @Suite struct Hardship {
        @Test(
            "Where the resolutions cannot be written, nothing is begun",
            arguments: ["no/folder/resolutions.json", "state"])
        func unwritableResolutions(_ path: String) async throws {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            stage.import["resolutions_file"] = .text(path)
            try await stage.writesNothing {
                let run = try await stage.import()
                #expect([65, 73].contains(run.status), "\(run.status) \(run.log)")
                #expect(run.log.contains(path))
            }
        }

        @Test("A name no import would take stops the export, which leaves the old file: somebody can put it right here")
        func replicationConflict() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let old = try stage.folder.read("users.json")
            try await stage.source.apply(
                .add(
                    "CN=Jane Doe\\0ACNF:3f2504e0,\(stage.sourcePath)",
                    [("objectClass", ["user"]), ("sAMAccountName", ["e2e-cnf"]), ("userAccountControl", ["514"])]))
            try await stage.export().ended(with: 65, saying: "e2e-cnf", "replication conflict")
            #expect(try stage.folder.read("users.json") == old)
        }

        @Test("SIGTERM ends a run in order: it says how far it got, and the next one does the rest")
        func terminated() async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...600).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            var process = Subprocess(
                "/usr/bin/timeout", ["--preserve-status", "-s", "TERM", "0.8", Program.path, "import"])
            process.folder = stage.folder.path
            let run = Run(try await process.run())
            try #require(run.status == 143, "\(run.status)\n\(run.log.suffix(500))")
            // On a slow machine it may have been stopped before it wrote anything.
            let created = run.output.isEmpty ? 0 : try run.summary["created"].strings.count
            #expect(try await stage.managedUsers().count == created)
            #expect(created < 600)

            let rest = try await stage.import().ended(with: 0)
            #expect(try rest.summary["created"].strings.count == 600 - created)
            #expect(try await stage.managedUsers().count == 600)
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("Nobody listens to what it says: the work is done all the same")
        func closedPipe() async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...100).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            var process = Subprocess(
                "/bin/bash", ["-c", "\"$0\" import 2>&1 | true; exit \"${PIPESTATUS[0]}\"", Program.path])
            process.folder = stage.folder.path
            let result = try await process.run()
            // That nobody heard the summary is worth a status; that the work was not done would be another.
            #expect(result.status == 74)
            #expect(try await stage.managedUsers().count == 100)
            #expect(try stage.resolutions.count == 100)
        }

        @Test("A log file that takes no more is told, in words and in the status; the work is done all the same")
        func fullLog() async throws {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            stage.import["log_file"] = "/dev/full"
            let run = try await stage.import().ended(with: 74, saying: "log_file: /dev/full", "No space left")
            #expect(try run.summary["created"] == ["Jane Doe"])
            #expect(run.log.ranges(of: "/dev/full").count == 1)
        }

        @Test("A standard error that was closed does not end up in a file that is opened later")
        func closedStandardError() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            var process = Subprocess("/bin/bash", ["-c", "exec \"$0\" import --log-level debug 2>&-", Program.path])
            process.folder = stage.folder.path
            let run = Run(try await process.run()).ended(with: 0)
            #expect(try run.summary["created"] == ["Jane Doe"])
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let lock = try stage.folder.text("state/import/\(guid)/lock")
            #expect(lock.hasPrefix("`import`, process ") && !lock.contains("\n"))
        }

        @Test("A signal ends a command that waits for a pipe: nothing was announced", arguments: ["INT", "TERM"])
        func pipe(_ signal: String) async throws {
            let stage = try await Stage([])
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            // Opened for writing, or else the import would not get past opening it.
            let script = """
                mkfifo key
                "$0" import --hmac-file key & import=$!
                exec 3>key
                kill -s "$1" "$import"
                wait "$import"
                """
            var process = Subprocess("/bin/bash", ["-c", script, Program.path, signal])
            process.folder = stage.folder.path
            let run = Run(try await process.run())
            run.ended(with: signal == "INT" ? 130 : 143, saying: "nothing was written")
        }

        @Test("Who was moved into a unit of the managed container stays managed, and stays there")
        func subUnit() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            let unit = "OU=Shift\\, Night,\(stage.managedPath)"
            try await stage.target.apply(
                .add(unit, [("objectClass", ["organizationalUnit"])]),
                .rename(try await stage.managed("e2e-jdoe").dn, to: "CN=Jane Doe", below: unit))
            try await stage.writesNothing { try await stage.carryAcross() }
            try await stage.source.apply(.rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=Jane\\, Smith"))
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-jdoe").dn == "CN=Jane\\, Smith,\(unit)")
        }

        @Test("The container and the groups may be written in other letters and with spaces")
        func otherLetters() async throws {
            var stage = try await Stage([.jane])
            stage.import["managed_user_path"] = "ou=crew, ou=MANAGED, dc=Target,dc=test"
            stage.import["group_path"] = "ou=groups , DC=TARGET,DC=TEST"
            stage.import["group_map"] = ["cn=operators": ["cn=PLANT operators", "CN=plant Operators"]]
            stage.import["restricted_groups"] = []
            try await stage.carryAcross()
            #expect(try await stage.groups(of: "e2e-jdoe") == ["Plant Operators"])
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("Two source groups that give one target group: leaving one of them takes nothing")
        func sharedGroup() async throws {
            var stage = try await Stage([.jane])
            stage.import["group_map"] = ["CN=Operators": "CN=Plant Operators", "CN=Visitors": "CN=Plant Operators"]
            stage.import["restricted_groups"] = []
            let dn = Crew.jane.dn(below: stage.sourcePath)
            let groups = stage.source.groupPath
            try await stage.source.apply(.modify("CN=Visitors,\(groups)", .add, "member", [dn]))
            try await stage.carryAcross()
            try await stage.source.apply(.modify("CN=Operators,\(groups)", .delete, "member", [dn]))
            try await stage.writesNothing { try await stage.carryAcross() }
            try await stage.source.apply(.modify("CN=Visitors,\(groups)", .delete, "member", [dn]))
            let run = try await stage.carryAcross()
            #expect(try run.summary["left"].elements.count == 1)
        }

        @Test("Without anchors people are found by their names, and nothing is stamped")
        func withoutAnchors() async throws {
            var stage = try await Stage([.jane, .conan])
            stage.import["anchor_attribute"] = nil
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-jdoe").first("adminDescription") == nil)
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "title", "Captain"))
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-jdoe").first("title") == "Captain")
            try await stage.writesNothing { try await stage.carryAcross() }
        }
    }
}
