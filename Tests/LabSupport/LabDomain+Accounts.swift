/// What tests do to accounts, and as them.
extension LabDomain {
    /// The security identifier of the service account, as access lists name it.
    public func serviceIdentifier() async throws -> String {
        let octets = try await entry(serviceDN, ["objectSid"])?.octets("objectSid").first ?? []
        let parts = stride(from: 8, to: octets.count, by: 4).map { start in
            octets[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        return (["S", "1", "5"] + parts.map(String.init)).joined(separator: "-")
    }

    /// Whether a user may change the own password, as a client of the domain would do it.
    public func changesOwnPassword(_ user: String, _ dn: String, from old: String, to new: String) async throws -> Bool
    {
        let folder = try TemporaryFolder()
        try folder.write(old, to: "password")
        func quoted(_ password: String) -> [UInt8] {
            "\"\(password)\"".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        }
        var modify = tool("ldapmodify", [], as: Account(user, passwordFile: folder.path("password")))
        modify.input = LDIFChange.exchange(dn, "unicodePwd", quoted(old), for: quoted(new)).octets
        return try await modify.succeed(orEndWith: [19, 50, 53]).status == 0
    }
}
