import LabSupport
import Testing

extension EndToEnd {
    /// `init` with everything given by options.
    @Suite struct Init {
        typealias Side = Stage.Command

        /// Everything a side needs, and where it is given another value, that one; nil takes an option out.
        static func options(_ side: Side, _ stage: Stage, _ changes: [String: String?] = [:]) -> [String] {
            let domain = side == .export ? stage.source : stage.target
            var options = [
                "--server": domain.uri, "--user": domain.service.name, "--password-file": domain.service.passwordFile,
                "--ca-file": domain.caFile, "--group-path": domain.groupPath,
            ]
            switch side {
            case .export: options["--user-path"] = stage.sourcePath
            case .import: options["--managed-user-path"] = stage.managedPath
            }
            for (option, value) in changes { options[option] = value }
            return options.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        }

        private func run(
            _ side: Side, _ stage: Stage, _ changes: [String: String?] = [:], more: [String] = [],
            environment: [String: String] = [:]
        ) async throws -> Run {
            try await Program.run(
                ["init", side.rawValue] + Self.options(side, stage, changes) + more, in: stage.folder,
                environment: environment)
        }

        /// Everything but what the test itself put there.
        private func isUntouched(_ stage: Stage, _ work: () async throws -> Void) async throws {
            let before = try stage.folder.fingerprint()
            try await stage.writesNothing(work)
            #expect(try stage.folder.fingerprint() == before)
        }

        // MARK: what is written

        @Test("export: only what is needed or differs from its default, as one would write it by hand; and it serves")
        func export() async throws {
            let stage = try await Stage([.jane])
            let run = try await run(.export, stage, ["--user-path": Stage.crewUnit]).ended(with: 0)
            let source = stage.source
            #expect(
                try stage.folder.text("export-config.json") == """
                    {
                        "server": "\(source.uri)",
                        "bind": {
                            "user": "\(source.service.name)",
                            "password_file": "\(source.service.passwordFile)"
                        },
                        "tls": { "ca_file": "\(source.caFile)" },

                        "user_path": "\(stage.sourcePath)",
                        "group_path": "\(source.groupPath)",
                        "attributes": ["givenName", "sn", "displayName", "mail"],

                        "export_file": "users.json"
                    }

                    """)
            let summary = try run.summary
            #expect(summary["files"].elements == ["export-config.json"])
            #expect(summary["check"]["command"] == "check export")
            #expect(summary["next"].elements == ["ad-user-sync groups", "ad-user-sync export"])
            try await Program.run(["export"], in: stage.folder).ended(with: 0, saying: "1 users written")
        }

        @Test("export --all-groups: the memberships in each of them")
        func allGroups() async throws {
            let stage = try await Stage([.jane])
            let run = try await run(.export, stage, more: ["--all-groups"]).ended(with: 0)
            #expect(try run.summary["next"].elements == ["ad-user-sync export", "ad-user-sync verify users.json"])
            try await Program.run(["export"], in: stage.folder).ended(with: 0)
            let users = try JSON(parsing: stage.folder.read("users.json"))["users"].elements
            #expect(users.first?["memberOf"].elements == ["CN=Operators"])
        }

        @Test("import: the same, and import --dry-run runs with it")
        func `import`() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                let run = try await run(.import, stage).ended(with: 0)
                #expect(
                    try run.summary["next"].elements
                        == ["ad-user-sync groups --import", "ad-user-sync import --dry-run"])
                let written = try JSON(parsing: stage.folder.read("import-config.json"))
                #expect(
                    written.keys == ["server", "bind", "tls", "input_file", "managed_user_path", "group_path"])
                #expect(written["managed_user_path"] == .text(stage.managedPath))
                let rehearsal = try await Program.run(["import", "--dry-run"], in: stage.folder).ended(with: 0)
                #expect(
                    try rehearsal.summary["created"].elements == ["Jane Doe"] || rehearsal.output.contains("e2e-jdoe"))
            }
        }

        @Test("A host name is spoken to in TLS; ldap:// is raised to it")
        func servers() async throws {
            let stage = try await Stage([.jane])
            let host = stage.source.uri.replacing("ldaps://", with: "")
            try await run(.export, stage, ["--server": host]).ended(with: 0)
            #expect(try JSON(parsing: stage.folder.read("export-config.json"))["server"] == .text("ldaps://\(host)"))
            try await run(.export, stage, ["--server": stage.source.plainURI], more: ["--force"]).ended(with: 0)
            let written = try JSON(parsing: stage.folder.read("export-config.json"))
            #expect(written["tls"]["start_tls"] == true)
        }

        @Test("A password from the environment is written nowhere")
        func environment() async throws {
            let stage = try await Stage([.jane])
            let password = try stage.source.service.password()
            let run = try await run(
                .export, stage, ["--password-file": nil],
                environment: ["AD_USER_SYNC_BIND_PASSWORD": password]
            ).ended(with: 0)
            let written = try stage.folder.text("export-config.json")
            #expect(try JSON(parsing: Array(written.utf8))["bind"].keys == ["user"])
            #expect(!stage.folder.exists("secrets"))
            for text in [written, run.output, run.log] { #expect(!text.contains(password)) }
        }

        @Test("--hmac-file: both sides name the shared secret, and sign and verify with it")
        func sharedSecret() async throws {
            let stage = try await Stage([.jane])
            try stage.folder.write(String(repeating: "4e", count: 32), to: "key")
            for side in [Side.export, .import] {
                if side == .import { try await Program.run(["export"], in: stage.folder).ended(with: 0) }
                try await run(side, stage, ["--hmac-file": "key"]).ended(with: 0)
                #expect(try JSON(parsing: stage.folder.read("\(side.rawValue)-config.json"))["hmac_file"] == "key")
            }
            let signed = try await Program.run(["export"], in: stage.folder).ended(with: 0)
            #expect(try signed.summary["signed"] == true)
            try await Program.run(["check", "import"], in: stage.folder).ended(with: 0, saying: "HMAC correct")
        }

        // MARK: what is refused

        @Test("What is missing and cannot be asked for is named at once", arguments: [Side.export, .import])
        func missing(side: Side) async throws {
            let stage = try await Stage([.jane])
            try await isUntouched(stage) {
                let own = side == .export ? "--user-path" : "--managed-user-path"
                let all = "--server, --user, --password-file, \(own), --group-path"
                for arguments in [[], ["--no-interaction"]] {
                    try await Program.run(["init", side.rawValue] + arguments, in: stage.folder)
                        .ended(with: 64, saying: "give \(all) too", "nothing was written")
                }
            }
        }

        @Test("A configuration that is there is replaced with --force only", arguments: [Side.export, .import])
        func existing(side: Side) async throws {
            let stage = try await Stage([.jane])
            let file = "\(side.rawValue)-config.json"
            try stage.folder.write("mine", to: file)
            try await isUntouched(stage) {
                try await run(side, stage).ended(with: 73, saying: "\(file) is there already", "--force")
            }
            try await run(side, stage, more: ["--force"]).ended(with: 0)
            #expect(try stage.folder.text(file) != "mine")
        }

        @Test(
            "An answer that cannot be used: its option is named, and nothing is written",
            arguments: [
                (.export, "--server", "ldap:/dc1", 64, "no LDAP server address"),
                (.export, "--server", "ldaps://127.0.0.1:1", 69, "connection refused"),
                (.export, "--user", "svc-export", 64, "lacks its domain"),
                (.export, "--password-file", "no-such-file", 78, "no-such-file"),
                (.export, "--ca-file", "no-such-file", 78, "no-such-file"),
                (.export, "--hmac-file", "no-such-file", 78, "no-such-file"),
                (.import, "--hmac-file", "/etc/hostname", 78, "--hmac-file"),
                (.export, "--user-path", "people", 64, "--user-path"),
                (.export, "--user-path", "OU=Nowhere", 78, "OU=Nowhere,DC=source,DC=test does not exist"),
                (.export, "--user-path", "OU=People,DC=target,DC=test", 78, "is not in the domain"),
                (.export, "--group-path", "OU=Nowhere", 78, "--group-path: OU=Nowhere"),
                (.import, "--managed-user-path", "DC=target,DC=test", 78, "whole domain"),
                (.import, "--managed-user-path", "CN=Nowhere", 78, "only a unit (OU=…) is created"),
                (.import, "--managed-user-path", "OU=Deep,OU=Nowhere", 78, "neither OU=Deep"),
            ] as [(Side, String, String, Int32, String)])
        func badAnswer(side: Side, option: String, value: String, status: Int32, words: String) async throws {
            let stage = try await Stage([.jane])
            try await isUntouched(stage) {
                try await run(side, stage, [option: value], more: side == .import ? ["--create-container"] : [])
                    .ended(with: status, saying: words)
            }
        }

        @Test("A wrong password: status 77, and one try")
        func wrongPassword() async throws {
            let stage = try await Stage([.jane])
            try stage.folder.write("Wrong-Horse-7", to: "wrong")
            try await isUntouched(stage) {
                try await run(.export, stage, ["--password-file": "wrong"])
                    .ended(with: 77, saying: "the user or the password is wrong", "nothing was written")
            }
        }

        @Test("An unknown issuer is told, with the subject")
        func unknownIssuer() async throws {
            let stage = try await Stage([.jane])
            try await isUntouched(stage) {
                for caFile in [nil, stage.target.caFile] as [String?] {
                    try await run(.export, stage, ["--ca-file": caFile])
                        .ended(
                            with: 69, saying: "subject CN=source-dc.source.test", "issuer CN=SOURCE.TEST", "--ca-file")
                }
            }
        }

        // MARK: the container

        @Test(
            "A missing container that the account may not create: the commands that do",
            arguments: [([], 78), (["--create-container"], 77)] as [([String], Int32)])
        func missingContainer(more: [String], status: Int32) async throws {
            let stage = try await Stage([.jane])
            try await isUntouched(stage) {
                try await run(.import, stage, ["--managed-user-path": "OU=O'Nowhere"], more: more).ended(
                    with: status, saying: #"samba-tool ou create 'OU=O'\''Nowhere,DC=target,DC=test'"#,
                    "dsadd ou 'OU=O''Nowhere,DC=target,DC=test'",
                    "New-ADOrganizationalUnit -Name 'O''Nowhere' -Path 'DC=target,DC=test'")
            }
        }

        @Test("One that it may create is created, and the check tells which rights in it are missing")
        func createdContainer() async throws {
            let stage = try await Stage([.jane])
            let target = stage.target
            let parent = "OU=Init,\(target.base)"
            try await target.renew(parent)
            let sid = try await target.serviceIdentifier()
            try await Subprocess(
                "/usr/bin/samba-tool",
                [
                    "dsacl", "set", "--objectdn=\(parent)", "-s", target.smbConf,
                    "--sddl=(OA;CI;CC;bf967aa5-0de6-11d0-a285-00aa003049e2;;\(sid))",
                ]
            ).succeed()
            try await stage.export().ended(with: 0)
            let run = try await run(
                .import, stage, ["--managed-user-path": "OU=Guests,\(parent)"], more: ["--create-container"]
            ).ended(with: 77)
            #expect(
                try await target.entry("OU=Guests,\(parent)")?["objectClass"].contains("organizationalUnit") == true)
            #expect(
                try run.summary["next"].elements == ["ad-user-sync check import", "ad-user-sync groups --import"])
            #expect(try !run.summary["check"]["grants"]["samba_tool"].elements.isEmpty)
            try await Program.run(["import", "--dry-run"], in: stage.folder).ended(with: 0)
            try await target.remove(parent)
        }
    }
}
