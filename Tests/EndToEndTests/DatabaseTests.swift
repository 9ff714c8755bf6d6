import LabSupport
import Testing

extension EndToEnd {
    @Suite struct Database {
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
            #expect(check.outputText.contains("(0 errors)"), "\(check.outputText)\n\(check.errorText)")
        }
    }
}
