import LabSupport
import Testing

extension EndToEnd {
    /// What happens at the source after people have arrived.
    @Suite struct Changes {
        @Test("Who marries and changes cn and account name stays the same account")
        func marriage() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            let before = try await stage.managed("e2e-jdoe")
            try await stage.source.apply(
                .replace(Crew.jane.dn(below: stage.sourcePath), "sAMAccountName", "e2e-jsmith"),
                .replace(Crew.jane.dn(below: stage.sourcePath), "sn", "O'Smith"),
                .rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=Jane O'Smith\\, née Doe"))

            let run = try await stage.carryAcross()
            #expect(try run.summary["renamed"] == [["user": "Jane O'Smith, née Doe", "from": "Jane Doe"]])
            #expect(try run.summary["created"] == [])
            let after = try await stage.managed("e2e-jsmith")
            #expect(after.guid() == before.guid())
            #expect(after.first("cn") == "Jane O'Smith, née Doe")
            #expect(after.first("sn") == "O'Smith")
            #expect(after.first("userPrincipalName") == "e2e-jsmith@target.test")
            #expect(try await stage.groups(of: "e2e-jsmith") == ["Plant Operators", "Everyone Managed"])
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("A change of nothing but case, or of composed to decomposed, is a change")
        func caseOnly() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            let before = try await stage.managed("e2e-jdoe")
            try await stage.source.apply(
                .rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=JANE Doe"),
                .rename(Crew.jürgen.dn(below: stage.sourcePath), to: "CN=Ju\u{308}rgen Ko\u{308}hler"))
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-jdoe").first("cn") == "JANE Doe")
            #expect(try await stage.managed("e2e-jdoe").guid() == before.guid())
            #expect(
                try await stage.managed("e2e-jkoehler").octets("cn") == [Array("Ju\u{308}rgen Ko\u{308}hler".utf8)])
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("Two people who exchange their names exchange them here, each keeping the own account")
        func exchange() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            let (jane, conan) = (try await stage.managed("e2e-jdoe"), try await stage.managed("e2e-cobrien"))
            let path = stage.sourcePath
            try await stage.source.apply(
                .replace(Crew.jane.dn(below: path), "userPrincipalName", "e2e-one@source.test"),
                .replace(Crew.conan.dn(below: path), "userPrincipalName", "e2e-two@source.test"),
                .rename(Crew.jane.dn(below: path), to: "CN=Passing"),
                .rename(Crew.conan.dn(below: path), to: "CN=Jane Doe"),
                .rename("CN=Passing,\(path)", to: "CN=Conan O'Brien"),
                .replace("CN=Conan O'Brien,\(path)", "sAMAccountName", "e2e-passing"),
                .replace("CN=Jane Doe,\(path)", "sAMAccountName", "e2e-jdoe"),
                .replace("CN=Conan O'Brien,\(path)", "sAMAccountName", "e2e-cobrien"))
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-cobrien").guid() == jane.guid())
            #expect(try await stage.managed("e2e-cobrien").first("cn") == "Conan O'Brien")
            #expect(try await stage.managed("e2e-jdoe").guid() == conan.guid())
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("A leaver is disabled, keeps account and groups; a returner asks to be enabled and may keep the password")
        func leaverAndReturner() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": "Correct-Horse-7"])
            try await stage.import().ended(with: 0)
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: "Correct-Horse-7"))

            // Out of the exported path, and later back again: the same person, by the objectGUID.
            let elsewhere = "OU=Elsewhere,\(stage.source.base)"
            try await stage.source.renew(elsewhere)
            try await stage.source.apply(
                .rename(Crew.jane.dn(below: stage.sourcePath), to: "CN=Jane Doe", below: elsewhere))
            let left = try await stage.carryAcross()
            #expect(try left.summary["disabled"] == ["Jane Doe"])
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
            #expect(try await stage.groups(of: "e2e-jdoe") == ["Plant Operators", "Everyone Managed"])
            #expect(try await !stage.target.accepts("e2e-jdoe@target.test", password: "Correct-Horse-7"))
            try await stage.writesNothing { try await stage.carryAcross() }

            try await stage.source.apply(
                .rename("CN=Jane Doe,\(elsewhere)", to: "CN=Jane Doe", below: stage.sourcePath))
            let returned = try await stage.carryAcross()
            #expect(try returned.pending("enable").contains { $0["user"] == "Jane Doe" })
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "keep_password": true])
            try await stage.import().ended(with: 0)
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: "Correct-Horse-7"))
        }

        @Test("Another department and group: attributes follow, and so do the groups")
        func transfer() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            let dn = Crew.jane.dn(below: stage.sourcePath)
            let groups = stage.source.groupPath
            try await stage.source.apply(
                .replace(dn, "department", "Engineering"),
                .modify(dn, .replace, "mail", [String]()),
                .modify("CN=Operators,\(groups)", .delete, "member", [dn]),
                .modify("CN=Engineers,\(groups)", .add, "member", [dn]))
            let run = try await stage.carryAcross()
            let summary = try run.summary
            #expect(summary["updated"] == ["Jane Doe"])
            #expect(summary["left"] == [["user": "Jane Doe", "group": "Plant Operators"]])
            #expect(summary["joined"] == [["user": "Jane Doe", "group": "Plant Engineers"]])
            #expect(try run.pending("join").map { $0["group"] } == ["CN=Plant Admins", "CN=Plant Admins"])
            let jane = try await stage.managed("e2e-jdoe")
            #expect(jane.first("department") == "Engineering")
            #expect(jane.first("mail") == nil)
            #expect(try await stage.groups(of: "e2e-jdoe") == ["Plant Engineers", "Everyone Managed"])
        }

        @Test("Other members of a mapped group are none of our business")
        func strangersInGroups() async throws {
            let stage = try await Stage()
            let stranger = "CN=Greta Local,OU=Local,\(stage.target.base)"
            let group = "CN=Plant Operators,\(stage.target.groupPath)"
            try await stage.target.apply(.modify(group, .add, "member", [stranger]))
            try await stage.carryAcross()
            #expect(try await stage.target.entry(group)?["member"].contains(stranger) == true)
        }

        @Test("Who is disabled at the source is disabled here, and who was always disabled there is not created")
        func disabledAtSource() async throws {
            var away = Crew.wei
            away.isDisabled = true
            let stage = try await Stage([.jane, .conan, away])
            let first = try await stage.carryAcross()
            #expect(try Set(first.summary["created"].strings) == ["Jane Doe", "Conan O'Brien"])
            try await stage.target.apply(.replace(try await stage.managed("e2e-jdoe").dn, "userAccountControl", "512"))
            try await stage.source.apply(.replace(Crew.jane.dn(below: stage.sourcePath), "userAccountControl", "514"))
            let second = try await stage.carryAcross()
            #expect(try second.summary["disabled"] == ["Jane Doe"])
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "514")
        }

        @Test("deactivated_users_keep_groups: false takes a leaver out of all mapped groups")
        func leaverWithoutGroups() async throws {
            var stage = try await Stage()
            stage.import["deactivated_users_keep_groups"] = false
            try await stage.carryAcross()
            try await stage.target.apply(.replace(try await stage.managed("e2e-jdoe").dn, "userAccountControl", "512"))
            try await stage.source.apply(.delete(Crew.jane.dn(below: stage.sourcePath)))
            let run = try await stage.carryAcross()
            #expect(try run.summary["left"].elements.count == 2)
            #expect(try await stage.groups(of: "e2e-jdoe").isEmpty)
        }

        @Test("An account that expires at the source expires here no later")
        func sourceExpiry() async throws {
            var expiring = Crew.jane
            // 2019-12-31
            expiring.expires = 132_222_240_000_000_000
            let stage = try await Stage([expiring, .conan])
            try await stage.carryAcross()
            #expect(try await stage.managed("e2e-jdoe").first("accountExpires") == "132222240000000000")
            let other = try #require(try await stage.managed("e2e-cobrien").first("accountExpires").flatMap { Int($0) })
            #expect(other > 132_222_240_000_000_000)
            #expect(other < Int(Int64.max))
        }
    }
}
