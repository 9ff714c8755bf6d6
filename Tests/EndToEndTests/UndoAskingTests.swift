import Foundation
import Glibc
import LabSupport
import Testing

extension EndToEnd {
    /// What an undo refuses, and how it asks.
    @Suite struct UndoAsking {
        @Test("What is no run that could be taken back, and who cannot be asked")
        func refused() async throws {
            let stage = try await Stage([.jane])
            let undoing = UndoStage(stage)
            try await undoing.undo("last", "--yes").ended(with: 64, saying: "no run into OU=Crew")
            try await stage.carryAcross()
            try await stage.writesNothing {
                try await undoing.undo("1999", "--yes").ended(with: 64, saying: "no run's id begins with \"1999\"")
                try await undoing.undo("last").ended(with: 64, saying: "--dry-run", "--yes", "nothing was written")
                try await undoing.undo("last", "--yes", "--dry-run").ended(with: 64, saying: "leave --yes out")
            }
            var other = undoing
            other.stage.import["managed_user_path"] = .text(stage.target.userPath)
            let id = try #require(
                try await Program.run(["history"], in: stage.folder).summary["runs"][0]["id"].string)
            try await other.undo(id, "--yes").ended(with: 64, saying: "this configuration is for", "--config")
            try await other.undo("last", "--yes").ended(with: 64, saying: "no run into")
        }

        @Test("A journal that is damaged, or another container's, is not gone by")
        func damaged() async throws {
            let stage = try await Stage([.jane])
            let undoing = UndoStage(stage)
            try await stage.carryAcross()
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "department", "Safety"))
            try await stage.carryAcross()
            let journal = try stage.latestJournal()
            let text = try stage.folder.text(journal)
            try await stage.writesNothing {
                let lines = text.split(separator: "\n")
                for broken in [
                    text.replacing("\"number\":1", with: "\"number\":x"),
                    lines.enumerated().filter { $0.offset != 1 }.map { String($0.element) + "\n" }.joined(),
                    lines.dropFirst().map { $0 + "\n" }.joined(),
                    text.replacing("\"department\"", with: "\"servicePrincipalName\""),
                    text.replacing("\"department\"", with: "\"uncommonAttribute\""),
                    text.replacing(
                        try #require(try await stage.target.entry(stage.managedPath)?.guid()),
                        with: UserFile.domainGUID),
                ] {
                    try #require(broken != text)
                    try stage.folder.write(broken, to: journal)
                    let id = String(try #require(journal.split(separator: "/").last).dropLast(6))
                    try await undoing.undo(id, "--yes").ended(with: 65, saying: "cannot be gone by")
                }
                try stage.folder.write(text.replacing("\"format\":2", with: "\"format\":99"), to: journal)
                try await undoing.undo("last", "--yes").ended(with: 65, saying: "a later version")
            }
        }

        @Test("A run that was made on another domain controller may not have arrived as a whole: said, and status 1")
        func anotherServer() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "department", "Safety"))
            try await stage.carryAcross()
            let journal = try stage.latestJournal()
            let text = try stage.folder.text(journal)
            let elsewhere = text.replacing("\"target-dc.target.test\"", with: "\"dc9.target.test\"")
            try #require(elsewhere != text)
            try stage.folder.write(elsewhere, to: journal)
            let run = try await UndoStage(stage).undo("last", "--yes")
            run.ended(with: 1, saying: "was made on dc9.target.test", "target-dc.target.test answers now")
            #expect(try await stage.managed("e2e-jdoe").first("department") != "Safety")
        }

        @Test("Shown and asked at a terminal: no writes nothing, yes takes it back")
        func asked() async throws {
            typealias Step = PseudoTerminal.Step
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.writesNothing {
                let (run, _) = try await PseudoTerminal().run(
                    ["undo", "last"], in: stage.folder, [Step("[t]able: ", "what?\nt\nn\n")])
                run.ended(
                    with: 0, saying: "Taking back 2", "would leave  2", "Please answer", "Person by person",
                    "nothing was written")
            }
            let (run, _) = try await PseudoTerminal().run(
                ["undo", "last"], in: stage.folder, [Step("[t]able: ", "y\n")])
            run.ended(
                with: 0, saying: "is taken back", "the account stays, disabled", "the next import of the same file")
            #expect(try await stage.groups(of: "e2e-jdoe").isEmpty)
        }

        @Test("While somebody is asked, another may change things: what was not shown is not done")
        func meanwhile() async throws {
            typealias Step = PseudoTerminal.Step
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "department", "Safety"))
            try await stage.carryAcross()
            let change = LDIFChange.replace(try await stage.managed("e2e-jdoe").dn, "department", "Sales")
            try stage.folder.write(change.octets, to: "change.ldif")
            let administrator = stage.target.administrator
            let (run, _) = try await PseudoTerminal().run(
                ["undo", "last"], in: stage.folder,
                [
                    Step(
                        "[t]able: ", "y\n",
                        after: [
                            "/usr/bin/env", "LDAPTLS_CACERT=\(stage.target.caFile)", "ldapmodify", "-x", "-H",
                            stage.target.uri, "-D", administrator.name, "-y", administrator.passwordFile, "-f",
                            "change.ldif",
                        ])
                ])
            run.ended(with: 75, saying: "Safety → Operations", "while you were asked", "nothing was written")
            #expect(try await stage.managed("e2e-jdoe").first("department") == "Sales")
        }

        @Test("Another run holds the container: status 75")
        func locked() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let descriptor = open(stage.folder.path("state/import/\(guid)/lock"), O_RDWR | O_CLOEXEC)
            #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            try await stage.writesNothing {
                try await UndoStage(stage).undo("last", "--yes").ended(with: 75, saying: "another run is at work")
                try await UndoStage(stage).undo("last", "--dry-run").ended(with: 0)
            }
            close(descriptor)
        }
    }
}
