import LabSupport
import Testing

extension EndToEnd {
    /// `import --user`, `--group`, `--filter`.
    @Suite struct Parts {
        @Test("--user imports one person, everybody else as he was; the whole file follows")
        func oneUser() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let run = try await stage.import("--user", "jane doe").ended(with: 0)
            #expect(try run.summary["created"] == ["Jane Doe"])
            #expect(try run.summary["part"] == ["selected": 1, "records": 4])
            #expect(try await stage.managedUsers().compactMap { $0.first("sAMAccountName") } == ["e2e-jdoe"])
            #expect(try stage.resolutions.map { $0["user"] } == ["Jane Doe"])
            let whole = try await stage.import().ended(with: 0)
            #expect(try whole.summary["created"].strings.count == 3)
            #expect(try whole.summary["part"] == .null)
            try await stage.writesNothing { try await stage.import("--user", "jdoe@source.test").ended(with: 0) }
        }

        @Test(
            "Who cannot be told is not guessed: 64, with what helps, and nothing is written or remembered",
            arguments: [
                (["--user", "e2e"], "4 people may be meant"), (["--user", "Jnae Doe"], "near: Jane Doe"),
                (["--group", "Operatrs"], "near: CN=Operators"),
                (["--filter", "(departmnt=Operations)"], "character 2: the file does not carry departmnt"),
                (["--filter", "(department=Nowhere)"], "match nobody of the 4 people"),
                (
                    ["--filter", "(department=Operations"],
                    "at character 23, behind \"(department=Operations\": the filter ends before its ')'"
                ),
                (["--user", "e2e-wei", "--group", "Operators"], "use one or the other"),
            ])
        func unclear(_ arguments: [String], _ words: String) async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            try await stage.writesNothing {
                try await stage.run(.import, arguments).ended(with: 64, saying: words)
            }
            #expect(throws: (any Error).self) { try stage.resolutions }
        }

        @Test("Several are listed with what tells them apart")
        func several() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            try await stage.import("--user", "o").ended(
                with: 64, saying: "Jane Doe (e2e-jdoe): ", "department Operations", "department Engineering",
                "objectGUID ")
        }

        @Test("--group and --filter import whom they describe")
        func described() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let group = try await stage.import("--group", "Operators", "--dry-run").ended(with: 0)
            #expect(
                try Set(
                    group.summary["planned"].elements.filter { $0["operation"] == "create" }.compactMap {
                        $0["user"].string
                    })
                    == ["Jane Doe", "Conan O'Brien"])
            let filter = try await stage.import(
                "--filter", "(&(|(memberOf=Operators)(department=eng*))(!(givenName=Jane)))"
            ).ended(with: 0)
            #expect(try Set(filter.summary["created"].strings) == ["Conan O'Brien", "Jürgen Köhler"])
        }

        @Test("A part takes nothing from anybody outside it, and drops none of their answers")
        func outsiders() async throws {
            let stage = try await Stage([])
            try await stage.importing(UserFile.document((1...3).map { UserFile.record($0) })).ended(with: 0)
            try await stage.target.apply(
                try await stage.managedUsers().map { .replace($0.dn, "userAccountControl", "512") })
            try await stage.import().ended(with: 0)
            // Person 2 leaves, 3 is missing and 4 is new: the part is of 4 alone.
            let next = UserFile.document(
                [
                    UserFile.record(1, ["department": "Sales"]), UserFile.record(2, ["disabled": true]),
                    UserFile.record(4),
                ],
                sequence: 2)
            let run = try await stage.importing(next, "--user", "e2e-p4").ended(with: 0)
            #expect(try run.summary["created"] == ["Person 4"])
            #expect(try run.summary["disabled"] == [])
            for number in 1...3 {
                let user = try await stage.managed("e2e-p\(number)")
                #expect(user.first("userAccountControl") == "512")
                #expect(user.first("department") == "Operations")
            }
            try stage.answer("enable", of: "Person 4", with: ["accept": true, "password": "Geheim-4711-x"])
            // And a part of 1 leaves the answer about 4 to whoever imports 4.
            try await stage.import("--user", "e2e-p1").ended(with: 0)
            #expect(try stage.resolutions.map { $0["password"] } == ["Geheim-4711-x"])
            let rest = try await stage.import("--user", "e2e-p4").ended(with: 0)
            #expect(try rest.summary["enabled"] == ["Person 4"])
            #expect(try stage.resolutions.isEmpty)
            let whole = try await stage.import().ended(with: 0)
            #expect(try Set(whole.summary["disabled"].strings) == ["Person 2", "Person 3"])
        }

        @Test("A part lets no older file in, and the file it was of can still be imported as a whole")
        func order() async throws {
            let stage = try await Stage([])
            let (old, new) = (
                UserFile.document([UserFile.record(1)], sequence: 5),
                UserFile.document([UserFile.record(1), UserFile.record(2)], sequence: 6)
            )
            try await stage.importing(new, "--user", "e2e-p2").ended(with: 0)
            try await stage.importing(old).ended(with: 75, saying: "sequence is 5, the last was 6")
            try await stage.importing(old, "--user", "e2e-p1").ended(with: 75, saying: "sequence is 5, the last was 6")
            let whole = try await stage.importing(new).ended(with: 0)
            #expect(try whole.summary["created"] == ["Person 1"])
        }

        @Test("A part can be answered at once, and history tells that it was one")
        func answeredAtOnce() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            try await stage.import("--user", "e2e-jdoe").ended(with: 0)
            try await stage.resolutions(
                ["accept", "--user", "jane*", "--password-stdin", "--apply"], input: "Geheim-4711-x\n"
            )
            .ended(with: 0)
            #expect(try await stage.managed("e2e-jdoe").first("userAccountControl") == "512")
            #expect(try await stage.managedUsers().count == 1)
            let history = try await Program.run(["history", "--json"], in: stage.folder).ended(with: 0)
            #expect(history.output.contains("import, a part"))
        }
    }
}
