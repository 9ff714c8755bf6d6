import ActiveDirectory
import Directory
import DistinguishedNames
import LabSupport
import Testing

extension ActiveDirectorySuite {
    @Suite struct Writing {
        static let password = Secret("Correct-Horse-7")

        private func newUser(_ number: Int, in adapter: Adapter) throws -> NewUser {
            NewUser(
                name: try DistinguishedName(parsing: adapter.targetPath).appending(.commonName("New, #\(number)")),
                accountName: "ad-new\(number)", userPrincipalName: "ad-new\(number)@target.test",
                expiry: .at(Timestamp(fileTime: 144_000_000_000_000_000)),
                attributes: [
                    AttributeReplacement(name: "department", old: .none, new: .one(.text("Süd"))),
                    AttributeReplacement(name: "otherTelephone", old: .none, new: .many([.text("1"), .text("2")])),
                    AttributeReplacement(name: "mail", old: .none, new: .none),
                ])
        }

        @Test("Created: disabled, with all it was given, and never without the need of a password")
        func create() async throws {
            let adapter = try await Adapter()
            let user = try newUser(1, in: adapter)
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [.create(user), .create(user)])
            }
            #expect(results.map(\.isSuccess) == [true, false])
            #expect(results[1].failure?.kind == .nameTaken)
            let entry = try #require(try await adapter.target.entry(user.name.description))
            #expect(entry.first("userAccountControl") == "514")
            #expect(entry.first("department") == "Süd")
            #expect(Set(entry["otherTelephone"]) == ["1", "2"])
            #expect(entry.first("accountExpires") == "144000000000000000")
        }

        @Test("Updated: replaced, removed, extended; a value that is not taken leaves everything as it was")
        func update() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("one", [("department", ["Old"]), ("mail", ["x@y.test"])]))
            let user = try await adapter.reference("one")
            func replace(
                _ name: AttributeName, _ new: AttributeValues, from old: AttributeValues = .none
            ) -> AttributeReplacement {
                AttributeReplacement(name: name, old: old, new: new)
            }
            let results = try await adapter.with(adapter.target) { directory in
                await directory.results(of: [
                    .update(
                        user,
                        UserUpdate(replacements: [
                            replace("department", .one(.text("New")), from: .one(.text("Old"))),
                            replace("mail", .none, from: .one(.text("x@y.test"))),
                        ])),
                    .update(user, UserUpdate(replacements: [], expiry: ExpiryReplacement(old: .never, new: .never))),
                    .update(
                        user,
                        UserUpdate(replacements: [
                            replace("title", .one(.text("Never"))), replace("c", .one(.text("Germany"))),
                        ])),
                    // It has one by now that was not seen: it is not overwritten.
                    .update(user, UserUpdate(replacements: [replace("department", .one(.text("Unseen")))])),
                ])
            }
            #expect(results.map(\.isSuccess) == [true, true, false, false])
            #expect(results[2].failure?.message.contains("'c'") == true)
            let entry = try #require(try await adapter.target.entry(user.name.description))
            #expect(entry.first("department") == "New")
            #expect(entry.first("mail") == nil)
            #expect(entry.first("accountExpires") == String(Int64.max))
            #expect(entry.first("title") == nil)
        }

        @Test("Disabling names the value it replaces: a stale one is refused, and what somebody else set stays")
        func compareAndSet() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("one", control: 512), adapter.user("two", control: 512))
            let (one, two) = (try await adapter.reference("one"), try await adapter.reference("two"))
            try await adapter.target.apply(.replace(two.name.description, "userAccountControl", "66048"))
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [.disable(one, accountControl: 512), .disable(two, accountControl: 512)])
            }
            #expect(results.map(\.isSuccess) == [true, false])
            #expect(results[1].failure?.message.contains("run it again") == true)
            #expect(try await adapter.target.entry(one.name.description)?.first("userAccountControl") == "514")
            #expect(try await adapter.target.entry(two.name.description)?.first("userAccountControl") == "66048")
        }

        @Test("Other bits of userAccountControl stay; that no password is needed does not")
        func otherBits() async throws {
            let adapter = try await Adapter()
            // Password never expires, smartcard, disabled; and one that needs no password.
            try await adapter.target.apply(
                adapter.user("one", control: 512 | 65536 | 2), adapter.user("two", control: 512 | 32 | 2))
            let (one, two) = (try await adapter.reference("one"), try await adapter.reference("two"))
            let enabling = Enabling(password: Self.password, mustChangePassword: false, cannotChangePassword: false)
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [
                    .enable(one, accountControl: 512 | 65536 | 2, enabling),
                    .enable(two, accountControl: 512 | 32 | 2, enabling),
                ])
            }
            #expect(results.map(\.isSuccess) == [true, true])
            #expect(try await adapter.target.entry(one.name.description)?.first("userAccountControl") == "66048")
            #expect(try await adapter.target.entry(two.name.description)?.first("userAccountControl") == "512")
        }

        private func enable(
            _ adapter: Adapter, password: Secret = password, mustChange: Bool = false, cannotChange: Bool = false
        ) async throws -> Result<Void, DirectoryFailure> {
            try await adapter.target.apply(
                adapter.user("one", [("userPrincipalName", ["ad-one@target.test"])]),
                .replace(adapter.target.base, "minPwdAge", "0"))
            let user = try await adapter.reference("one")
            let enabling = Enabling(
                password: password, mustChangePassword: mustChange, cannotChangePassword: cannotChange)
            return try await adapter.with(adapter.target) {
                try #require(await $0.results(of: [.enable(user, accountControl: 514, enabling)]).first)
            }
        }

        @Test("The password works, umlauts and emoji included", arguments: ["Correct-Horse-7", "Pässwörter-🚀-9"])
        func password(_ password: String) async throws {
            let adapter = try await Adapter()
            #expect(try await enable(adapter, password: Secret(password)).isSuccess)
            #expect(try await adapter.target.accepts("ad-one@target.test", password: password))
            #expect(try await !adapter.target.accepts("ad-one@target.test", password: password + "x"))
        }

        @Test("A password the policy refuses leaves the account closed, and the message does not repeat it")
        func weakPassword() async throws {
            let adapter = try await Adapter()
            let result = try await enable(adapter, password: Secret("weakweak"))
            #expect(result.failure?.message.contains("policy") == true)
            #expect(result.failure?.message.contains("weakweak") == false)
            let user = try await adapter.reference("one")
            #expect(try await adapter.target.entry(user.name.description)?.first("userAccountControl") == "514")
        }

        @Test("Must change: the account is open, but not with this password")
        func mustChange() async throws {
            let adapter = try await Adapter()
            #expect(try await enable(adapter, mustChange: true).isSuccess)
            let entry = try #require(try await adapter.target.entry("CN=one,\(adapter.targetPath)"))
            #expect(entry.first("pwdLastSet") == "0")
            #expect(entry.first("userAccountControl") == "512")
            let users = try await adapter.with(adapter.target) { try await $0.users(adapter.query(adapter.targetPath)) }
            #expect(users.map(\.hasCurrentPassword) == [false])
        }

        @Test("Cannot change: the user's own change is refused, an administrator's is not", arguments: [true, false])
        func cannotChange(_ forbidden: Bool) async throws {
            let adapter = try await Adapter()
            #expect(try await enable(adapter, cannotChange: forbidden).isSuccess)
            let dn = "CN=one,\(adapter.targetPath)"
            let changed = try await adapter.target.changesOwnPassword(
                "ad-one@target.test", dn, from: Self.password.reveal(), to: "Battery-Staple-8")
            #expect(changed == !forbidden)
            // Once more: the list has the denial already.
            let user = try await adapter.reference("one")
            let again = Enabling(
                password: Secret("Third-Password-3"), mustChangePassword: false, cannotChangePassword: forbidden)
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [.enable(user, accountControl: 512, again)])
            }
            #expect(results.map(\.isSuccess) == [true])
            #expect(try await adapter.target.accepts("ad-one@target.test", password: "Third-Password-3"))
        }

        @Test("Renamed and moved by name; everything else survives a rename by GUID")
        func rename() async throws {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("one"))
            let user = try await adapter.reference("one")
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [
                    .rename(user, to: .commonName("A+B, \"C\" #1")),
                    .update(
                        user,
                        UserUpdate(
                            replacements: [],
                            expiry: ExpiryReplacement(
                                old: .never, new: .at(Timestamp(fileTime: 144_000_000_000_000_000))))),
                    .disable(user, accountControl: 514),
                ])
            }
            #expect(results.map(\.isSuccess) == [true, true, true])
            let renamed = try await adapter.target.search(adapter.targetPath, "(sAMAccountName=ad-one)", ["*"]).first
            #expect(renamed?.first("cn") == "A+B, \"C\" #1")
            #expect(renamed?.guid() == user.guid?.description)
        }

        @Test("What the account has no right to is refused with the reason, and nothing is written")
        func withoutRights() async throws {
            let adapter = try await Adapter()
            let greta = UserReference(
                guid: nil, name: try DistinguishedName(parsing: "CN=Greta Local,OU=Local,\(adapter.target.base)"))
            let historians = try await adapter.group("Plant Historians")
            try await adapter.target.apply(adapter.user("one"))
            let one = try await adapter.reference("one")
            let before = try await adapter.target.highestCommittedUSN()
            let results = try await adapter.with(adapter.target) {
                await $0.results(of: [.disable(greta, accountControl: 512), .join(one, group: historians)])
            }
            for result in results {
                #expect(result.failure?.kind == .notAuthorised)
                #expect(result.failure?.message.contains("lacks the right") == true)
            }
            #expect(try await adapter.target.highestCommittedUSN() == before)
        }
    }
}
