import LabSupport
import Testing

extension EndToEnd {
    /// Answers given by command.
    @Suite struct ResolutionsCommand {
        static let password = "Correct-Horse-7"

        @Test("Before the first import there is nothing, and that is said")
        func nothing() async throws {
            let stage = try await Stage([.jane])
            #expect(try await stage.resolutions(["list"]).ended(with: 0).summary == ["resolutions": []])
            let (run, _) = try await PseudoTerminal().run(["resolutions", "list"], in: stage.folder)
            run.ended(with: 0, saying: "resolutions.json: nothing waits for an answer, and no answer is in force.")
        }

        @Test("What waits is listed, filtered by kind, user and state, and never with a password")
        func list() async throws {
            let stage = try await Stage([.jane, .jürgen])
            try await stage.carryAcross()
            try stage.answer("enable", of: "Jane Doe", with: ["accept": true, "password": .text(Self.password)])
            try stage.answer("join", of: "Jürgen Köhler", with: ["accept": false])

            let all = try await stage.resolutions(["list"]).ended(with: 0)
            #expect(!all.output.contains(Self.password))
            let entries = try all.summary["resolutions"].elements
            #expect(entries.map { $0["state"] } == ["accepted", "waiting", "rejected"])
            #expect(entries.map { $0["has_password"] } == [true, false, nil])
            #expect(
                entries.allSatisfy {
                    $0["id"].string != nil && $0["anchor"].string != nil && !$0.keys.contains("password")
                })

            func users(_ arguments: String...) async throws -> [JSON] {
                try await stage.resolutions(["list"] + arguments).ended(with: 0).summary["resolutions"].elements
                    .map { $0["user"] }
            }
            #expect(try await users("--kind", "join") == ["Jürgen Köhler"])
            #expect(try await users("--kind", "join", "--kind", "enable").count == 3)
            #expect(try await users("--user", "JÜRGEN*", "--state", "waiting") == ["Jürgen Köhler"])
            #expect(try await users("--user", "E2E-JDOE") == ["Jane Doe"])
            #expect(try await users("--user", "nobody").isEmpty)
        }

        @Test("At a terminal: a table by kind, the reason once", arguments: [80, 120])
        func table(columns: Int) async throws {
            let stage = try await Stage([.jane, .jürgen])
            try await stage.carryAcross()
            var terminal = PseudoTerminal()
            terminal.columns = columns
            let (run, _) = try await terminal.run(["resolutions", "list"], in: stage.folder)
            run.ended(
                with: 0, saying: "resolutions.json: 3 waiting", "join (1), the group is in restricted_groups",
                "enable (2), a new user, created disabled", "waiting  Jane Doe (e2e-jdoe)", "→ CN=Plant Admins")
        }

        @Test("--generate: a password for each, told once, with which they sign in after the import")
        func generate() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            let run = try await stage.resolutions(["accept", "--kind", "enable", "--user", "*", "--generate"])
                .ended(with: 0)
            #expect(try run.summary["answered"].elements.map { $0["state"] } == ["accepted", "accepted"])
            let passwords = try run.summary["passwords"].elements
            #expect(Set(passwords.compactMap { $0["sAMAccountName"].string }) == ["e2e-jdoe", "e2e-cobrien"])
            #expect(try stage.folder.permissions("resolutions.json") == 0o600)
            try await stage.import().ended(with: 0)
            for made in passwords {
                let account = try #require(made["sAMAccountName"].string)
                let password = try #require(made["password"].string)
                #expect(try await stage.target.accepts("\(account)@target.test", password: password))
                #expect(try !stage.folder.text("resolutions.json").contains(password))
            }
        }

        @Test("--apply performs the answer at once, with a password from standard input")
        func apply() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let id = try #require(try stage.resolutions[0]["id"].string)
            let run = try await stage.resolutions(
                ["accept", String(id.prefix(4)), "--password-stdin", "--apply"], input: "\(Self.password)\n")
            run.ended(with: 0)
            #expect(!run.output.contains(Self.password) && !run.log.contains(Self.password))
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: Self.password))
            #expect(try stage.resolutions.isEmpty)
        }

        @Test("--apply performs these answers and nothing else, in a few requests, whatever else there is to do")
        func applyAlone() async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            // Something an import would put right.
            try await stage.target.apply(
                .modify(try await stage.managed("e2e-cobrien").dn, .replace, "department", ["Elsewhere"]))
            let run = try await stage.resolutions(
                ["accept", "--user", "jane*", "--generate", "--apply"]
            ).ended(with: 0)
            let applied = try run.summary["applied"]
            #expect(applied["results"].elements.map { $0["result"] } == ["done"])
            #expect(try await stage.managed("e2e-cobrien")["department"] == ["Elsewhere"])
            let password = try #require(try run.summary["passwords"].elements.first?["password"].string)
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: password))
            #expect(try !stage.folder.text("resolutions.json").contains(password))
        }

        @Test("--apply without the directory: status 69, and the answer stays for the next import")
        func applyUnreachable() async throws {
            var stage = try await Stage([.jane])
            try await stage.carryAcross()
            let server = stage.import["server"]
            stage.import["server"] = "ldaps://127.0.0.1:1"
            try await stage.resolutions(["accept", "--kind", "enable", "--generate", "--apply"]).ended(with: 69)
            #expect(try stage.resolutions.map { $0["accept"] } == [true])
            stage.import["server"] = server
            #expect(try await stage.import().ended(with: 0).summary["enabled"] == ["Jane Doe"])
        }

        @Test("A name given with --apply makes the account at once")
        func applyName() async throws {
            let stage = try await Stage([.jane])
            try await stage.target.apply(
                .add(stage.elsewhere, [("objectClass", ["organizationalUnit"])]),
                .add(
                    "CN=Jane Elsewhere,\(stage.elsewhere)",
                    [("objectClass", ["user"]), ("sAMAccountName", ["e2e-jdoe"])]))
            try await stage.carryAcross()
            try await stage.resolutions(["accept", "--kind", "name", "--new-name", "e2e-jane", "--apply"])
                .ended(with: 0)
            #expect(try await stage.groups(of: "e2e-jane") == ["Plant Operators", "Everyone Managed"])
        }

        @Test("--apply with a password the domain refuses: status 1, and the question waits again")
        func applyWeak() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            try await stage.resolutions(
                ["accept", "--kind", "enable", "--password-stdin", "--apply"], input: "short"
            ).ended(with: 1, saying: "password")
            let text = try stage.folder.text("resolutions.json")
            #expect(try stage.resolutions.map { $0["accept"] } == [.null], "\(text)")
        }

        @Test("A restricted group: rejected, taken back, accepted, joined")
        func join() async throws {
            let stage = try await Stage([.jürgen])
            try await stage.carryAcross()
            let question = try #require(try stage.resolutions.first { $0["type"] == "join" })
            let id = try #require(question["id"].string)
            for (verb, accept) in [("reject", JSON.bool(false)), ("reset", .null), ("accept", true)] {
                let run = try await stage.resolutions([verb, id]).ended(with: 0)
                #expect(try run.summary["answered"].elements.map { $0["accept"] } == [accept])
                let entry = try #require(try stage.resolutions.first { $0["id"] == .text(id) })
                #expect(entry["accept"] == accept && entry["anchor"] == question["anchor"])
                #expect(entry["timestamp"] != question["timestamp"])
            }
            let run = try await stage.import().ended(with: 0)
            #expect(try run.summary["joined"] == [["user": "Jürgen Köhler", "group": "Plant Admins"]])
        }

        @Test("A name conflict: another name, put right before the import, and taken back after it")
        func newName() async throws {
            let stage = try await Stage([.jane])
            try await stage.target.apply(
                .add(stage.elsewhere, [("objectClass", ["organizationalUnit"])]),
                .add(
                    "CN=Jane Elsewhere,\(stage.elsewhere)",
                    [("objectClass", ["user"]), ("sAMAccountName", ["e2e-jdoe"])]))
            try await stage.carryAcross()
            let id = try #require(try stage.resolutions.first { $0["type"] == "name" }?["id"].string)
            try await stage.resolutions(["accept", id, "--new-name", "e2e-typo"]).ended(with: 0)
            try await stage.resolutions(["accept", id, "--new-name", "e2e-jane"])
                .ended(with: 64, saying: id, "is in force; reset it first")
            try await stage.resolutions(["reset", id]).ended(with: 0)
            try await stage.resolutions(["accept", id, "--new-name", "e2e-jane"]).ended(with: 0)
            try await stage.import().ended(with: 0)
            _ = try await stage.managed("e2e-jane")

            // In force: listed, and not among what a filter without its kind resets.
            let standing = try await stage.resolutions(["list", "--state", "standing"]).ended(with: 0)
            #expect(try standing.summary["resolutions"].elements.map { $0["new_name"] } == ["e2e-jane"])
            try await stage.resolutions(["reset", "--user", "Jane*"]).ended(with: 64, saying: "--kind")
            // The name is free by now: with the answer taken back, the user gets the one of the file.
            try await stage.target.apply(.delete("CN=Jane Elsewhere,\(stage.elsewhere)"))
            try await stage.resolutions(["reset", "--kind", "name"]).ended(with: 0)
            try await stage.import().ended(with: 0)
            _ = try await stage.managed("e2e-jdoe")
            #expect(try !stage.resolutions.contains { $0["type"] == "name" })
        }

        @Test("A grant that is reset leaves the file, and the next import takes the membership back")
        func grant() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let grant: JSON = [
                "type": "grant", "user": "Jane Doe", "anchor": try stage.resolutions[0]["anchor"],
                "group": "CN=Plant Engineers", "accept": true,
            ]
            try stage.folder.write(
                try JSON.object(["resolutions": .array(try stage.resolutions + [grant])]).bytes, to: "resolutions.json")
            try await stage.import().ended(with: 0)
            #expect(try await stage.groups(of: "e2e-jdoe").contains("Plant Engineers"))
            let run = try await stage.resolutions(["reset", "--kind", "grant"]).ended(with: 0)
            #expect(run.output.contains(#""state" : "removed""#))
            try await stage.import().ended(with: 0)
            #expect(try await !stage.groups(of: "e2e-jdoe").contains("Plant Engineers"))
        }

        @Test(
            "What cannot be done as it was said: status 64, a sentence, and nothing written",
            arguments: [
                ("accept", "Say which"), ("accept abcd --kind join", "Either ids, or --kind"),
                ("accept zzzz", "zzzz: no entry has this id"), ("accept zzz", "zzz: too short"),
                ("reject --user nobody", "nothing in the file matches"), ("reset --kind join", "nothing that matches"),
                ("accept --kind enable", "--password-stdin, --generate or --keep-password"),
                ("accept --kind enable --password-stdin", "is for one user, and 2 are selected"),
                ("accept --kind enable --user jane* --password-stdin", "standard input is to be one line"),
                ("accept --kind enable --kind join --generate", "answer one kind after the other"),
                ("accept --kind join --new-name x", "answer one kind after the other"),
                ("accept --kind enable --generate --keep-password", "Only one of"),
                ("accept --kind enable --take-over --new-name x", "Only one of"),
                ("accept --kind promotion", "invalid for '--kind"), ("list --state lost", "invalid for '--state"),
            ])
        func refused(arguments: String, words: String) async throws {
            let stage = try await Stage([.jane, .jürgen])
            try await stage.carryAcross()
            let before = try stage.folder.text("resolutions.json")
            try await stage.resolutions(arguments.split(separator: " ").map(String.init), input: "one\ntwo\n")
                .ended(with: 64, saying: words)
            #expect(try stage.folder.text("resolutions.json") == before)
        }

        @Test("Many commands at once: no answer is lost")
        func crowd() async throws {
            let stage = try await Stage([])
            let document = UserFile.document((1...12).map { UserFile.record($0) })
            try await stage.importing(document).ended(with: 0)
            let ids = try stage.resolutions.compactMap { $0["id"].string }
            #expect(ids.count == 12)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in ids {
                    group.addTask { try await stage.resolutions(["reject", id]).ended(with: 0) }
                }
                try await group.waitForAll()
            }
            #expect(try stage.resolutions.map { $0["accept"] } == Array(repeating: false, count: 12))
        }
    }
}
