import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// What files may hold, as editors and readers of the documentation are told it.
    @Suite struct Schema {
        private static let names = ["export-config", "import-config", "user-file", "resolutions"]

        private func text(_ path: String) throws -> String {
            let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
            return try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }

        @Test("Those of the repository are those of the program; scripts/schemas writes them anew", arguments: names)
        func committed(name: String) async throws {
            #expect(try await SchemaJudge.schema(name) == text("schemas/\(name).schema.json"))
        }

        @Test("The reference is the program's, too", arguments: ["export-config", "import-config"])
        func reference(name: String) async throws {
            let reference = try await SchemaJudge.schema(name, "--format", "markdown")
            #expect(reference.contains("### `group_path`"))
            #expect(try text("docs/configuration.md").contains(reference))
        }

        @Test("Its examples and defaults pass it", arguments: names)
        func examples(name: String) async throws {
            let (count, faults) = try await SchemaJudge.wrongExamples(in: await SchemaJudge.schema(name))
            #expect(count > 3)
            #expect(faults == [])
        }

        @Test("The samples pass, and name their schema", arguments: ["export-config", "import-config"])
        func samples(name: String) async throws {
            let sample = try JSON(parsing: text("\(name).json"))
            #expect(sample["$schema"] == .text("schemas/\(name).schema.json"))
            #expect(try await SchemaJudge.faults(of: [sample], in: await SchemaJudge.schema(name)) == [[]])
        }

        @Test("What an export and an import write passes, and so does a file of UserSync")
        func realFiles() async throws {
            var stage = try await Stage()
            stage.export["attributes"] = ["givenName", "mail", "otherTelephone", "jpegPhoto"]
            try await stage.carryAcross()
            let files = [try JSON(parsing: stage.folder.read("users.json")), try JSON(parsing: UserSync.body)]
            #expect(try await SchemaJudge.faults(of: files, in: await SchemaJudge.schema("user-file")) == [[], []])
            let resolutions = try JSON(parsing: stage.folder.read("resolutions.json"))
            #expect(resolutions["resolutions"].elements.count > 3)
            #expect(
                try await SchemaJudge.faults(of: [resolutions], in: await SchemaJudge.schema("resolutions")) == [[]])
        }

        /// With a server that nobody is at: what is taken ends with 69, what is refused with 78.
        private static func configuration(_ changes: [String: JSON?]) -> JSON {
            var configuration: JSON = [
                "server": "ldaps://127.0.0.1:1", "bind": ["user": "svc@target.test", "password": "no secret"],
                "input_file": "users.json", "managed_user_path": "OU=M,DC=target,DC=test",
                "group_path": "OU=G,DC=target,DC=test", "state_folder": "state",
            ]
            for (key, value) in changes {
                if let value { configuration[key] = value } else { configuration.remove(key) }
            }
            return configuration
        }

        @Test(
            "A configuration that the program refuses does not pass",
            arguments: [
                ["serfer": "a"], ["server": 5], ["server": []], ["server": nil], ["managed_user_path": ""],
                ["bind": "svc"], ["bind": ["user": "svc@target.test", "pasword": "x"]], ["tls": ["ca_file": 1]],
                ["log_level": "LOUD"], ["history_days": -1], ["history_days": .decimal(1.5)], ["hmac": "00112233"],
                ["hmac": "00112233445566778899aabbccddeefg"], ["group_map": ["CN=a"]], ["group_map": ["CN=a": 1]],
                ["deactivation_limit": ["percent": 101]], ["require_approval": ["enable"]],
                ["attribute_map": ["mail": ["constant": "a", "template": "b"]]], ["ou_map": [["filter": "(a=b)"]]],
                ["users_can_not_change_password": "true"], ["expiration_time": "1 month"], ["anchor_attribute": "a b"],
            ] as [[String: JSON?]])
        func refused(changes: [String: JSON?]) async throws {
            try await judged(Self.configuration(changes), passes: false)
        }

        @Test(
            "A configuration that the program takes passes",
            arguments: [
                [:], ["log_level": "debug"], ["source_expiry": "Ignore"], ["anchor_attribute": .null], ["hmac": .null],
                ["prefix_common_names": ""], ["password_suffix": ""], ["server": ["ldaps://127.0.0.1:1"]],
                ["group_map": ["*": ["CN=a", "CN=b"], "CN=c": "CN=d"]], ["ou_map": [["ou": "."]]],
                ["attribute_map": ["mail": .null, "title": "department", "company": ["constant": "Plant"]]],
                ["log_windows": 7], ["$schema": "whatever"], ["history_days": 30], ["deactivation_limit": [:]],
            ] as [[String: JSON?]])
        func taken(changes: [String: JSON?]) async throws {
            try await judged(Self.configuration(changes), passes: true)
        }

        private func judged(_ configuration: JSON, passes: Bool) async throws {
            let folder = try TemporaryFolder()
            try folder.write(try configuration.bytes, to: "import-config.json")
            try folder.write(try UserFile.document([UserFile.record(1)]).bytes, to: "users.json")
            try await Program.run(["import"], in: folder).ended(with: passes ? 69 : 78)
            let schema = try await SchemaJudge.schema("import-config")
            #expect(try await SchemaJudge.faults(of: [configuration], in: schema).first?.isEmpty == passes)
        }

        @Test(
            "A user file that is refused for what a schema can tell does not pass",
            arguments: [
                ["users": nil], ["users": ["a": 1]], ["format": 3], ["sequence": "7"], ["timestamp": 5],
                ["source": ["domain": "a.test"]], ["completeness": ["users": -1]],
            ] as [[String: JSON?]])
        func userFiles(changes: [String: JSON?]) async throws {
            var document = UserFile.document([UserFile.record(1)])
            for (key, value) in changes { if let value { document[key] = value } else { document.remove(key) } }
            try await judged(userFile: document)
        }

        @Test(
            "Nor does one with such a record",
            arguments: [
                ["cn": nil], ["cn": 5], ["disabled": "no"], ["memberOf": "CN=Operators"], ["objectGUID": "me"],
                ["mail": ["base16": "00"]], ["mail": [["a"]]], ["accountExpires": "never"],
            ] as [[String: JSON?]])
        func records(changes: [String: JSON?]) async throws {
            var record = UserFile.record(1)
            for (key, value) in changes { if let value { record[key] = value } else { record.remove(key) } }
            try await judged(userFile: UserFile.document([record]))
        }

        private func judged(userFile document: JSON) async throws {
            let folder = try TemporaryFolder()
            try folder.write(try document.bytes, to: "users.json")
            try await Program.run(["verify", "users.json"], in: folder).ended(with: 65)
            let faults = try await SchemaJudge.faults(of: [document], in: await SchemaJudge.schema("user-file"))
            #expect(faults.first?.isEmpty == false)
        }

        @Test(
            "Nor does a resolutions file that cannot be understood",
            arguments: [
                ["type": nil], ["type": "open"], ["user": nil], ["accept": "yes"], ["take_over_account": 1],
                ["anchor": "jdoe"], ["members": ["jdoe"]], ["password": 12345],
                ["members": [["user": "a", "group": 1]]],
            ] as [[String: JSON?]])
        func resolutions(changes: [String: JSON?]) async throws {
            var entry: JSON = ["type": "enable", "user": "Jane Doe", "accept": nil]
            for (key, value) in changes { if let value { entry[key] = value } else { entry.remove(key) } }
            let document: JSON = ["resolutions": [entry]]
            let folder = try TemporaryFolder()
            try folder.write(try document.bytes, to: "resolutions.json")
            try folder.write(try Self.configuration([:]).bytes, to: "import-config.json")
            try await Program.run(["resolutions", "list"], in: folder).ended(with: 65)
            let faults = try await SchemaJudge.faults(of: [document], in: await SchemaJudge.schema("resolutions"))
            #expect(faults.first?.isEmpty == false)
        }
    }
}
