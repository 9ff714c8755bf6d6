import LabSupport
import Testing

extension EndToEnd {
    /// The groups to search, in a file of their own.
    @Suite struct GroupFilterFile {
        private func stage(_ text: String?) async throws -> Stage {
            var stage = try await Stage()
            stage.export.remove("search_groups")
            stage.export["group_filter_file"] = "group_filter.txt"
            if let text { try stage.folder.write(text, to: "group_filter.txt") }
            return stage
        }

        @Test("It says the same as search_groups: the files of both differ in the header only")
        func takesThePlaceOfSearchGroups() async throws {
            let listed = try await Stage()
            try await listed.export().ended(with: 0)
            let stage = try await stage(
                "\u{FEFF}# groups\r\n\r\nCN=Operators    # 2 members\r\nCN=Engineers  \r\n# CN=All\r\ncn=visitors\r\n")
            try await stage.export().ended(with: 0)
            let (one, other) = (
                try JSON(parsing: listed.folder.read("users.json")), try JSON(parsing: stage.folder.read("users.json"))
            )
            #expect(one["users"].elements.map { $0["memberOf"] }.contains(["CN=Operators"]))
            #expect(one["completeness"]["members"] == ["CN=Engineers": 1, "CN=Operators": 2, "CN=Visitors": 1])
            let memberships = { (file: JSON) in file["users"].elements.map { [$0["sAMAccountName"], $0["memberOf"]] } }
            // In the spelling of the file, as with search_groups.
            #expect(other["completeness"]["members"] == ["CN=Engineers": 1, "CN=Operators": 2, "cn=visitors": 1])
            #expect(memberships(other).dropLast() == memberships(one).dropLast())
        }

        @Test("A fault names the file and the line; nothing is written")
        func fault() async throws {
            let stage = try await stage("CN=Operators\nEngineers # 1 member\n")
            try await stage.export().ended(
                with: 78, saying: "group_filter.txt: 1 problem", "line 2: \"Engineers\" given")
            #expect(!stage.folder.exists("users.json"))
        }

        @Test("A group that is not there is told with the name of the file")
        func missingGroup() async throws {
            let stage = try await stage("CN=Operators\nCN=Nobodies\n")
            try await stage.export().ended(with: 78, saying: "group_filter.txt: \"CN=Nobodies\" not found below")
            #expect(!stage.folder.exists("users.json"))
        }

        @Test("A file that is not there is an error of the configuration")
        func missingFile() async throws {
            let stage = try await stage(nil)
            try await stage.export().ended(
                with: 78, saying: "group_filter_file: group_filter.txt cannot be read: No such file or directory")
        }
    }
}
