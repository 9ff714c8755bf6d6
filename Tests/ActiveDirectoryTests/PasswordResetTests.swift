import ActiveDirectory
import Approvals
import Directory
import LabSupport
import Testing

extension ActiveDirectorySuite {
    /// The rules that approvals check a password against, beside what the domain really refuses.
    @Suite struct PasswordResets {
        static let accountName = "ad-erin"
        static let displayName = "Erin M. Hagens"

        /// Whether the domain takes each as a new password, reset by the delegated account.
        private func taken(_ passwords: [String]) async throws -> [Bool] {
            let adapter = try await Adapter()
            try await adapter.target.apply(adapter.user("erin", [("displayName", [Self.displayName])]))
            var taken: [Bool] = []
            for password in passwords {
                var reset = adapter.target.tool("ldapmodify", [], as: adapter.target.service)
                let quoted = "\"\(password)\"".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
                reset.input =
                    LDIFChange.modify("CN=erin,\(adapter.targetPath)", .replace, "unicodePwd", [quoted]).octets
                taken.append(try await reset.succeed(orEndWith: [19]).status == 0)
            }
            return taken
        }

        private func problems(_ password: String) -> [String] {
            let policy = PasswordPolicy(minimumLength: 7, requiresComplexity: true, source: .domain)
            return PasswordRules(policy: policy, accountName: Self.accountName, displayName: Self.displayName)
                .problems(with: Secret(password))
        }

        @Test("What the rules take, the domain takes")
        func taken() async throws {
            let passwords = [
                "Abcdef1", "Abcde-1", "abcdef1-", "ABCDEF1-", "Пароль1", "ab日本語12", "abcdé-1", "Äbcdef1", "Ab-1😀1",
                "Abcdef1 €", "X-Eri-1n", String(repeating: "Aa1-", count: 64),
            ]
            #expect(passwords.filter { !problems($0).isEmpty } == [])
            let taken = try await taken(passwords)
            #expect(zip(passwords, taken).filter { !$0.1 }.map(\.0) == [])
        }

        @Test("What both refuse: too short, in UTF-16 code units; too few kinds of characters")
        func refused() async throws {
            let passwords = [
                "", "Abcd-1", "Ab-1😀", "Abcd-ü", "abcdefg-", "abcdef1", "ABCDEF1", "Abcdefg", "abc def1", "Парольа",
                "日本語パスab", "äbcdef1",
            ]
            #expect(passwords.filter { problems($0).isEmpty } == [])
            let taken = try await taken(passwords)
            #expect(zip(passwords, taken).filter { $0.1 }.map(\.0) == [])
        }

        /// Names in passwords, lengths over 256, and symbols and digits beyond ASCII: Windows refuses them
        /// ([MS-SAMR] 3.1.1.7.2). Control characters: only we do.
        @Test("Where the rules are stricter than Samba 4.17")
        func stricter() async throws {
            let passwords = [
                "Xad-erin-1", "XAD-ERIN-1", "My-Erin-12", "hagens-X1", "Abcdef€", "Abcdef١", "Abcdef-1\t",
                String(repeating: "Aa1-", count: 64) + "x",
            ]
            #expect(passwords.filter { problems($0).isEmpty } == [])
            let taken = try await taken(passwords)
            #expect(zip(passwords, taken).filter { !$0.1 }.map(\.0) == [])
        }
    }
}
