import LabSupport
import Testing

extension EndToEnd {
    /// Answers given by hand, in an editor.
    @Suite struct Approval {
        static let password = "Correct-Horse-7"

        @Test("Enabled with a password: the user signs in over TLS, and the password is gone from the file")
        func enable() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": .text(Self.password)])
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["enabled"] == ["Jane Doe"])
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "512")
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: Self.password))
            #expect(try await stage.managed("e2e-cobrien").first("userAccountControl") == "514")
            #expect(try !stage.folder.text("resolutions.json").contains(Self.password))
            #expect(try stage.resolutions.map { $0["user"] } == ["Conan O'Brien"])
            #expect(try stage.folder.permissions("resolutions.json") == 0o600)
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("A password the domain's policy refuses: said so, the rest is done, the question is asked again")
        func weakPassword() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": "short"])
            try stage.answer("enable", of: "Conan O'Brien", with: ["accept": true, "password": .text(Self.password)])
            let run = try await stage.import().ended(with: 1)
            #expect(try run.summary["enabled"] == ["Conan O'Brien"])
            let failure = try run.summary["failed"][0]
            #expect(failure["user"] == "Jane Doe")
            #expect(failure["reason"].string?.contains("password") == true)
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
            #expect(try stage.resolutions.contains { $0["user"] == "Jane Doe" })
        }

        @Test("Accepted without a password: nothing happens, and the operator is told what lacks")
        func withoutPassword() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true])
            try await stage.writesNothing {
                let run = try await stage.import().ended(with: 0, saying: "without a password")
                #expect(try run.pending("enable").count == 1)
            }
        }

        @Test("users_must_change_password: the first sign-in is refused until the password is changed")
        func mustChange() async throws {
            var stage = try await Stage([.jane])
            stage.import["users_must_change_password"] = true
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": .text(Self.password)])
            try await stage.import().ended(with: 0)
            #expect(try await stage.managed("e2e-jdoe").first("pwdLastSet") == "0")
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "512")
            #expect(try await !stage.target.accepts("e2e-jdoe@target.test", password: Self.password))
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("users_can_not_change_password: the user's own change is refused", arguments: [true, false])
        func cannotChange(_ forbidden: Bool) async throws {
            var stage = try await Stage([.jane])
            stage.import["users_can_not_change_password"] = .bool(forbidden)
            // The default policy keeps everybody from changing a password on its first day.
            try await stage.target.apply(.replace(stage.target.base, "minPwdAge", "0"))
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": .text(Self.password)])
            try await stage.import().ended(with: 0)
            let dn = try await stage.managed("e2e-jdoe").dn
            let changed = try await stage.target.changesOwnPassword(
                "e2e-jdoe@target.test", dn, from: Self.password, to: "Battery-Staple-8")
            #expect(changed == !forbidden)
            #expect(
                try await stage.target.accepts(
                    "e2e-jdoe@target.test", password: forbidden ? Self.password : "Battery-Staple-8"))
        }

        @Test("A restricted group is joined once somebody agrees")
        func restrictedGroup() async throws {
            let stage = try await Stage([.jürgen])
            let run = try await stage.carryAcross()
            let question = try run.pending("join")
            #expect(question.map { $0["group"] } == ["CN=Plant Admins"])
            #expect(try await stage.groups(of: "e2e-jkoehler") == ["Plant Engineers", "Everyone Managed"])
            try stage.answer("join", of: "Jürgen Köhler", with: ["accept": true])
            let second = try await stage.import().ended(with: 0)
            #expect(try second.summary["joined"] == [["user": "Jürgen Köhler", "group": "Plant Admins"]])
            #expect(
                try await stage.groups(of: "e2e-jkoehler") == ["Plant Engineers", "Everyone Managed", "Plant Admins"])
            #expect(try !stage.resolutions.contains { $0["type"] == "join" })
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("A group that leads to power is restricted whatever the configuration says")
        func privilegedGroup() async throws {
            var stage = try await Stage([.jane])
            stage.import["group_map"] = ["CN=Operators": "CN=Plant Console"]
            stage.import["restricted_groups"] = []
            let run = try await stage.carryAcross()
            #expect(try run.pending("join").map { $0["group"] } == ["CN=Plant Console"])
            #expect(try run.pending("join")[0]["reason"].string?.contains("Account Operators") == true)
            #expect(try await stage.groups(of: "e2e-jdoe").isEmpty)
        }

        @Test("What was rejected stays rejected: not done, not asked again", arguments: ["enable", "join"])
        func rejected(_ type: String) async throws {
            let stage = try await Stage([.jürgen])
            try await stage.carryAcross()
            try stage.answer(type, of: "Jürgen Köhler", with: ["accept": false])
            for _ in 1...2 {
                try await stage.writesNothing {
                    let run = try await stage.import().ended(with: 0)
                    #expect(try run.pending(type).isEmpty)
                }
                #expect(try stage.resolutions.contains { $0["type"].string == type && $0["accept"] == false })
            }
        }

        @Test("With --fail-on-pending a waiting question makes status 2")
        func failOnPending() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try await stage.import("--fail-on-pending").ended(with: 2)
            try stage.answer { _ in ["accept": false] }
            try await stage.import("--fail-on-pending").ended(with: 0)
        }

        @Test("require_approval: disabling and leaving wait for a yes")
        func moreApprovals() async throws {
            var stage = try await Stage([.jane, .conan])
            stage.import["require_approval"] = ["disable", "leave"]
            try await stage.carryAcross()
            try await stage.target.apply(.replace(try await stage.managed("e2e-jdoe").dn, "userAccountControl", "512"))
            let path = stage.sourcePath
            try await stage.source.apply(
                .delete(Crew.jane.dn(below: path)),
                .modify("CN=Operators,\(stage.source.groupPath)", .delete, "member", [Crew.conan.dn(below: path)]))
            let run = try await stage.carryAcross()
            #expect(try run.pending("disable").map { $0["user"] } == ["Jane Doe"])
            #expect(try run.pending("leave").map { $0["user"] } == ["Conan O'Brien"])
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "512")
            #expect(try await stage.groups(of: "e2e-cobrien") == ["Plant Operators", "Everyone Managed"])
            try stage.answer { $0["type"] == "enable" ? nil : ["accept": true] }
            try await stage.import().ended(with: 0)
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
            #expect(try await stage.groups(of: "e2e-cobrien") == ["Everyone Managed"])
        }

        @Test("A grant: a membership a person gave stays although group_map does not give it")
        func grant() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let anchor = try stage.resolutions[0]["anchor"]
            let grant: JSON = [
                "type": "grant", "user": "Jane Doe", "anchor": anchor, "group": "CN=Plant Engineers", "accept": true,
            ]
            try stage.folder.write(
                try JSON.object(["resolutions": .array(try stage.resolutions + [grant])]).bytes, to: "resolutions.json")
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["joined"] == [["user": "Jane Doe", "group": "Plant Engineers"]])
            #expect(try stage.resolutions.contains { $0["type"] == "grant" })
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }
    }
}
