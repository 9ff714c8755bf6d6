import ActiveDirectory
import Directory
import DistinguishedNames
import LabSupport
import Testing

extension ActiveDirectorySuite {
    @Suite struct Reading {
        @Test("The domain: its names, its identity, its password policy")
        func domain() async throws {
            let adapter = try await Adapter()
            let domain = try await adapter.with(adapter.target) { try await $0.domain() }
            #expect(domain.dnsName == "target.test")
            #expect(domain.name.description == "DC=target,DC=test")
            #expect(domain.guid.description == (try await adapter.target.entry(adapter.target.base)?.guid()))
            #expect(domain.server == "target-dc.target.test")
            #expect(domain.highestCommittedUSN > 0)
            #expect(
                domain.passwordPolicy == PasswordPolicy(minimumLength: 7, requiresComplexity: true, source: .domain))
        }

        @Test("A user with everything: text, several values, octets, groups, expiry, principal name")
        func user() async throws {
            let adapter = try await Adapter()
            let dn = "CN=Jürgen\\, #1,\(adapter.sourcePath)"
            let group = "CN=Operators,\(adapter.source.groupPath)"
            try await adapter.source.apply(
                .add(
                    dn,
                    [
                        ("objectClass", ["user"]), ("sAMAccountName", ["ad-juergen"]),
                        ("userAccountControl", ["66048"]),
                        ("userPrincipalName", ["ad-juergen@source.test"]), ("sn", ["Köhler"]),
                        ("otherTelephone", ["1", "2", "3"]), ("accountExpires", ["133000000000000000"]),
                    ]),
                .modify(dn, .replace, "thumbnailPhoto", [[0x89, 0x50, 0xFF, 0x00, 0x0A]]),
                .modify(group, .add, "member", [dn]))
            let groupName = try DistinguishedName(parsing: group)
            try await adapter.with(adapter.source) { directory in
                let found = try #require(try await directory.groups([groupName])[0])
                let reference = DirectoryGroupReference(guid: found.guid, name: found.name)
                let user = try #require(
                    try await directory.users(
                        adapter.query(
                            adapter.sourcePath, ["sn", "otherTelephone", "thumbnailPhoto", "mail"], groups: [reference])
                    ).first)
                #expect(user.name == (try DistinguishedName(parsing: dn)))
                #expect(user.commonName == "Jürgen, #1")
                #expect(user.accountName == "ad-juergen")
                #expect(user.userPrincipalName == "ad-juergen@source.test")
                #expect(user.accountControl == 66048)
                #expect(!user.isDisabled)
                #expect(user.expiry == .at(Timestamp(fileTime: 133_000_000_000_000_000)))
                #expect(!user.hasCurrentPassword)
                #expect(user.stamp == .none)
                #expect(user.protection == nil)
                #expect(user.groups == [found.guid])
                #expect(user.attributes["sn"] == .one(.text("Köhler")))
                #expect(user.attributes["otherTelephone"] == .many([.text("2"), .text("3"), .text("1")]))
                #expect(user.attributes["thumbnailPhoto"] == .one(.binary([0x89, 0x50, 0xFF, 0x00, 0x0A])))
                #expect(user.attributes["mail"] == AttributeValues.none)
            }
        }

        @Test("People only: no contacts, computers or groups, and subunits included")
        func peopleOnly() async throws {
            let adapter = try await Adapter()
            let path = adapter.sourcePath
            try await adapter.source.apply(
                .add("OU=Deep,\(path)", [("objectClass", ["organizationalUnit"])]),
                adapter.user("one", in: adapter.source),
                .add(
                    "CN=two,OU=Deep,\(path)",
                    [
                        ("objectClass", ["inetOrgPerson"]), ("sAMAccountName", ["ad-two"]), ("sn", ["two"]),
                        ("userAccountControl", ["514"]),
                    ]),
                .add("CN=contact,\(path)", [("objectClass", ["contact"])]),
                .add("CN=group,\(path)", [("objectClass", ["group"]), ("sAMAccountName", ["ad-group"])]),
                .add(
                    "CN=computer,\(path)",
                    [
                        ("objectClass", ["computer"]), ("sAMAccountName", ["ad-computer$"]),
                        ("userAccountControl", ["4096"]),
                    ]))
            let users = try await adapter.with(adapter.source) { try await $0.users(adapter.query(path)) }
            #expect(users.map(\.accountName) == ["ad-one", "ad-two"])
        }

        static let expiries: [(written: String, read: AccountExpiry)] = [
            ("0", .never), (String(Int64.max), .never), ("-1", .never), ("1", .at(Timestamp(fileTime: 1))),
            ("132222240000000000", .at(Timestamp(fileTime: 132_222_240_000_000_000))),
            ("9223372036854775806", .at(Timestamp(fileTime: .max - 1))),
        ]

        @Test("accountExpires: 0, the largest number and negative ones are never", arguments: expiries.indices)
        func expiry(_ index: Int) async throws {
            let (written, read) = Self.expiries[index]
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("one", [("accountExpires", [written])]))
            let users = try await adapter.with(adapter.target) { try await $0.users(adapter.query(adapter.targetPath)) }
            #expect(users.map(\.expiry) == [read])
        }

        @Test("A user in many groups, whose memberOf comes in slices", arguments: [1, 2, 3, 7, 8])
        func ranges(step: Int) async throws {
            let adapter = try await Adapter()
            let names = (1...7).map { "CN=group \($0),\(adapter.sourcePath)" }
            let member = "CN=one,\(adapter.sourcePath)"
            try await adapter.source.apply(
                [adapter.user("one", in: adapter.source), adapter.user("two", in: adapter.source)]
                    + names.enumerated().map {
                        .add(
                            $1,
                            [("objectClass", ["group"]), ("sAMAccountName", ["ad-group\($0)"]), ("member", [member])])
                    })
            let groups = try names.map(DistinguishedName.init(parsing:))
            let users = try await adapter.with(adapter.source, rangeStep: step) { directory in
                let found = try await directory.groups(groups).compactMap(\.self)
                let references = found.map { DirectoryGroupReference(guid: $0.guid, name: $0.name) }
                return try await directory.users(adapter.query(adapter.sourcePath, groups: references))
            }
            #expect(users.map(\.groups.count) == [7, 0])
        }

        @Test("A container that is not there is told apart from one that is empty")
        func missingContainer() async throws {
            let adapter = try await Adapter()
            let nowhere = try DistinguishedName(parsing: "OU=Nowhere,\(adapter.target.base)")
            try await adapter.with(adapter.target) { directory in
                await #expect { try await directory.container(nowhere) } throws: { error in
                    (error as? DirectoryFailure)?.kind == .missing
                }
                await #expect { try await directory.users(adapter.query(nowhere.description)) } throws: { error in
                    (error as? DirectoryFailure)?.kind == .missing
                }
                let users = try await directory.users(adapter.query(adapter.targetPath))
                #expect(users.isEmpty)
            }
        }

        @Test(
            "An attribute that must be known and may not be read is an error that names it, not a gap",
            arguments: [
                ("userAccountControl", "bf967a68-0de6-11d0-a285-00aa003049e2"),
                ("accountExpires", "bf967915-0de6-11d0-a285-00aa003049e2"),
            ])
        func unreadable(_ name: String, _ identifier: String) async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("one"), adapter.user("two"))
            try await adapter.target.deny("RP", identifier, on: "CN=two,\(adapter.targetPath)")
            let failure = await #expect(throws: DirectoryFailure.self) {
                try await adapter.with(adapter.target) { _ = try await $0.users(adapter.query(adapter.targetPath)) }
            }
            #expect(failure?.kind == .notAuthorised)
            for word in [name, "CN=two"] { #expect(failure?.message.contains(word) == true, "\(word)") }
        }

        @Test("Some accounts by their GUIDs: those in the container only, in one request")
        func someAccounts() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("Ann"), adapter.user("Ben"), adapter.user("Cleo"))
            let (ann, ben) = (try await adapter.reference("Ann"), try await adapter.reference("Ben"))
            let outside = try #require(
                try await adapter.target.entry(adapter.target.serviceDN)?.guid().flatMap { GUID($0) })
            let inside = Set([ann.guid, ben.guid].compactMap(\.self))
            try await adapter.with(adapter.target) { directory in
                let before = directory.operationCount
                let users = try await directory.users(
                    inside.union([outside]), adapter.query(adapter.targetPath, ["sn"]))
                #expect(Set(users.map(\.guid)) == inside)
                #expect(Set(users.map(\.commonName)) == ["Ann", "Ben"])
                #expect(directory.operationCount == before + 1)
                #expect(try await directory.users([], adapter.query(adapter.targetPath)).isEmpty)
            }
        }
    }

    @Suite struct Protection {
        @Test("adminCount guards an account")
        func adminCount() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(
                adapter.user("guarded", [("adminCount", ["1"])]), adapter.user("once", [("adminCount", ["0"])]))
            let users = try await adapter.with(adapter.target) { try await $0.users(adapter.query(adapter.targetPath)) }
            #expect(users.map(\.protection) == [.adminCount, nil])
        }

        @Test("The accounts that the directory itself stands on are protected")
        func builtIn() async throws {
            let adapter = try await Adapter()
            let users = try await adapter.with(adapter.target) {
                try await $0.users(adapter.query("CN=Users,\(adapter.target.base)"))
            }
            #expect(users.count >= 3)
            #expect(users.allSatisfy { $0.protection != nil }, "\(users.map { ($0.accountName, $0.protection) })")
        }

        @Test("The account the tool signs in with is protected")
        func ownAccount() async throws {
            let adapter = try await Adapter()
            let users = try await adapter.with(adapter.target) {
                try await $0.users(adapter.query("OU=Service Accounts,\(adapter.target.base)"))
            }
            #expect(users.map(\.protection) == [.ownAccount])
        }
    }
}

extension LabDomain {
    /// Refuses the service account a right on one object, for one attribute.
    func deny(_ right: String, _ attribute: String, on dn: String) async throws {
        let sid = try await serviceIdentifier()
        try await Subprocess(
            "/usr/bin/samba-tool",
            ["dsacl", "set", "--objectdn=\(dn)", "-s", smbConf, "--sddl=(OD;;\(right);\(attribute);;\(sid))"]
        ).succeed()
    }
}
