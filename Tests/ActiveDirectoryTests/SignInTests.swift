import ActiveDirectory
import Directory
import LabSupport
import Testing

extension ActiveDirectorySuite {
    /// Why a sign-in is refused, in words an administrator can act on.
    @Suite struct SignIn {
        static let cases:
            [(what: String, change: (attribute: String, value: String)?, password: String, says: String)] = [
                ("a wrong password", nil, "Wrong-Password-1", "the user or the password is wrong"),
                ("disabled", ("userAccountControl", "514"), "Correct-Horse-7", "the account is disabled"),
                ("expired", ("accountExpires", "132222240000000000"), "Correct-Horse-7", "the account has expired"),
                ("must change", ("pwdLastSet", "0"), "Correct-Horse-7", "the account's password must be changed first"),
            ]

        @Test("Refused sign-ins", arguments: cases.indices)
        func refused(_ index: Int) async throws {
            let (_, change, password, says) = Self.cases[index]
            let adapter = try await Adapter()
            let dn = "CN=one,\(adapter.targetPath)"
            try await adapter.target.apply(
                adapter.user("one", [("userPrincipalName", ["ad-one@target.test"])]),
                .modify(
                    dn, .replace, "unicodePwd",
                    ["\"Correct-Horse-7\"".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }]),
                .replace(dn, "userAccountControl", "512"))
            if let change { try await adapter.target.apply(.replace(dn, change.attribute, change.value)) }
            let folder = try TemporaryFolder()
            try folder.write(password, to: "password")
            let account = LabDomain.Account("ad-one@target.test", passwordFile: folder.path("password"))
            let failure = await #expect(throws: DirectoryFailure.self) {
                try await adapter.with(adapter.target, as: account) { _ in }
            }
            #expect(failure?.kind == .signInRefused)
            #expect(failure?.message.contains(says) == true, "\(failure?.message ?? "")")
            #expect(failure?.message.contains(password) == false)
        }

        @Test("Nobody of this name")
        func unknown() async throws {
            let adapter = try await Adapter()
            let account = LabDomain.Account(
                "nobody@target.test", passwordFile: adapter.target.service.passwordFile)
            let failure = await #expect(throws: DirectoryFailure.self) {
                try await adapter.with(adapter.target, as: account) { _ in }
            }
            #expect(failure?.kind == .signInRefused)
        }
    }
}
