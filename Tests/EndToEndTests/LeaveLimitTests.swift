import LabSupport
import Testing

extension EndToEnd {
    /// What keeps a broken file, or a changed mapping, from taking everybody out of a group.
    @Suite struct LeaveLimit {
        /// Five people in Plant Operators, whom a changed `group_map` gives to another group from now on.
        private func stage() async throws -> Stage {
            var stage = try await Stage([])
            stage.import["leave_limit"] = ["percent": 20, "count": 2]
            try await stage.importing(UserFile.document((1...5).map { UserFile.record($0) })).ended(with: 0)
            stage.import["group_map"] = [
                "CN=Operators": "CN=Plant Maintenance", "CN=Visitors": "CN=Plant Operators",
                "*": "CN=Everyone Managed",
            ]
            return stage
        }

        private func operators(_ stage: Stage) async throws -> Int {
            try await stage.target.entry("CN=Plant Operators,\(stage.target.groupPath)")?["member"].count ?? 0
        }

        @Test("More than the limit: status 3, nobody leaves, the rest is done, one decision waits; yes lets them go")
        func limit() async throws {
            let stage = try await stage()
            let run = try await stage.import().ended(
                with: 3, saying: "5 of 5 memberships would end", "Plant Operators 5 of 5",
                "leave_limit")
            #expect(try run.summary["left"] == [])
            #expect(try run.summary["joined"].elements.count == 5)
            #expect(try await operators(stage) == 5)
            let decisions = try run.pending("leave")
            #expect(decisions.count == 1)
            #expect(
                decisions.first?["members"].elements.map { $0["group"] }
                    == Array(repeating: "CN=Plant Operators", count: 5))

            try await stage.writesNothing { try await stage.import().ended(with: 3) }
            try stage.answer { $0["type"] == "leave" ? ["accept": true] : nil }
            let released = try await stage.import().ended(with: 0)
            #expect(try released.summary["left"].elements.count == 5)
            #expect(try await operators(stage) == 0)
            #expect(try !stage.resolutions.contains { $0["type"] == "leave" })
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("No keeps them all, and is not asked again")
        func refused() async throws {
            let stage = try await stage()
            try await stage.import().ended(with: 3)
            try stage.answer { $0["type"] == "leave" ? ["accept": false] : nil }
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
            #expect(try await operators(stage) == 5)
        }

        @Test("By command: the list shows who would leave what; a pattern does not take it, its id does")
        func command() async throws {
            let stage = try await stage()
            try await stage.import().ended(with: 3)
            var terminal = PseudoTerminal()
            terminal.columns = 120
            let (list, _) = try await terminal.run(["resolutions", "list"], in: stage.folder)
            list.ended(with: 0, saying: "5 memberships", "Person 3  ← CN=Plant Operators")
            let before = try stage.folder.text("resolutions.json")
            try await stage.resolutions(["accept", "--kind", "leave"]).ended(
                with: 64, saying: "a decision about many is answered by its id")
            #expect(try stage.folder.text("resolutions.json") == before)
            let decision = try #require(try stage.resolutions.first { $0["type"] == "leave" }?["id"].string)
            let run = try await stage.resolutions(["accept", decision, "--apply"]).ended(with: 0)
            #expect(try run.summary["applied"]["results"].elements.map { $0["result"] } == ["done"])
            #expect(try await operators(stage) == 0)
            try await stage.import().ended(with: 0)
        }

        @Test("A yes covers whom it was given for; of those who come later too many are asked about anew")
        func coverage() async throws {
            let stage = try await stage()
            try await stage.import().ended(with: 3)
            try stage.answer { entry in
                entry["type"] == "leave"
                    ? ["accept": true, "members": .array(Array(entry["members"].elements.prefix(2)))] : nil
            }
            let run = try await stage.import().ended(with: 3)
            #expect(try run.summary["left"].elements.map { $0["user"] } == ["Person 1", "Person 2"])
            #expect(try run.pending("leave").first?["members"].elements.count == 3)
        }

        @Test(
            "A file that contradicts its own counts takes nobody out of a group and asks nothing: another file is due")
        func contradiction() async throws {
            let stage = try await stage()
            var file = UserFile.document((1...5).map { UserFile.record($0) }, sequence: 2)
            file["completeness"]["units"] = [".": 4]
            let run = try await stage.importing(file).ended(
                with: 3, saying: "the units of the file have 4 users between them, and it holds 5",
                "nobody is deactivated or leaves a group")
            #expect(try run.summary["left"] == [])
            #expect(try run.pending("leave").isEmpty)
            #expect(try await operators(stage) == 5)
        }
    }
}
