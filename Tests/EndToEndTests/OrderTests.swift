import Foundation
import Glibc
import LabSupport
import Testing

extension EndToEnd {
    /// Files that come too late, and runs that come at the same time.
    @Suite struct Order {
        @Test("A file of a lower sequence is refused with 75, unless the operator insists; the same file is welcome")
        func staleFile() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let old = try stage.folder.read("users.json")
            try await stage.carryAcross()
            let new = try stage.folder.read("users.json")

            try stage.folder.write(old, to: "users.json")
            try await stage.writesNothing {
                try await stage.import().ended(with: 75, saying: "users.json", "older", "--allow-older")
            }
            try await stage.import("--allow-older").ended(with: 0)
            try stage.folder.write(new, to: "users.json")
            try await stage.import().ended(with: 0)
            try await stage.import().ended(with: 0)
        }

        @Test("Lost state of the export is announced")
        func lostExportState() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.carryAcross()
            try stage.folder.remove("state/export")
            try await stage.export().ended(with: 0, saying: "no state of an earlier export")
            try await stage.import().ended(with: 75)
        }

        @Test("Lost state of the import is announced")
        func lostImportState() async throws {
            let stage = try await Stage([.jane])
            let first = try await stage.carryAcross()
            #expect(!first.log.contains("no state"))
            try stage.folder.remove("state/import")
            try await stage.import().ended(with: 0, saying: "no state of an earlier import")
        }

        @Test("While another import into the container is at work, this one ends with 75 and touches nothing")
        func lock() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let descriptor = open(stage.folder.path("state/import/\(guid)/lock"), O_RDWR | O_CLOEXEC)
            #expect(descriptor >= 0)
            #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                try await stage.import().ended(with: 75, saying: "another run")
            }
            // A dry run takes no lock, so it does not have to wait for one.
            try await stage.import("--dry-run").ended(with: 0)
            close(descriptor)
            try await stage.import().ended(with: 0)
        }

        @Test("Who holds the lock is told: which command, which process, since when")
        func holder() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            let path = stage.folder.path("state/import/\(guid)/lock")
            // What the run that is over has left there: it means nothing any more, unless somebody holds the lock.
            let left = try stage.folder.text("state/import/\(guid)/lock")
            #expect(left.contains(/^`import`, process \d+, since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
            let descriptor = open(path, O_RDWR | O_CLOEXEC)
            #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            try await stage.import().ended(with: 75, saying: "another run is at work: \(left)")
            close(descriptor)
            try await stage.import().ended(with: 0)
        }

        @Test("Two imports at the same time: one works, the other says so; nobody arrives twice")
        func atTheSameTime() async throws {
            let stage = try await Stage([])
            let file = UserFile.document((1...80).map { UserFile.record($0) })
            try stage.folder.write(try file.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            async let first = Program.run(["import"], in: stage.folder)
            async let second = Program.run(["import"], in: stage.folder)
            let statuses = [try await first.status, try await second.status].sorted()
            #expect(statuses == [0, 75] || statuses == [0, 0])
            #expect(try await stage.managedUsers().count == 80)
        }
    }
}
