import LabSupport
import Testing

extension EndToEnd {
    /// Searches of which a part is missing. A complete answer or none: nobody is taken to have left because a server stopped
    /// in the middle.
    @Suite struct CutShort {
        @Test("An export that misses a part fails, and the old file stays", arguments: TamperingRelay.Fault.allCases)
        func export(_ fault: TamperingRelay.Fault) async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let before = try stage.folder.read("users.json")
            try await TamperingRelay.run(.export, stage, fault).ended(with: 69, saying: Self.word(for: fault))
            #expect(try stage.folder.read("users.json") == before)
            // Nor has it become the one that the next is compared with.
            let after = try await stage.export().ended(with: 0)
            #expect(try after.summary["previous_users"] == 4)
        }

        @Test(
            "An import that sees but a part of its container writes nothing", arguments: TamperingRelay.Fault.allCases)
        func `import`(_ fault: TamperingRelay.Fault) async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            try await stage.source.apply(.delete(Crew.jane.dn(below: stage.sourcePath)))
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                try await TamperingRelay.run(.import, stage, fault).ended(with: 69, saying: Self.word(for: fault))
            }
            try await stage.import().ended(with: 0)
        }

        private static func word(for fault: TamperingRelay.Fault) -> String {
            switch fault {
            case .timeLimit: "timeLimitExceeded"
            case .sizeLimit: "sizeLimitExceeded"
            case .adminLimit: "adminLimitExceeded"
            case .referral: "ldap://elsewhere.test/DC=elsewhere"
            case .cookie: "unwillingToPerform"
            case .range: "without the mark of the last"
            case .cut: "search"
            }
        }
    }
}
