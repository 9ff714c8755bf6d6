import LabSupport
import Testing

extension EndToEnd {
    /// The rights that taking an account over needs where it stands, held against what a take-over does.
    @Suite struct CheckTakeOver {
        /// What `check` calls a right, and its entry in SDDL, where `SID` stands for the service account.
        struct Right: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let sddl: String
        }

        static let smallest = [
            Right(testDescription: "delete", sddl: "(A;;SD;;;SID)"),
            Right(testDescription: "write name", sddl: "(OA;;RPWP;bf967a0e-0de6-11d0-a285-00aa003049e2;;SID)"),
            Right(testDescription: "write cn", sddl: "(OA;;RPWP;bf96793f-0de6-11d0-a285-00aa003049e2;;SID)"),
        ]

        private static func holder(_ stage: Stage) -> String { "CN=Jane (local),\(stage.elsewhere)" }

        /// Jane's account name is that of a local account; the conflict waits for an answer.
        private func stage(_ extra: [(String, [String])] = []) async throws -> Stage {
            let stage = try await Stage([.jane])
            try await stage.target.renew(
                stage.elsewhere,
                with: [
                    .add(
                        Self.holder(stage),
                        [
                            ("objectClass", ["user"]), ("sAMAccountName", ["e2e-jdoe"]),
                            ("userAccountControl", ["514"]),
                        ] + extra)
                ])
            try await stage.carryAcross()
            return stage
        }

        private func takeOver(_ stage: Stage) throws {
            try stage.answer("name", of: "Jane Doe", with: ["accept": true, "take_over_account": true])
        }

        private func findings(_ run: Run, _ verdict: String) throws -> [String] {
            try run.summary["findings"].elements
                .filter { $0["verdict"].string == verdict && $0["subject"].string == "CN=Jane (local)" }
                .compactMap { $0["detail"].string }
        }

        private func commands(_ run: Run) throws -> [String] {
            try run.summary["take_over_grants"]["samba_tool"].elements.compactMap(\.string)
        }

        @Test(
            "Each right that is taken away is named alone; without it the take-over fails, with it, it does not",
            arguments: smallest.indices)
        func oneMissing(_ index: Int) async throws {
            let stage = try await stage()
            var rights = Self.smallest
            let missing = rights.remove(at: index)
            try await stage.target.grant(rights.map(\.sddl).joined(), on: Self.holder(stage))
            try takeOver(stage)
            let sid = try await stage.target.serviceIdentifier()
            try await stage.writesNothing {
                let run = try await stage.check(.import).ended(with: 77)
                let faults = try findings(run, "fault")
                #expect(faults.count == 1)
                #expect(faults.first?.contains(": may not \(missing.testDescription), needed to") == true, "\(faults)")
                #expect(try findings(run, "ok").isEmpty)
                #expect(
                    try commands(run) == [
                        "samba-tool dsacl set --objectdn='\(Self.holder(stage))' "
                            + "--sddl='\(missing.sddl.replacing("SID", with: sid))'"
                    ])
            }
            try await stage.import().ended(with: 1, saying: "lacks the right")
            #expect(try await stage.target.entry(Self.holder(stage)) != nil)
            try await stage.target.grant(missing.sddl, on: Self.holder(stage))
            let run = try await stage.check(.import).ended(with: 0)
            #expect(try findings(run, "ok") == ["may be taken over from \(stage.elsewhere)"])
            try await expectTakenOver(stage)
        }

        private func expectTakenOver(_ stage: Stage) async throws {
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["taken_over"].elements.count == 1)
            #expect(try await stage.managed("e2e-jdoe").first("cn") == "Jane Doe")
            // Nobody's account is in question any more.
            let again = try await stage.check(.import).ended(with: 0)
            #expect(
                try again.summary["findings"].elements.allSatisfy { $0["subject"].string?.contains("Jane") == false })
            #expect(try commands(again).isEmpty)
        }

        @Test("The commands that check gives make a delegation with which the account is taken over")
        func itsCommandsSuffice() async throws {
            let stage = try await stage()
            try takeOver(stage)
            let run = try await stage.check(.import).ended(with: 77)
            #expect(try findings(run, "fault").count == 3)
            #expect(
                try run.summary["take_over_grants"]["dsacls"].elements.compactMap(\.string)
                    == ["SD", "RPWP;name", "RPWP;cn"].map {
                        "dsacls \"\(Self.holder(stage))\" /G \"svc-import@target.test:\($0)\""
                    })
            for command in try commands(run) { try await stage.target.perform(printed: command) }
            try await stage.check(.import).ended(with: 0)
            try await expectTakenOver(stage)
        }

        @Test("Deleting users in the old container does as well as deleting this one")
        func deletingChildren() async throws {
            let stage = try await stage()
            try takeOver(stage)
            try await stage.target.grant(Self.smallest.dropFirst().map(\.sddl).joined(), on: Self.holder(stage))
            try await stage.check(.import).ended(with: 77, saying: "may not delete")
            try await stage.target.grant("(OA;;DC;bf967aba-0de6-11d0-a285-00aa003049e2;;SID)", on: stage.elsewhere)
            try await stage.check(.import).ended(with: 0)
            try await expectTakenOver(stage)
        }

        @Test("While the question waits, what is missing is a remark")
        func pending() async throws {
            let stage = try await stage()
            let run = try await stage.check(.import).ended(with: 0)
            let remarks = try findings(run, "note")
            #expect(remarks.count == 3)
            #expect(
                remarks.allSatisfy {
                    $0.hasPrefix("could be taken over from \(stage.elsewhere) for Jane Doe: may not")
                })
            #expect(try commands(run).count == 1)
        }

        @Test("Where nobody is created, nobody is taken over: a remark")
        func switchedOff() async throws {
            var stage = try await stage()
            try takeOver(stage)
            stage.import["create"] = false
            let run = try await stage.check(.import).ended(with: 0)
            #expect(try findings(run, "note").count == 3)
        }

        @Test(
            "A new name was answered, or no, or the account is protected: it is not taken over, and not looked at",
            arguments: [["accept": true, "new_name": "e2e-jdoe2"], ["accept": false], [:]] as [[String: JSON]])
        func notInQuestion(answer: [String: JSON]) async throws {
            let stage = try await stage(answer.isEmpty ? [("adminCount", ["1"])] : [])
            try stage.answer("name", of: "Jane Doe", with: answer)
            let run = try await stage.check(.import).ended(with: 0)
            #expect(try findings(run, "note").isEmpty)
            #expect(try commands(run).isEmpty)
        }

        @Test("An account that inherits nothing would not get what the container grants: said before it is moved")
        func notInheriting() async throws {
            let stage = try await stage()
            try takeOver(stage)
            try await stage.target.describe(Self.holder(stage), as: "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;RPLCLORC;;;AU)")
            try await stage.target.grant(Self.smallest.map(\.sddl).joined(), on: Self.holder(stage))
            let run = try await stage.check(.import).ended(with: 77)
            let faults = try findings(run, "fault")
            #expect(faults.count == 1)
            #expect(faults.first?.contains("inherits no permissions") == true, "\(faults)")
            try await stage.import().ended(with: 1, saying: "lacks the right")
        }
    }
}
