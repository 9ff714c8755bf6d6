import ActiveDirectory
import Directory
import DistinguishedNames
import LabSupport
import Testing

extension ActiveDirectorySuite {
    @Suite struct Groups {
        private func chain(_ name: String, in adapter: Adapter) async throws -> [String]? {
            let dn = try DistinguishedName(parsing: name)
            return try await adapter.with(adapter.target) { directory in
                try #require(try await directory.groups([dn])[0]).privilegedThrough?.compactMap { $0.leaf?.value }
            }
        }

        @Test("In the order asked for; nil for one that is not there, and for what is no group")
        func order() async throws {
            let adapter = try await Adapter()
            let names = try [
                "CN=Plant Visitors,\(adapter.target.groupPath)", "CN=Nobodies,\(adapter.target.groupPath)",
                adapter.target.userPath, "CN=plant operators,\(adapter.target.groupPath)",
            ].map(DistinguishedName.init(parsing:))
            let groups = try await adapter.with(adapter.target) { try await $0.groups(names) }
            #expect(groups.map { $0?.commonName } == ["Plant Visitors", nil, nil, "Plant Operators"])
            #expect(groups.compactMap { $0?.privilegedThrough } == [])
        }

        @Test("Power through nesting is found, with the way that leads to it")
        func nesting() async throws {
            let adapter = try await Adapter()
            #expect(
                try await chain("CN=Plant Console,\(adapter.target.groupPath)", in: adapter)
                    == ["Plant Console", "Plant Account Desk", "Account Operators"])
            #expect(
                try await chain("CN=Domain Admins,CN=Users,\(adapter.target.base)", in: adapter) == ["Domain Admins"])
            #expect(try await chain("CN=DnsAdmins,CN=Users,\(adapter.target.base)", in: adapter) == ["DnsAdmins"])
        }

        /// Behind a domain-local group, a universal one, one of its own.
        @Test("Whatever the scope of the groups between", arguments: ["-2147483644", "-2147483640", "-2147483646"])
        func scopes(_ groupType: String) async throws {
            let adapter = try await Adapter()
            let names = ["inner", "outer"].map { "CN=\($0),\(adapter.targetPath)" }
            try await adapter.target.apply([
                .add(names[0], [("objectClass", ["group"]), ("sAMAccountName", ["ad-inner"])]),
                .add(
                    names[1],
                    [("objectClass", ["group"]), ("sAMAccountName", ["ad-outer"]), ("groupType", [groupType])]),
                .modify(names[1], .add, "member", [names[0]]),
            ])
            #expect(try await chain(names[0], in: adapter) == nil)
            for power in ["Backup Operators", "Cryptographic Operators", "Distributed COM Users"] {
                let group = "CN=\(power),CN=Builtin,\(adapter.target.base)"
                try await adapter.target.apply(.modify(group, .add, "member", [names[1]]))
                #expect(try await chain(names[0], in: adapter) == ["inner", "outer", power])
                try await adapter.target.apply(.modify(group, .delete, "member", [names[1]]))
            }
        }

        @Test("By what a group is, not by what it is called: names differ from language to language")
        func localised() async throws {
            let adapter = try await Adapter()
            let users = "CN=Users,\(adapter.target.base)"
            try await adapter.target.apply(.rename("CN=Cert Publishers,\(users)", to: "CN=Zertifikatherausgeber"))
            let found = try await chain("CN=Zertifikatherausgeber,\(users)", in: adapter)
            try await adapter.target.apply(.rename("CN=Zertifikatherausgeber,\(users)", to: "CN=Cert Publishers"))
            #expect(found == ["Zertifikatherausgeber"])
        }

        @Test("A group that the directory guards (adminCount) is taken for one with power", arguments: ["1", "0"])
        func guarded(_ adminCount: String) async throws {
            let adapter = try await Adapter()
            let name = "CN=guarded,\(adapter.targetPath)"
            try await adapter.target.apply(
                .add(
                    name,
                    [("objectClass", ["group"]), ("sAMAccountName", ["ad-guarded"]), ("adminCount", [adminCount])]))
            #expect(try await chain(name, in: adapter) == (adminCount == "1" ? ["guarded"] : nil))
        }

        @Test(
            "Groups that are in each other end the search, with and without power behind them",
            arguments: [true, false])
        func cycle(_ leadsToPower: Bool) async throws {
            let adapter = try await Adapter()
            let names = ["a", "b", "c"].map { "CN=\($0),\(adapter.targetPath)" }
            try await adapter.target.apply(
                names.map {
                    .add($0, [("objectClass", ["group"]), ("sAMAccountName", ["ad-\($0.prefix(4).suffix(1))"])])
                })
            // a is in b, b in c, c in a; and a in itself.
            try await adapter.target.apply(
                .modify(names[1], .add, "member", [names[0]]), .modify(names[2], .add, "member", [names[1]]),
                .modify(names[0], .add, "member", [names[2], names[0]]))
            let power = "CN=Backup Operators,CN=Builtin,\(adapter.target.base)"
            if leadsToPower { try await adapter.target.apply(.modify(power, .add, "member", [names[2]])) }
            #expect(
                try await chain(names[0], in: adapter) == (leadsToPower ? ["a", "b", "c", "Backup Operators"] : nil))
            if leadsToPower { try await adapter.target.apply(.modify(power, .delete, "member", [names[2]])) }
        }
    }

    @Suite struct Names {
        private func holders(
            _ adapter: Adapter, _ questions: [(account: String, principal: String?, cn: String)]
        ) async throws -> [NameHolder] {
            try await adapter.with(adapter.target) { directory in
                try await directory.holders(
                    of: questions.map {
                        NameQuestion(
                            accountName: $0.account, userPrincipalName: $0.principal,
                            name: try DistinguishedName(parsing: adapter.targetPath).appending(.commonName($0.cn)))
                    }, reading: adapter.query(adapter.target.base, ["department"]))
            }
        }

        @Test("By account name, whatever the case and wherever it is, with all that a take-over must know")
        func accountName() async throws {
            let adapter = try await Adapter()
            let holder = try #require(try await holders(adapter, [("GLocal", nil, "nobody")]).first)
            #expect(holder.accountName == "glocal")
            guard case .user(let user, let entanglements) = holder.kind else {
                Issue.record("\(holder.kind)")
                return
            }
            #expect(user.commonName == "Greta Local")
            #expect(entanglements.isEmpty)
        }

        @Test("By principal name, and by one that an account name implies")
        func principalName() async throws {
            let adapter = try await Adapter()
            #expect(
                try await holders(adapter, [("nobody", "mweber@target.test", "nobody")]).map(\.accountName)
                    == ["local-mweber"])
            #expect(
                try await holders(adapter, [("nobody", "pnovak@TARGET.test", "nobody")]).map(\.accountName) == [
                    "pnovak"
                ])
            #expect(try await holders(adapter, [("nobody", "pnovak@elsewhere.test", "nobody")]).isEmpty)
        }

        @Test("By cn, also of what is no user; a name is no filter")
        func commonName() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(
                .add("CN=A*,\(adapter.targetPath)", [("objectClass", ["contact"])]),
                .add("CN=AB,\(adapter.targetPath)", [("objectClass", ["contact"])]))
            let found = try await holders(adapter, [("nobody", nil, "A*")])
            #expect(found.compactMap { $0.name.leaf?.value } == ["A*"])
            #expect(found.first?.kind == .other)
            #expect(try await holders(adapter, [("*", "*", "*)(objectClass=*")]).isEmpty)
            let group = try await holders(adapter, [("plant operators", nil, "nobody")])
            #expect(group.map(\.kind) == [.group])
        }

        @Test("What makes an account more than one person's key is told")
        func entanglements() async throws {
            let adapter = try await Adapter()
            let holder = try #require(try await holders(adapter, [("svc-historian", nil, "nobody")]).first)
            guard case .user(_, let entanglements) = holder.kind else {
                Issue.record("\(holder.kind)")
                return
            }
            #expect(entanglements == [.servicePrincipalName("HISTORIAN/plant.target.test")])
            let admin = try #require(try await holders(adapter, [("plantadmin", nil, "nobody")]).first)
            guard case .user(let user, let memberships) = admin.kind else { return }
            #expect(user.protection == .adminCount)
            #expect(memberships.contains { if case .member = $0 { true } else { false } })
        }

        @Test("Five hundred questions are a handful of requests")
        func many() async throws {
            let adapter = try await Adapter()
            try await adapter.with(adapter.target) { directory in
                let before = directory.operationCount
                let container = try DistinguishedName(parsing: adapter.targetPath)
                let questions = (1...500).map { number in
                    NameQuestion(
                        accountName: number == 250 ? "glocal" : "nobody-\(number)",
                        userPrincipalName: "other-\(number)@target.test",
                        name: container.appending(.commonName("Nobody Ümläut (\(number)) *")))
                }
                let found = try await directory.holders(of: questions, reading: adapter.query(adapter.target.base))
                #expect(found.map(\.accountName) == ["glocal"])
                #expect(directory.operationCount - before <= 3)
            }
        }
    }
}
