import LabSupport
import Testing

extension EndToEnd {
    @Suite struct Database {
        private static let ofTombstones = [
            "DN string component for lastKnownParent", "Not fixing old string component",
            "Target GUID points at deleted DN",
            "target DN is deleted for member", "Not removing", "Please use --fix", "Checking ",
        ]

        @Test("After people came, changed, and went, Samba finds no error in the target's database")
        func clean() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            try stage.answer {
                $0["type"] == "enable" ? ["accept": true, "password": "Correct-Horse-7"] : ["accept": true]
            }
            try await stage.import().ended(with: 0)
            try await stage.source.apply(
                .rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=Jane\\, née Doe"),
                .delete(Crew.wei.dn(below: stage.sourcePath)))
            try await stage.carryAcross()
            let check = try await Subprocess(
                "/usr/bin/samba-tool", ["dbcheck", "--cross-ncs", "-s", stage.target.smbConf]
            ).run()
            // The tests themselves delete whole units, with people who are in groups, and Samba counts what their
            // tombstones leave behind. Our program deletes nobody.
            let ours = (check.outputText + check.errorText).split(separator: "\n").filter { line in
                !Self.ofTombstones.contains { line.contains($0) }
            }
            #expect(ours.count == 1, "\(ours)")
            #expect(ours.first?.hasPrefix("Checked") == true)
        }
    }
}
