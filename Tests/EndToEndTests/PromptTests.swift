import LabSupport
import Testing

extension EndToEnd {
    /// Questions at a terminal.
    @Suite struct Prompts {
        typealias Step = PseudoTerminal.Step
        static let password = "Correct-Horse-7"

        // MARK: passwords

        @Test("The password is typed twice, unseen, and again when the two differ")
        func password() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let (run, echoes) = try await PseudoTerminal().run(
                ["resolutions", "accept", "--kind", "enable"], in: stage.folder,
                [
                    Step("Password for Jane Doe (e2e-jdoe): ", "first-try\n"), Step("The same again: ", "second-try\n"),
                    Step("Those were not the same.", ""), Step("Password for Jane Doe", "\n"),
                    Step("The same again: ", "\n"), Step("That was empty.", ""),
                    Step("Password for Jane Doe", Self.password + "\n"), Step("The same again: ", Self.password + "\n"),
                ])
            run.ended(with: 0, saying: "Accepted in resolutions.json (1)", "with a password")
            #expect(echoes)
            for typed in [Self.password, "first-try", "second-try"] { #expect(!run.output.contains(typed)) }
            try await stage.import().ended(with: 0)
            #expect(try await stage.target.accepts("e2e-jdoe@target.test", password: Self.password))
        }

        @Test(
            "Ctrl-C and Ctrl-D leave the file alone and the terminal as it was",
            arguments: [(Step.interrupt, Int32(130)), (Step.endOfInput, Int32(64))])
        func leaving(key: String, status: Int32) async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let before = try stage.folder.text("resolutions.json")
            let (run, echoes) = try await PseudoTerminal().run(
                ["resolutions", "accept", "--kind", "enable"], in: stage.folder, [Step("Password for Jane Doe", key)])
            run.ended(with: status)
            #expect(echoes)
            #expect(try stage.folder.text("resolutions.json") == before)
        }

        @Test("Generated passwords stand in the table")
        func generated() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let (run, _) = try await PseudoTerminal().run(
                ["resolutions", "accept", "--kind", "enable", "--generate"], in: stage.folder)
            run.ended(with: 0, saying: "Passwords, shown this once")
            let password = try #require(try stage.resolutions[0]["password"].string)
            #expect(run.output.contains("Jane Doe (e2e-jdoe)  \(password)"))
        }

        // MARK: import --confirm

        @Test(
            "No, or the end of the input: nothing is written, and that is said",
            arguments: ["n\n", "NO\n", "t\nno\n", "what?\nn\n", Step.endOfInput])
        func no(typed: String) async throws {
            let stage = try await Stage([.jane, .conan])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try await stage.writesNothing {
                let (run, _) = try await PseudoTerminal().run(
                    ["import", "--confirm"], in: stage.folder, [Step("[t]able: ", typed)])
                run.ended(
                    with: 0, saying: "2 users, of them disabled 0", "0 managed users", "would create  2",
                    "Go on? [y]es, [n]o, [t]able:", "nothing was written")
                #expect(run.output.contains("create e2e-jdoe") == typed.hasPrefix("t"))
            }
            #expect(!stage.folder.exists("resolutions.json"))
        }

        @Test("The table, then yes: it is done")
        func yes() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--confirm"], in: stage.folder,
                [Step("[t]able: ", "t\n"), Step("create e2e-jdoe", ""), Step("[t]able: ", "y\n")])
            run.ended(with: 0, saying: "users.json imported")
            _ = try await stage.managed("e2e-jdoe")
        }

        @Test("Answers given by command while an import is at work are kept, taken back ones too")
        func meanwhile() async throws {
            let stage = try await Stage([.jürgen])
            try await stage.carryAcross()
            let join = try #require(try stage.resolutions.first { $0["type"] == "join" }?["id"].string)
            let enable = try #require(try stage.resolutions.first { $0["type"] == "enable" }?["id"].string)
            try await stage.resolutions(["reject", join]).ended(with: 0)
            let (run, _) = try await PseudoTerminal().run(
                ["import", "--confirm"], in: stage.folder,
                [
                    Step("[t]able: ", "t\n", after: ["resolutions", "reset", join]),
                    Step("[t]able: ", "y\n", after: ["resolutions", "accept", enable, "--generate"]),
                ])
            run.ended(with: 0)
            let states = try await stage.resolutions(["list"]).summary["resolutions"].elements
            #expect(states.first { $0["id"] == .text(join) }?["state"] == "waiting")
            #expect(states.first { $0["id"] == .text(enable) }?["state"] == "accepted")
            #expect(states.count == 2)
        }

        @Test(
            "Where nobody can be asked, or nobody is to be: status 64",
            arguments: [
                (["--confirm"], "needs a terminal"),
                (["--confirm", "--no-interaction"], "--no-interaction never asks"),
                (["--confirm", "--dry-run"], "leave --confirm out"),
            ])
        func refused(arguments: [String], words: String) async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                try await stage.run(.import, arguments).ended(with: 64, saying: words)
            }
        }

        @Test("--no-interaction: as ever, at a terminal too")
        func noInteraction() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let (run, _) = try await PseudoTerminal().run(["import", "--no-interaction"], in: stage.folder)
            run.ended(with: 0, saying: "users.json imported")
        }
    }
}
