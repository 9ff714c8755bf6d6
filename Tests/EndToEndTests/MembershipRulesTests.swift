import LabSupport
import Testing

extension EndToEnd {
    /// `nested_groups` and `primary_group`.
    @Suite struct MembershipRules {
        private func groupName(_ name: String, _ stage: Stage) -> String { "CN=\(name),\(stage.sourcePath)" }

        /// Jürgen is in Inner only, which is in Middle, which is in Operators, and Operators in Inner: a circle.
        private func stage() async throws -> Stage {
            var stage = try await Stage()
            stage.export["search_groups"] = ["CN=Operators", "CN=Visitors"]
            try await stage.source.apply([
                .add(
                    groupName("Inner", stage),
                    [
                        ("objectClass", ["group"]), ("sAMAccountName", ["e2e-inner"]),
                        (
                            "member",
                            [Crew.jürgen.dn(below: stage.sourcePath), "CN=Operators,\(stage.source.groupPath)"]
                        ),
                    ]),
                .add(
                    groupName("Middle", stage),
                    [
                        ("objectClass", ["group"]), ("sAMAccountName", ["e2e-middle"]),
                        ("member", [groupName("Inner", stage), Crew.jane.dn(below: stage.sourcePath)]),
                    ]),
                .modify("CN=Operators,\(stage.source.groupPath)", .add, "member", [groupName("Middle", stage)]),
            ])
            return stage
        }

        private func members(_ stage: Stage) throws -> [String: [String]] {
            let users = try JSON(parsing: stage.folder.read("users.json"))["users"].elements
            return Dictionary(
                uniqueKeysWithValues: users.map { ($0["sAMAccountName"].string ?? "", $0["memberOf"].strings) })
        }

        @Test("By default direct members count alone; with nested_groups, those of groups in groups, each once")
        func nested() async throws {
            var stage = try await stage()
            try await stage.export().ended(with: 0)
            #expect(
                try members(stage) == [
                    "e2e-jdoe": ["CN=Operators"], "e2e-cobrien": ["CN=Operators"], "e2e-jkoehler": [],
                    "e2e-wei": ["CN=Visitors"],
                ])
            stage.export["nested_groups"] = true
            let run = try await stage.export().ended(with: 0)
            #expect(
                try members(stage) == [
                    "e2e-jdoe": ["CN=Operators"], "e2e-cobrien": ["CN=Operators"], "e2e-jkoehler": ["CN=Operators"],
                    "e2e-wei": ["CN=Visitors"],
                ])
            #expect(try run.summary["foreign_members"] == [])
            let file = try JSON(parsing: stage.folder.read("users.json"))
            #expect(file["completeness"]["members"] == ["CN=Operators": 3, "CN=Visitors": 1])
            let verified = try await Program.run(["verify", "users.json"], in: stage.folder).ended(with: 0).summary
            #expect(verified["complete"] == "proven")
            try await stage.import().ended(with: 0)
            #expect(try await stage.groups(of: "e2e-jkoehler").contains("Plant Operators"))
        }

        @Test("A member of another domain, deep in the groups, is a warning and stands in the report")
        func foreign() async throws {
            var stage = try await stage()
            try await stage.source.apply(
                .modify(groupName("Inner", stage), .add, "member", ["<SID=S-1-5-21-1-2-3-1106>"]))
            stage.export["nested_groups"] = true
            let run = try await stage.export().ended(with: 0, saying: "CN=Inner", "has members of another domain")
            #expect(run.log.contains("WARNING"))
            #expect(try run.summary["foreign_members"] == [.text(groupName("Inner", stage))])
        }

        @Test("The primary group counts when it is asked to; when it is not, that is told")
        func primary() async throws {
            var stage = try await stage()
            stage.export["group_path"] = "CN=Users,\(stage.source.base)"
            stage.export["search_groups"] = ["CN=Domain Users"]
            try await stage.export().ended(
                with: 0, saying: "CN=Domain Users is the primary group of 4 users", "\"primary_group\": true")
            #expect(try members(stage).values.allSatisfy(\.isEmpty))
            stage.export["primary_group"] = true
            let run = try await stage.export().ended(with: 0)
            #expect(!run.log.contains("is the primary group of"))
            #expect(try members(stage).values.allSatisfy { $0 == ["CN=Domain Users"] })
            #expect(
                try JSON(parsing: stage.folder.read("users.json"))["completeness"]["members"] == ["CN=Domain Users": 4])
        }

        @Test("A primary group in a searched group counts when both are asked for")
        func nestedPrimary() async throws {
            var stage = try await stage()
            try await stage.source.apply(
                .modify(groupName("Inner", stage), .add, "member", ["CN=Domain Users,CN=Users,\(stage.source.base)"]))
            stage.export["nested_groups"] = true
            try await stage.export().ended(with: 0, saying: "CN=Operators is the primary group of 4 users")
            #expect(try members(stage)["e2e-wei"] == ["CN=Visitors"])
            stage.export["primary_group"] = true
            try await stage.export().ended(with: 0)
            #expect(try members(stage)["e2e-wei"] == ["CN=Operators", "CN=Visitors"])
        }
    }
}
