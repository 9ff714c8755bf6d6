import ActiveDirectory
import Directory
import DistinguishedNames
import LabSupport
import Testing

extension ActiveDirectorySuite {
    /// What the domain asks of one user's password, and what it really checks.
    @Suite struct PasswordPolicies {
        /// Two users of the target's container, and for the time of `work` a policy that applies to the first.
        private func withPolicy(_ work: (Adapter) async throws -> Void) async throws {
            let adapter = try await Adapter()
            let dn = "CN=ad-test-policy,CN=Password Settings Container,CN=System,\(adapter.target.base)"
            try await adapter.target.remove(dn)
            try await adapter.target.apply(
                adapter.user("one"), adapter.user("two"),
                .add(
                    dn,
                    [
                        ("objectClass", ["msDS-PasswordSettings"]), ("msDS-PasswordSettingsPrecedence", ["10"]),
                        ("msDS-PasswordReversibleEncryptionEnabled", ["FALSE"]),
                        ("msDS-PasswordHistoryLength", ["0"]), ("msDS-PasswordComplexityEnabled", ["FALSE"]),
                        ("msDS-MinimumPasswordLength", ["15"]), ("msDS-MinimumPasswordAge", ["0"]),
                        ("msDS-MaximumPasswordAge", ["-36288000000000"]), ("msDS-LockoutThreshold", ["0"]),
                        ("msDS-LockoutObservationWindow", ["0"]), ("msDS-LockoutDuration", ["0"]),
                        ("msDS-PSOAppliesTo", ["CN=one,\(adapter.targetPath)"]),
                    ]))
            let result: Result<Void, any Error>
            do {
                result = .success(try await work(adapter))
            } catch {
                result = .failure(error)
            }
            try await adapter.target.remove(dn)
            try result.get()
        }

        @Test("A fine-grained policy, for who may read it: two reads")
        func fineGrained() async throws {
            try await withPolicy { adapter in
                let one = try await adapter.reference("one")
                let byName = UserReference(guid: nil, name: one.name)
                try await adapter.with(adapter.target, as: adapter.target.administrator) { directory in
                    let before = directory.operationCount
                    let policy = try await directory.passwordPolicy(of: one)
                    #expect(
                        policy == PasswordPolicy(minimumLength: 15, requiresComplexity: false, source: .fineGrained))
                    #expect(directory.operationCount - before == 2)
                    #expect(try await directory.passwordPolicy(of: byName) == policy)
                }
            }
        }

        @Test("The delegated account sees that there is one, and not what it asks: it may ask for more")
        func unreadable() async throws {
            try await withPolicy { adapter in
                let one = try await adapter.reference("one")
                let policy = try await adapter.with(adapter.target) { try await $0.passwordPolicy(of: one) }
                #expect(
                    policy
                        == PasswordPolicy(
                            minimumLength: 7, requiresComplexity: true, source: .domainForWantOfFineGrained))
            }
        }

        @Test("To whom none applies, the domain's own does: one read")
        func domain() async throws {
            try await withPolicy { adapter in
                let two = try await adapter.reference("two")
                try await adapter.with(adapter.target) { directory in
                    let before = directory.operationCount
                    let policy = try await directory.passwordPolicy(of: two)
                    #expect(policy == PasswordPolicy(minimumLength: 7, requiresComplexity: true, source: .domain))
                    #expect(directory.operationCount - before == 1)
                }
            }
        }

        @Test("Nobody of this name")
        func missing() async throws {
            let adapter = try await Adapter()
            let name = try DistinguishedName(parsing: "CN=nobody,\(adapter.targetPath)")
            let failure = await #expect(throws: DirectoryFailure.self) {
                try await adapter.with(adapter.target) {
                    try await $0.passwordPolicy(of: UserReference(guid: nil, name: name))
                }
            }
            #expect(failure?.kind == .missing)
        }
    }
}
