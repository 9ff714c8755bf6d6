import Foundation
import LabSupport
import Testing

extension EndToEnd {
    @Suite struct GroupsCommand {
        /// Two groups, one in the other, with names that need care.
        private func stage() async throws -> (Stage, path: String) {
            var stage = try await Stage()
            let path = "OU=Chosen,\(stage.source.base)"
            try await stage.source.renew(path)
            let crew = Crew.four.map { $0.dn(below: stage.sourcePath) }
            let outer = "CN=Fitters\\, nights \\#2,\(path)"
            let inner = "CN=Läufer,\(path)"
            try await stage.source.apply(
                .add(inner, [("objectClass", ["group"]), ("member", [crew[0]])]),
                .add(outer, [("objectClass", ["group"]), ("member", [crew[1], crew[2], inner])]))
            stage.export["group_path"] = .text(path)
            stage.export["search_groups"] = []
            return (stage, path)
        }

        private func groups(_ stage: Stage, _ arguments: String...) async throws -> Run {
            try stage.folder.write(try stage.export.bytes, to: "export-config.json")
            return try await Program.run(["groups"] + arguments, in: stage.folder)
        }

        @Test("The list, edited, is what an export takes")
        func chosen() async throws {
            var (stage, _) = try await stage()
            try await groups(stage).ended(with: 0)
            let list = try String(decoding: stage.folder.read("group_list.txt"), as: UTF8.self)
            #expect(list.contains(##"CN=Fitters\, nights \23"##))
            #expect(list.contains("# 3 members; 1 nested: CN=Läufer"))
            let chosen = list.split(separator: "\n").filter { !$0.hasPrefix("CN=Läufer") }.joined(separator: "\r\n")
            try stage.folder.write(chosen, to: "group_filter.txt")
            stage.export.remove("search_groups")
            stage.export["group_filter_file"] = "group_filter.txt"
            try await stage.export().ended(with: 0)
            let users = try JSON(parsing: String(decoding: stage.folder.read("users.json"), as: UTF8.self))["users"]
                .elements
            let members = users.filter { !$0["memberOf"].elements.isEmpty }.compactMap { $0["cn"].string }
            #expect(Set(members) == [Crew.conan.cn, Crew.jürgen.cn])
        }

        @Test("A list that somebody has edited is not replaced without --force")
        func edited() async throws {
            let (stage, _) = try await stage()
            try await groups(stage).ended(with: 0)
            try await groups(stage).ended(with: 0)
            try stage.folder.write("CN=Mine\n", to: "group_list.txt")
            try await groups(stage).ended(with: 73, saying: "group_list.txt is there already", "--force")
            #expect(try String(decoding: stage.folder.read("group_list.txt"), as: UTF8.self) == "CN=Mine\n")
            try await groups(stage, "--force").ended(with: 0)
            #expect(try String(decoding: stage.folder.read("group_list.txt"), as: UTF8.self).contains("CN=Läufer"))
        }

        @Test("--json prints the same and writes no file; --base looks elsewhere")
        func json() async throws {
            let (stage, path) = try await stage()
            let run = try await groups(stage, "--json").ended(with: 0)
            let groups = try run.summary["groups"].elements
            #expect(groups.compactMap { $0["members"].number } == [3, 1])
            #expect(groups.first?["nested"].elements.compactMap(\.string) == ["CN=Läufer,\(path)"])
            #expect(!FileManager.default.fileExists(atPath: stage.folder.path("group_list.txt")))
            let elsewhere = try await self.groups(stage, "--json", "--base", "CN=Builtin,\(stage.source.base)").ended(
                with: 0)
            #expect(try elsewhere.summary["groups"].elements.contains { $0["name"].string == "Administrators" })
            try await self.groups(stage, "--base", "OU=Nowhere,\(stage.source.base)").ended(
                with: 78, saying: "--base", "does not exist")
            try await self.groups(stage, "--base", "nonsense").ended(with: 64, saying: "--base")
        }
    }
}
