import LabSupport
import Testing

extension EndToEnd {
    /// Names that somebody else holds in the target domain.
    @Suite struct NameConflict {
        /// A local account outside the managed container that has Jane's account name.
        private func stage(_ extra: [(String, [String])] = []) async throws -> Stage {
            let stage = try await Stage([.jane, .conan])
            try await stage.target.renew(
                stage.elsewhere,
                with: [
                    .add(
                        Self.holder(stage),
                        [
                            ("objectClass", ["user"]), ("sAMAccountName", ["e2e-jdoe"]),
                            ("userAccountControl", ["514"]),
                            ("department", ["Accounting"]),
                        ] + extra)
                ])
            return stage
        }

        private static func holder(_ stage: Stage) -> String { "CN=Jane Doe,\(stage.elsewhere)" }

        @Test("The account name is another's: asked, not guessed; the other is not touched; everybody else arrives")
        func conflict() async throws {
            let stage = try await stage()
            let run = try await stage.carryAcross()
            #expect(try run.summary["created"] == ["Conan O'Brien"])
            let question = try #require(try run.pending("name").first)
            #expect(question["name"] == "e2e-jdoe")
            #expect(question["reason"].string?.contains("OU=Elsewhere") == true)
            #expect(try await stage.target.entry(Self.holder(stage))?.first("department") == "Accounting")
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("A new name: the person arrives under it, and the answer stays as long as the account does")
        func newName() async throws {
            let stage = try await stage()
            try await stage.carryAcross()
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "new_name": "e2e-jdoe2"])
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["created"] == ["Jane Doe"])
            let jane = try await stage.managed("e2e-jdoe2")
            #expect(jane.first("cn") == "Jane Doe")
            #expect(jane.first("userPrincipalName") == "e2e-jdoe2@target.test")
            #expect(try stage.resolutions.contains { $0["type"] == "name" && $0["new_name"] == "e2e-jdoe2" })
            try await stage.writesNothing { try await stage.carryAcross() }
            // The account name the source has is still not taken for a change.
            #expect(try await stage.managed("e2e-jdoe2").guid() == jane.guid())
        }

        @Test("Rejected: nobody is created, and nobody asks again")
        func rejected() async throws {
            let stage = try await stage()
            try await stage.carryAcross()
            try stage.answer("name", of: "Jane Doe", with: ["accept": false])
            try await stage.writesNothing {
                let run = try await stage.import().ended(with: 0)
                #expect(try run.pending("name").isEmpty)
            }
        }

        @Test("A take-over without its delegation fails with the reason, and changes nothing of the account")
        func takeOverWithoutRights() async throws {
            let stage = try await stage()
            try await stage.carryAcross()
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": true])
            let before = try await stage.target.entry(Self.holder(stage))
            let run = try await stage.import().ended(with: 1)
            let failures = try run.summary["failed"].elements
            #expect(failures.contains { $0["reason"].string?.contains("lacks the right") == true }, "\(failures)")
            #expect(failures.allSatisfy { $0["user"] == "Jane Doe" })
            let after = try await stage.target.entry(Self.holder(stage))
            #expect(after?.first("uSNChanged") == before?.first("uSNChanged"))
            #expect(after?["memberOf"] == [])
        }

        @Test("A take-over with its delegation moves the account in, anchors it, and updates it")
        func takeOver() async throws {
            let stage = try await stage()
            try await stage.target.delegateTakeOver(from: stage.elsewhere)
            try await stage.carryAcross()
            let before = try #require(try await stage.target.entry(Self.holder(stage)))
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": true])
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["taken_over"].elements.count == 1)
            let jane = try await stage.managed("e2e-jdoe")
            #expect(jane.guid() == before.guid())
            #expect(jane.first("adminDescription")?.hasPrefix("ad-user-sync:") == true)
            #expect(jane.first("department") == "Operations")
            #expect(try await stage.groups(of: "e2e-jdoe") == ["Plant Operators", "Everyone Managed"])
            #expect(try await stage.target.entry(Self.holder(stage)) == nil)
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("An account that serves something is taken over only by typing its name")
        func entangled() async throws {
            let stage = try await stage([("servicePrincipalName", ["HISTORIAN/e2e"])])
            try await stage.target.delegateTakeOver(from: stage.elsewhere)
            try await stage.carryAcross()
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": true])
            try await stage.writesNothing {
                try await stage.import().ended(with: 0, saying: "take_over_account")
            }
            #expect(try await stage.target.entry(Self.holder(stage)) != nil)
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": "e2e-jdoe"])
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["taken_over"].elements.count == 1)
        }

        @Test("A protected account is never taken over")
        func protected() async throws {
            let stage = try await stage([("adminCount", ["1"])])
            try await stage.target.delegateTakeOver(from: stage.elsewhere)
            try await stage.carryAcross()
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": "e2e-jdoe"])
            try await stage.writesNothing { try await stage.import().ended(with: 0, saying: "adminCount") }
        }

        @Test("A protected account in the container is left alone, whatever the file says")
        func protectedInside() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            let dn = try await stage.managed("e2e-jdoe").dn
            try await stage.target.apply(.replace(dn, "adminCount", "1"))
            try await stage.source.apply(
                .replace(Crew.jane.dn(below: stage.sourcePath), "department", "Power"))
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("Who was moved out of the container by somebody is found, and not created a second time")
        func movedOut() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            try await stage.target.renew(stage.elsewhere)
            try await stage.target.apply(
                .rename(try await stage.managed("e2e-jdoe").dn, to: "CN=Jane Doe", below: stage.elsewhere))
            let run = try await stage.carryAcross()
            #expect(try run.summary["created"] == [])
            #expect(try run.pending("name").first?["reason"].string?.contains("moved out") == true)
        }

        @Test("A namesake does not inherit a leaver's account")
        func namesake() async throws {
            let stage = try await Stage([])
            let leaver = UserFile.record(1, ["cn": "Kim Lee", "sAMAccountName": "e2e-klee"])
            try await stage.importing(UserFile.document([leaver])).ended(with: 0)
            let before = try await stage.managed("e2e-klee")
            let namesake = UserFile.record(2, ["cn": "Kim Lee", "sAMAccountName": "e2e-klee"])
            let run = try await stage.importing(UserFile.document([namesake], sequence: 2)).ended(with: 0)
            #expect(try run.summary["created"] == [])
            #expect(try !run.pending("name").isEmpty)
            let after = try await stage.managed("e2e-klee")
            #expect(after.first("adminDescription") == before.first("adminDescription"))
        }
    }
}

extension LabDomain {
    /// What an administrator grants the service account where accounts may be taken over from: to move them out, and to
    /// rename them.
    func delegateTakeOver(from container: String) async throws {
        let user = "bf967aba-0de6-11d0-a285-00aa003049e2"
        try await grant("(OA;CI;DC;\(user);;SID)(OA;CIIO;RPWPSD;;\(user);SID)", on: container)
    }
}
