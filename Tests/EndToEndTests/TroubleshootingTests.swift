import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// The mistakes people make, each made on the lab, and what docs/troubleshooting.md says that `check` says to it.
    @Suite struct Troubleshooting {
        struct Mistake: Sendable, CustomTestStringConvertible {
            /// As the table of docs/troubleshooting.md has it.
            let testDescription: String
            let command: Stage.Command
            /// Makes it, and asks.
            let check: @Sendable (inout Stage) async throws -> Run

            init(
                _ title: String, _ command: Stage.Command = .import,
                check: @escaping @Sendable (inout Stage) async throws -> Run
            ) {
                (testDescription, self.command, self.check) = (title, command, check)
            }

            /// A mistake in one key of the configuration.
            init(
                _ title: String, _ command: Stage.Command = .import, key: String,
                _ value: @escaping @Sendable (Stage) -> JSON
            ) {
                self.init(title, command) { stage in
                    let value = value(stage)
                    if command == .export { stage.export[key] = value } else { stage.import[key] = value }
                    return try await stage.check(command)
                }
            }

            /// One in `tls` or `bind`.
            init(
                _ title: String, _ command: Stage.Command = .import, in object: String, _ key: String,
                _ value: @escaping @Sendable (Stage) -> JSON
            ) {
                self.init(title, command) { stage in
                    let value = value(stage)
                    if command == .export {
                        stage.export[object][key] = value
                    } else {
                        stage.import[object][key] = value
                    }
                    return try await stage.check(command)
                }
            }
        }

        private static let configuration: [Mistake] = [
            Mistake("a key is misspelled", .export, key: "user_pth") { _ in "OU=People" },
            Mistake("the managed container is missing", key: "managed_user_path") {
                .text("OU=Nowhere,\($0.target.base)")
            },
            Mistake("the users are somewhere else", .export, key: "user_path") {
                .text("OU=Nowhere,\($0.source.base)")
            },
            Mistake("a group is gone", key: "group_map") { _ in ["CN=Operators": "CN=Plant Operator"] },
            Mistake("a group is in another case", key: "group_map") { _ in ["CN=Operators": "cn=PLANT operators"] },
            Mistake("an attribute is misspelled", .export, key: "attributes") { _ in ["givenNme"] },
            Mistake("the account may not create users", key: "managed_user_path") {
                .text("OU=Local,\($0.target.base)")
            },
            Mistake("the account is an administrator", key: "bind") { stage in
                let account = stage.target.administrator
                return ["user": .text(account.name), "password_file": .text(account.passwordFile)]
            },
            Mistake("there is no user file yet", key: "input_file") { _ in "tomorrow.json" },
            Mistake("a place cannot be written", .export, key: "export_file") { _ in "nowhere/users.json" },
            Mistake("nobody may be read", .export) { stage in
                let empty = "OU=Empty,\(stage.source.base)"
                try await stage.source.renew(empty)
                stage.export["user_path"] = .text(empty)
                return try await stage.check(.export)
            },
            Mistake("the key is another one") { stage in
                stage.export["hmac"] = .text(Stage.key)
                try await stage.export().ended(with: 0)
                stage.import["hmac"] = .text(String(repeating: "ab", count: 24))
                return try await stage.check(.import)
            },
        ]

        private static let connection: [Mistake] = [
            Mistake("the name cannot be resolved", key: "server") { _ in "ldaps://dc1.invalid" },
            Mistake("nothing listens there", key: "server") { .text("ldaps://\($0.target.address):9") },
            Mistake("TLS where there is none", key: "server") { .text("ldaps://\($0.target.address):389") },
            Mistake("the CA file is not there", in: "tls", "ca_file") { _ in "nowhere.pem" },
            Mistake("the certificate is of an unknown authority", in: "tls", "ca_file") { .text($0.source.caFile) },
            Mistake("the certificate is for another name", key: "server") { stage in
                // The same address in two parts, which no certificate has.
                let octets = stage.target.address.split(separator: ".").compactMap { Int($0) }
                return .text("ldaps://\(octets[0]).\(octets[1] << 16 | octets[2] << 8 | octets[3])")
            },
            Mistake("the password is wrong") { stage in
                try stage.folder.write("not-the-password", to: "password")
                stage.import["bind"]["password_file"] = "password"
                return try await stage.check(.import)
            },
            Mistake("the account is disabled") { stage in
                try await stage.asAccount(uac: "514") { try await $0.check(.import) }
            },
            Mistake("the account is locked") { stage in
                try await stage.locking { try await $0.check(.import) }
            },
            Mistake("no Kerberos server answers", .export) { _ in
                let kerberos = try await KerberosStage([])
                try kerberos.stage.folder.write(
                    kerberos.krb5Configuration.replacing(
                        "kdc = \(kerberos.stage.source.address)", with: "kdc = 127.0.0.1:9"), to: "krb5.conf")
                return try await kerberos.run(.export, isCheck: true)
            },
        ]

        private static let clock: [Mistake] = [
            Mistake("the certificate has expired") { try await $0.check(.import, clock: "+5000d") },
            Mistake("the clock is ten minutes off") { try await $0.check(.import, clock: "+630s") },
            Mistake("the clock is hours off") { stage in
                stage.import["tls"]["verify"] = false
                return try await stage.check(.import, clock: "-5h")
            },
        ]

        private static let mistakes = configuration + connection + files + clock

        /// A row of the table.
        struct Row {
            let mistake: String
            let words: String
            let status: Int32

            static func all() throws -> [Row] {
                let file = URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "../../docs/troubleshooting.md")
                return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
                    let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                    guard cells.count == 4, let status = Int32(cells[3]) else { return nil }
                    return Row(mistake: cells[0], words: cells[1].trimmingCharacters(in: ["`"]), status: status)
                }
            }
        }

        @Test("Every row is tried, and everything that is tried has a row")
        func complete() throws {
            #expect(Set(try Row.all().map(\.mistake)) == Set(Self.mistakes.map(\.testDescription)))
        }

        @Test("check says what the table says", arguments: mistakes)
        func mistake(_ mistake: Mistake) async throws {
            let row = try #require(try Row.all().first { $0.mistake == mistake.testDescription })
            var stage = try await Stage()
            try await stage.export().ended(with: 0)
            let before = try await stage.target.highestCommittedUSN()
            let run = try await mistake.check(&stage)
            run.ended(with: row.status)
            let said = try run.summary["findings"].elements.compactMap { $0["detail"].string }
            #expect(said.contains { $0.contains(row.words) }, "\(said)")
            // These make the directory so that the mistake is one.
            let makesIt = ["the account is", "no Kerberos", "the file ", "the resolutions file"]
            if !makesIt.contains(where: mistake.testDescription.hasPrefix) {
                #expect(try await stage.target.highestCommittedUSN() == before)
            }
        }
    }
}

extension Stage {
    /// `check`, with this machine's clock so far off, as libfaketime takes it.
    fileprivate func check(_ command: Command, clock offset: String) async throws -> Run {
        let configuration = command == .export ? export : `import`
        try folder.write(try configuration.bytes, to: "\(command.rawValue)-config.json")
        // In the first process, libfaketime moves the environment, and Swift finds the arguments by it: so the first one
        // is another.
        var process = Subprocess("/usr/bin/env", [Program.path, "check", command.rawValue])
        process.folder = folder.path
        process.environment = [
            "LD_PRELOAD": try KerberosStage.library("faketime/libfaketimeMT.so.1"), "FAKETIME": offset,
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
        return Run(try await process.run())
    }

    private static let temporary = "e2e-temporary"

    /// Signs in as an account of its own, of this userAccountControl.
    fileprivate func asAccount(
        uac: String, _ work: (Stage) async throws -> Run
    ) async throws -> Run {
        try await target.renew(elsewhere)
        let dn = "CN=Temporary,\(elsewhere)"
        let password = "Temporary-Password-47"
        try await target.apply(
            .add(
                dn,
                [
                    ("objectClass", ["user"]), ("sAMAccountName", [Self.temporary]),
                    ("userPrincipalName", ["\(Self.temporary)@\(target.dnsName)"]), ("userAccountControl", ["514"]),
                ]))
        try await target.setPassword(of: Self.temporary, to: password)
        try await target.apply(.replace(dn, "userAccountControl", uac))
        var stage = self
        try folder.write(password, to: "password")
        stage.import["bind"] = ["user": "\(Self.temporary)@\(target.dnsName)", "password_file": "password"]
        return try await work(stage)
    }

    /// The same, after too many wrong passwords.
    fileprivate func locking(_ work: (Stage) async throws -> Run) async throws -> Run {
        func threshold(_ count: Int) async throws {
            try await Subprocess(
                "/usr/bin/samba-tool",
                ["domain", "passwordsettings", "set", "--account-lockout-threshold=\(count)", "-s", target.smbConf]
            ).succeed()
        }
        return try await asAccount(uac: "512") { stage in
            try await threshold(1)
            do {
                _ = try await target.accepts("\(Self.temporary)@\(target.dnsName)", password: "wrong")
                let run = try await work(stage)
                try await threshold(0)
                return run
            } catch {
                try await threshold(0)
                throw error
            }
        }
    }
}

extension LabDomain {
    fileprivate func setPassword(of account: String, to password: String) async throws {
        var process = Subprocess("/usr/bin/samba-tool", ["user", "setpassword", account, "-s", smbConf])
        process.input = Array("\(password)\n\(password)\n".utf8)
        try await process.succeed()
    }
}
