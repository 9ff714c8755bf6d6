import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// A run taken back, with the rights of the delegated account.
    @Suite struct Undo {
        @Test("A mixed run: the directory is as before, attribute by attribute; whoever was created stays, disabled")
        func mixed() async throws {
            let undoing = try await UndoStage()
            try await undoing.stage.target.delegateGivingBack(to: undoing.stage.elsewhere)
            let before = try await undoing.directory()
            let id = try await undoing.mixedImport()
            let after = try await undoing.directory()
            #expect(before != after)

            try await undoing.stage.writesNothing {
                let rehearsal = try await undoing.undo(id, "--dry-run").ended(with: 0).summary
                #expect(rehearsal["dry_run"] == true)
                #expect(rehearsal["planned"].elements.contains { $0["operation"] == "give back" })
            }
            let undone = try await undoing.undo(String(id.dropLast(3)), "--yes").ended(with: 0).summary
            #expect(undone["undo"]["run"].string == id)
            #expect(undone["undo"]["left_alone"] == [])
            #expect(undone["given_back"].elements.count == 1)
            #expect(undone["enabled"] == ["Person 5"])
            #expect(undone["disabled"] == ["Person 8"])
            #expect(undone["undo"]["remains"].elements.contains { $0["what"].string?.contains("password") == true })
            #expect(undone["undo"]["afterwards"].strings.contains { $0.contains("the next import of the same file") })

            var now = try await undoing.directory()
            let created = try #require(now.first { before[$0.key] == nil })
            #expect(now.count == before.count + 1)
            #expect(created.value["useraccountcontrol"] == ["53 49 52"])
            #expect(created.value["memberof"] == nil)
            now[created.key] = nil
            for (guid, attributes) in before { #expect(now[guid] == attributes) }

            // Again: there is nothing left to do, and nothing is written.
            try await undoing.stage.writesNothing {
                let again = try await undoing.undo(id, "--yes").ended(with: 0).summary
                #expect(again["dry_run"] == nil)
                #expect(again["enabled"] == [])
            }
            // The undo is a run, and can be taken back: as after the import.
            let list = try await Program.run(["history", "last"], in: undoing.stage.folder).ended(with: 0).summary
            #expect(list["run"]["command"] == "undo")
            #expect(list["run"]["undoes"].string == id)
            let redone = try await undoing.undo("last", "--yes").ended(with: 0).summary
            #expect(redone["undo"]["left_alone"] == [])
            #expect(redone["undo"]["afterwards"].strings.contains { $0.contains("is in force again") })
            #expect(try await undoing.directory() == after)
            // At the third level it is the way back once more, and the next import would do all of it again.
            let third = try await undoing.undo("last", "--dry-run").ended(with: 0).summary
            #expect(third["undo"]["afterwards"].strings.contains { $0.contains("the next import of the same file") })
            #expect(third["undo"]["opens"].elements.contains { $0["what"].string?.hasPrefix("moved to") == true })
        }

        @Test("What somebody changed since stays, and is told: by hand, and by a later import")
        func changedSince() async throws {
            let undoing = try await UndoStage()
            let stage = undoing.stage
            try await stage.target.delegateGivingBack(to: stage.elsewhere)
            let id = try await undoing.mixedImport()
            try await stage.target.apply(
                .replace(try await stage.managed("e2e-p1").dn, "title", "Admiral"),
                .replace(try await stage.managed("e2e-p5").dn, "accountExpires", "133000000000000000"))
            let later = try await stage.importing(
                UserFile.document(
                    [
                        UserFile.record(1, ["department": "Later", "title": "Admiral"]),
                        UserFile.record(2, ["cn": "Person 2, renamed", "sAMAccountName": "e2e-renamed"]),
                        UserFile.record(3, ["cn": "Person 4", "sAMAccountName": "e2e-p4"]),
                        UserFile.record(4, ["cn": "Person 3", "sAMAccountName": "e2e-p3"]),
                        UserFile.record(6, ["memberOf": ["CN=Operators", "CN=Engineers"]]),
                        UserFile.record(7, ["memberOf": []]), UserFile.record(8), UserFile.record(9),
                        UserFile.record(10), UserFile.record(11),
                    ], sequence: 3)
            ).ended(with: 0)
            let laterID = try #require(try later.summary["run"]["id"].string)
            let undone = try await undoing.undo(id, "--yes").ended(with: 0).summary
            let left = undone["undo"]["left_alone"].elements
            #expect(left.count == 2, "\(left)")
            let department = left.first { $0["field"] == "department" }
            #expect(department?["then"] == ["Safety"])
            #expect(department?["now"] == ["Later"])
            #expect(department?["changed_by"].string == laterID)
            let title = left.first { $0["field"] == "title" }
            #expect(title?["now"] == ["Admiral"])
            #expect(title?["reason"] == "changed since by somebody else")
            let person = try await stage.managed("e2e-p1")
            #expect(person.first("title") == "Admiral")
            #expect(person.first("department") == "Later")
            #expect(try await stage.managed("e2e-p3").first("cn") == "Person 3")
        }

        @Test("A run that was killed is taken back as far as it came")
        func killed() async throws {
            let stage = try await Stage([])
            try await stage.target.renew(stage.elsewhere)
            let file = UserFile.document((1...300).map { UserFile.record($0) })
            try await stage.importing(file).ended(with: 0)
            let undoing = UndoStage(stage)
            let before = try await undoing.directory()
            let changed = UserFile.document(
                (1...300).map { UserFile.record($0, ["department": "Wrong", "memberOf": ["CN=Engineers"]]) },
                sequence: 2)
            try stage.folder.write(try changed.bytes, to: "users.json")
            var process = Subprocess(
                "/bin/bash",
                [
                    "-c",
                    """
                    "$0" import >/dev/null 2>&1 & process=$!
                    second() { ls state/import/*/journal/*.jsonl | sed -n 2p; }
                    until [[ $(second) ]] && (($(grep -c '"line":"answer"' "$(second)") >= 320)); do
                        kill -0 $process || break
                    done
                    kill -KILL $process; wait $process
                    """, Program.path,
                ])
            process.folder = stage.folder.path
            try #require(try await process.run().status == 137)
            let half = try await undoing.directory()
            try #require(half != before)
            let undone = try await undoing.undo("last", "--yes").ended(with: 0).summary
            #expect(undone["undo"]["left_alone"] == [])
            #expect(try await undoing.directory() == before)
        }

        @Test("Where no account may be created in the old place, it stays as it is managed; the rest is taken back")
        func withoutRights() async throws {
            let undoing = try await UndoStage()
            let id = try await undoing.mixedImport()
            let stage = undoing.stage
            let undone = try await undoing.undo(id, "--yes").ended(with: 0).summary
            #expect(undone["failed"].elements.isEmpty)
            let left = undone["undo"]["left_alone"].elements
            #expect(
                left.contains { $0["field"] == "container" && $0["reason"].string?.contains("may not create") == true })
            #expect(Set(left.compactMap { $0["field"].string }) == ["container", "adminDescription", "accountExpires"])
            let stayed = try await stage.managed("e2e-p10")
            #expect(stayed.first("department") == "Accounting")
            #expect(stayed.first("adminDescription") != nil)
            #expect(stayed.first("userAccountControl") == "514")
            #expect(undone["enabled"] == ["Person 5"])
        }

        @Test("Answers that were performed at once are taken back like an import")
        func answers() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.resolutions(
                ["accept", "--kind", "enable", "--password-stdin", "--apply"], input: UndoStage.password + "\n"
            ).ended(with: 0)
            let undone = try await UndoStage(stage).undo("last", "--yes").ended(with: 0).summary
            #expect(undone["disabled"] == ["Jane Doe"])
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
            // The import before it: whoever it created was opened by another run since, and would stay so.
            let runs = try await Program.run(["history"], in: stage.folder).summary["runs"].elements
            let first = try #require(runs.first?["id"].string)
            try await UndoStage(stage).undo("last", "--yes").ended(with: 0)
            let plan = try await UndoStage(stage).undo(first, "--dry-run").ended(with: 0).summary
            #expect(
                plan["undo"]["left_alone"].elements.first?["reason"].string?.contains("undo that one first") == true)
        }
    }
}
