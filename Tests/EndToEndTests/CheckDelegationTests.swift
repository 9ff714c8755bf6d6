import LabSupport
import Testing

extension EndToEnd {
    /// The rights of the account, held against what an import needs: in a container and on groups that nobody delegated
    /// anything on.
    @Suite struct CheckDelegation {
        /// Everything an import may ask for, in one file.
        private static let attributes = [
            "givenName", "sn", "displayName", "mail", "department", "title", "telephoneNumber",
        ]

        /// What `check` calls a right, and its entry in SDDL, where `SID` stands for the account.
        struct Right: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// Where the entry belongs: the container or one of the groups.
            let place: String
            let sddl: String
        }

        private static let user = "bf967aba-0de6-11d0-a285-00aa003049e2"
        private static let member = "bf9679c0-0de6-11d0-a285-00aa003049e2"
        private static let container = "OU=Bare"
        private static let groups = ["CN=Bare Operators", "CN=Bare Engineers", "CN=Bare Everyone"]

        private static func writing(_ attribute: String, _ identifier: String) -> Right {
            Right(
                testDescription: "write \(attribute)", place: container,
                sddl: "(OA;CIIO;RPWP;\(identifier);\(user);SID)")
        }

        /// The smallest set there is, by the identifiers of the schema.
        static let smallest: [Right] =
            [
                Right(testDescription: "create users", place: container, sddl: "(OA;CI;CC;\(user);;SID)"),
                Right(
                    testDescription: "reset passwords", place: container,
                    sddl: "(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;\(user);SID)"),
                writing("cn", "bf96793f-0de6-11d0-a285-00aa003049e2"),
                writing("name", "bf967a0e-0de6-11d0-a285-00aa003049e2"),
                writing("sAMAccountName", "3e0abfd0-126a-11d0-a060-00aa006c33ed"),
                writing("userPrincipalName", "28630ebb-41d5-11d1-a9c1-0000f80367c1"),
                writing("userAccountControl", "bf967a68-0de6-11d0-a285-00aa003049e2"),
                writing("accountExpires", "bf967915-0de6-11d0-a285-00aa003049e2"),
                writing("pwdLastSet", "bf967a0a-0de6-11d0-a285-00aa003049e2"),
                writing("adminDescription", "bf967919-0de6-11d0-a285-00aa003049e2"),
                writing("givenName", "f0f8ff8e-1191-11d0-a060-00aa006c33ed"),
                writing("sn", "bf967a41-0de6-11d0-a285-00aa003049e2"),
                writing("displayName", "bf967953-0de6-11d0-a285-00aa003049e2"),
                writing("mail", "bf967961-0de6-11d0-a285-00aa003049e2"),
                writing("department", "bf96794f-0de6-11d0-a285-00aa003049e2"),
                writing("title", "bf967a55-0de6-11d0-a285-00aa003049e2"),
                writing("telephoneNumber", "bf967a49-0de6-11d0-a285-00aa003049e2"),
            ] + groups.map { Right(testDescription: "write member", place: $0, sddl: "(OA;;RPWP;\(member);;SID)") }

        private static func bare(in stage: Stage) -> String { "OU=Bare,\(stage.elsewhere)" }

        /// A stage whose container and groups are new, with these rights and no others.
        private func stage(_ rights: [Right]) async throws -> Stage {
            var stage = try await Stage()
            let target = stage.target
            let place = Self.bare(in: stage)
            let groupPath = "OU=Bare Groups,\(stage.elsewhere)"
            try await target.apply(
                [stage.elsewhere, place, groupPath].map { .add($0, [("objectClass", ["organizationalUnit"])]) }
                    + Self.groups.map { .add("\($0),\(groupPath)", [("objectClass", ["group"])]) })
            stage.import["managed_user_path"] = "\(place)"
            stage.import["group_path"] = "\(groupPath)"
            stage.import["group_map"] = [
                "CN=Operators": "CN=Bare Operators", "CN=Engineers": "CN=Bare Engineers", "*": "CN=Bare Everyone",
            ]
            stage.import["restricted_groups"] = []
            stage.import["users_must_change_password"] = true
            for (name, entries) in Dictionary(grouping: rights, by: \.place) {
                let dn = name == Self.container ? place : "\(name),\(groupPath)"
                try await target.grant(entries.map(\.sddl).joined(), on: dn)
            }
            try await stage.export().ended(with: 0)
            return stage
        }

        private func faults(_ run: Run) throws -> [JSON] {
            try run.summary["findings"].elements.filter { $0["verdict"].string == "fault" }
        }

        @Test("With the smallest set there is nothing to say, and nothing more than that to remark")
        func smallestSet() async throws {
            let stage = try await stage(Self.smallest)
            try await stage.writesNothing {
                let run = try await stage.check(.import).ended(with: 0)
                let remarks = try run.summary["findings"].elements
                    .filter { $0["section"].string == "delegation" && $0["verdict"].string != "ok" }
                #expect(remarks.isEmpty, "\(remarks)")
            }
        }

        @Test("Each right that is taken away is named, and no other", arguments: smallest.indices)
        func oneMissing(_ index: Int) async throws {
            var rights = Self.smallest
            let missing = rights.remove(at: index)
            let stage = try await stage(rights)
            try await expectOnly(missing, in: stage)
            // Of a user that is there, the server itself tells what may be written.
            try await stage.target.apply(
                .add(
                    "CN=Wei,\(Self.bare(in: stage))", [("objectClass", ["user"]), ("sAMAccountName", ["e2e-somebody"])])
            )
            try await expectOnly(missing, in: stage)
        }

        private func expectOnly(_ missing: Right, in stage: Stage) async throws {
            try await stage.writesNothing {
                let run = try await stage.check(.import).ended(with: 77)
                let faults = try faults(run)
                #expect(faults.count == 1, "\(faults)")
                let detail = try #require(faults.first?["detail"].string)
                #expect(detail.hasPrefix("may not \(missing.testDescription)"), "\(detail)")
                // One command, for this one right.
                let commands = try run.summary["grants"]["samba_tool"].elements
                let sid = try await stage.target.serviceIdentifier()
                #expect(commands.count == 1)
                #expect(
                    commands.first?.string?.hasSuffix("--sddl='\(missing.sddl.replacing("SID", with: sid))'") == true,
                    "\(commands)")
                #expect(try run.summary["grants"]["dsacls"].elements.count == 1)
            }
        }

        @Test("The commands that check gives make the delegation that a whole import needs")
        func itsCommandsSuffice() async throws {
            let stage = try await stage([])
            let run = try await stage.check(.import).ended(with: 77)
            for command in try run.summary["grants"]["samba_tool"].elements.compactMap(\.string) {
                try await stage.target.perform(printed: command)
            }
            try await stage.check(.import).ended(with: 0)
            try await wholeLife(stage)
            // There are users now, of whom the server tells what may be written.
            try await stage.check(.import).ended(with: 0)
        }

        /// Created, enabled with a password, changed, renamed, in and out of groups, disabled.
        private func wholeLife(_ stage: Stage) async throws {
            var stage = stage
            try await stage.import().ended(with: 0)
            try stage.answer { entry in
                entry["type"].string == "enable" ? ["accept": true, "password": "Correct-Horse-47-Battery"] : nil
            }
            try await stage.import().ended(with: 0)
            let enabled = try await stage.target.search(Self.bare(in: stage), "(userAccountControl=512)")
            #expect(enabled.count == 4)
            let jane = Crew.jane.dn(below: stage.sourcePath)
            try await stage.source.apply(
                .modify(jane, .replace, "department", ["Maintenance"]),
                .modify("CN=Operators,\(stage.source.groupPath)", .delete, "member", [jane]),
                .modify("CN=Engineers,\(stage.source.groupPath)", .add, "member", [jane]),
                .modify(jane, .replace, "sAMAccountName", ["e2e-jroe"]),
                .rename(jane, to: "CN=Jane Roe"))
            try await stage.source.remove(Crew.conan.dn(below: stage.sourcePath))
            stage.import["deactivation_limit"] = ["percent": 100, "count": 10]
            try await stage.carryAcross()
            let people = try await stage.target.search(
                Self.bare(in: stage), "(sAMAccountType=805306368)", ["*", "memberOf"])
            let roe = try #require(people.first { $0.first("sAMAccountName") == "e2e-jroe" })
            #expect(roe.first("cn") == "Jane Roe")
            #expect(roe.first("department") == "Maintenance")
            #expect(Set(roe["memberOf"].map { $0.prefix { $0 != "," } }) == ["CN=Bare Engineers", "CN=Bare Everyone"])
            let conan = try #require(people.first { $0.first("sAMAccountName") == "e2e-cobrien" })
            #expect(conan.first("userAccountControl") == "514")
            let again = try await stage.import().ended(with: 0)
            #expect(try again.summary["updated"].elements.isEmpty)
        }

        @Test("users_can_not_change_password needs the permissions of users, and says so")
        func permissions() async throws {
            var stage = try await stage(Self.smallest)
            stage.import["users_must_change_password"] = false
            stage.import["users_can_not_change_password"] = true
            let run = try await stage.check(.import).ended(with: 77)
            let faults = try faults(run)
            #expect(faults.compactMap { $0["detail"].string }.allSatisfy { $0.contains("permissions") })
            #expect(!faults.isEmpty)
        }

        @Test("A user who does not inherit from the container is named")
        func notInheriting() async throws {
            let stage = try await stage(Self.smallest)
            try await stage.import().ended(with: 0)
            let place = "CN=Jane Doe,\(Self.bare(in: stage))"
            // P: protected. What she inherited is gone.
            try await stage.target.describe(place, as: "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;RPLCLORC;;;AU)")
            try await stage.check(.import).ended(with: 77, saying: "of 1 of 4 users (Jane Doe)")
        }

        @Test("An account with power over the domain is told that it has too much")
        func administrator() async throws {
            var stage = try await Stage()
            let account = stage.target.administrator
            stage.import["bind"] = ["user": "\(account.name)", "password_file": "\(account.passwordFile)"]
            try await stage.export().ended(with: 0)
            try await stage.check(.import).ended(with: 0, saying: "more than needed", "privileged groups")
        }

        @Test("Rights beyond the need are remarks, with the entry that gives them")
        func excess() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let run = try await stage.check(.import).ended(with: 0)
            let remarks = try run.summary["findings"].elements.filter { $0["verdict"].string == "note" }
                .compactMap { $0["detail"].string }
            #expect(remarks.contains { $0.contains("may delete users") && $0.contains("CCDC") })
            #expect(remarks.contains { $0.contains("servicePrincipalName") })
        }
    }
}
