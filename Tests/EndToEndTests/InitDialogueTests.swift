import LabSupport
import Testing

extension EndToEnd {
    /// `init` at a terminal: what no option gave is asked for, until it is right.
    @Suite struct InitDialogue {
        typealias Step = PseudoTerminal.Step

        private static let server = "Domain controller, or DNS name of the domain: "
        private static let account = "Account to sign in as"

        private func signIn(_ domain: LabDomain) throws -> [Step] {
            [
                Step(Self.server, "\(domain.uri)\n"),
                Step("File with that authority's certificate", "\(domain.caFile)\n"),
                Step(Self.account, "\(domain.service.name)\n"),
                Step("Password of \(domain.service.name): ", try domain.service.password() + "\n"),
            ]
        }

        @Test("export: bad answers are told and asked for again; the file that comes of it serves")
        func export() async throws {
            let stage = try await Stage([.jane])
            let source = stage.source
            let password = try source.service.password()
            let (run, echoes) = try await PseudoTerminal().run(
                ["init", "export"], in: stage.folder,
                [
                    Step(Self.server, "ldap:/dc1\n"), Step("no LDAP server address", ""),
                    Step(Self.server, "\(source.uri)\n"), Step("subject  CN=source-dc.source.test", ""),
                    Step("issuer   CN=SOURCE.TEST", ""), Step("as PEM: ", "no-such-file\n"),
                    Step("cannot be used", ""), Step("as PEM: ", "\(source.caFile)\n"),
                    Step(Self.account, "svc-export\n"), Step("lacks its domain", ""),
                    Step(Self.account, "\(source.service.name)\n"), Step("Password of", "\n"),
                    Step("That was empty.", ""),
                    Step("Password of", "Wrong-Horse-7\n"), Step("the user or the password is wrong", ""),
                    Step("[\(source.service.name)]: ", "\n"), Step("Password of", password + "\n"),
                    Step("Signed in to the domain source.test", ""),
                    Step("1 user directly in it", ""), Step("Users to export", "99\n"),
                    Step("99 is not in the list", ""),
                    Step("Users to export", "OU=Nowhere\n"), Step("does not exist", ""),
                    Step("Users to export", "\(Stage.crewUnit)\n"),
                    Step("Groups, number or name", "\(source.groupPath)\n"), Step("CN=Operators", ""),
                    Step("All of them? [y]es, [n]o: ", "maybe\n"), Step("Please answer y or n.", ""),
                    Step("All of them? [y]es, [n]o: ", "y\n"),
                ])
            run.ended(
                with: 0, saying: "secrets/bind-password and export-config.json written", "user_path",
                "check export: all is well", "Next", "ad-user-sync verify users.json")
            #expect(echoes)
            for typed in [password, "Wrong-Horse-7"] { #expect(!run.output.contains(typed)) }
            #expect(try stage.folder.permissions("secrets") == 0o700)
            #expect(try stage.folder.permissions("secrets/bind-password") == 0o600)
            #expect(try stage.folder.text("secrets/bind-password") == password)
            #expect(try !stage.folder.text("export-config.json").contains(password))
            try await Program.run(["export"], in: stage.folder).ended(with: 0, saying: "1 users written")
        }

        @Test("import: a missing container is told with what creates it; the next answer is taken")
        func `import`() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                let (run, _) = try await PseudoTerminal().run(
                    ["init", "import"], in: stage.folder,
                    try signIn(stage.target) + [
                        Step("may create users in it", ""), Step("Managed container", "OU=Nowhere\n"),
                        Step("samba-tool ou create 'OU=Nowhere,DC=target,DC=test'", ""),
                        Step("Managed container", "\(stage.managedPath)\n"),
                        Step("Groups, number or name", "OU=Groups\n"),
                    ])
                run.ended(with: 0, saying: "managed_user_path", "check import: all is well", "import --dry-run")
                try await Program.run(["import", "--dry-run"], in: stage.folder).ended(with: 0)
            }
        }

        @Test("An empty line takes the suggestion, a number what is in the list")
        func suggestions() async throws {
            let stage = try await Stage([.jane])
            let (run, _) = try await PseudoTerminal().run(
                ["init", "export"] + Init.options(.export, stage, ["--user-path": nil, "--group-path": nil]),
                in: stage.folder,
                [
                    Step("Users to export, number or name [OU=People,DC=source,DC=test]: ", "1\n"),
                    Step("Groups, number or name [OU=Groups,DC=source,DC=test]: ", "\n"), Step("All of them?", "n\n"),
                ])
            run.ended(with: 0, saying: "ad-user-sync groups")
            let written = try JSON(parsing: stage.folder.read("export-config.json"))
            #expect(written["group_path"] == .text(stage.source.groupPath))
            #expect(written["user_path"].string?.hasPrefix("OU=") == true)
            #expect(written["search_groups"] == .null)
        }

        @Test("Three wrong passwords: no more")
        func wrongPasswords() async throws {
            let stage = try await Stage([.jane])
            let before = try stage.folder.fingerprint()
            let (run, _) = try await PseudoTerminal().run(
                ["init", "export"] + Init.options(.export, stage, ["--password-file": nil]), in: stage.folder,
                (1...3).map { Step("Password of", "Wrong-Horse-\($0)\n") })
            run.ended(with: 77, saying: "nothing was written")
            #expect(try stage.folder.fingerprint() == before)
        }

        @Test(
            "Ctrl-C and Ctrl-D leave nothing behind and the terminal as it was",
            arguments: [(Step.interrupt, Int32(130)), (Step.endOfInput, Int32(64))])
        func leaving(key: String, status: Int32) async throws {
            let stage = try await Stage([.jane])
            let before = try stage.folder.fingerprint()
            let (run, echoes) = try await PseudoTerminal().run(
                ["init", "export"] + Init.options(.export, stage, ["--password-file": nil]), in: stage.folder,
                [Step("Password of", key)])
            run.ended(with: status)
            #expect(echoes)
            #expect(try stage.folder.fingerprint() == before)
        }

        @Test("A password that is there may be another configuration's: it is replaced with --force only")
        func existingPassword() async throws {
            let stage = try await Stage([.jane])
            let password = try stage.source.service.password()
            try await Subprocess("/usr/bin/mkdir", ["-m", "700", stage.folder.path("secrets")]).succeed()
            try stage.folder.write("theirs", to: "secrets/bind-password")
            let arguments = ["init", "export"] + Init.options(.export, stage, ["--password-file": nil])
            let (refused, _) = try await PseudoTerminal().run(arguments, in: stage.folder)
            refused.ended(with: 73, saying: "secrets/bind-password is there already")
            #expect(try stage.folder.text("secrets/bind-password") == "theirs")
            let (run, _) = try await PseudoTerminal().run(
                arguments + ["--force"], in: stage.folder,
                [Step("Password of", password + "\n"), Step("All of them?", "n\n")])
            run.ended(with: 0)
            #expect(try stage.folder.text("secrets/bind-password") == password)
        }
    }
}
