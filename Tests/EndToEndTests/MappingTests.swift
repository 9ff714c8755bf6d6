import LabSupport
import Testing

extension EndToEnd {
    /// `attribute_map`, `upn_suffix`, `ou_map`, and managers.
    @Suite struct Mapping {
        private static let units = ["Operations", "Safety"]

        /// A stage with two places in the managed container.
        private func stage(_ crew: [Crew] = []) async throws -> Stage {
            var stage = try await Stage(crew)
            try await stage.target.apply(
                Self.units.map { .add("OU=\($0),\(stage.managedPath)", [("objectClass", ["organizationalUnit"])]) })
            stage.import["ou_map"] = [
                ["filter": "(department=Operations)", "ou": "OU=Operations"],
                ["filter": "(department=Safety)", "ou": "OU=Safety"],
            ]
            return stage
        }

        @Test(
            "Attributes, names, places and managers arrive as the rules make them, and a second run finds nothing to do"
        )
        func carriesAcross() async throws {
            var stage = try await stage([Crew.jane, .conan, .jürgen])
            try await stage.source.apply([
                .modify(
                    Crew.jane.dn(below: stage.sourcePath), .replace, "manager",
                    [Crew.jürgen.dn(below: stage.sourcePath)]),
                .modify(
                    Crew.conan.dn(below: stage.sourcePath), .replace, "manager",
                    ["CN=Administrator,CN=Users,\(stage.source.base)"]),
            ])
            stage.export["attributes"] = ["givenName", "sn", "department", "mail", "userPrincipalName", "manager"]
            stage.import["attribute_map"] = [
                "division": "department", "company": ["constant": "Plant"], "mail": .null,
                "info": ["template": "{givenName|default:?} {sn|default:?} of {department|upper}"],
                "sAMAccountName": ["template": "x-{sAMAccountName|ascii|lower|truncate:12}"],
            ]
            stage.import["upn_suffix"] = "plant.example"
            let run = try await stage.carryAcross()
            #expect(
                try run.summary["notices"].strings.contains { $0.hasPrefix("the manager is not managed here") } == false
            )

            let jane = try await stage.managed("x-e2e-jdoe")
            #expect(jane.dn == "CN=Jane Doe,OU=Operations,\(stage.managedPath)")
            #expect(
                jane.first("division") == "Operations" && jane.first("department") == nil && jane.first("mail") == nil)
            #expect(jane.first("company") == "Plant")
            #expect(jane.first("info") == "Jane Doe of OPERATIONS")
            #expect(jane.first("userPrincipalName") == "e2e-jdoe@plant.example")
            #expect(jane.first("manager") == "CN=Jürgen Köhler,\(stage.managedPath)")
            let conan = try await stage.managed("x-e2e-cobrien")
            #expect(conan.first("info") == "? ? of OPERATIONS")
            #expect(conan.first("manager") == nil)

            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("Another department is another place; a check says nothing more is needed; undo brings everybody back")
        func moves() async throws {
            let stage = try await stage()
            let people = UserFile.document([
                UserFile.record(1), UserFile.record(2, ["department": "Safety"]),
                UserFile.record(3, ["department": "Sales"]),
            ])
            try await stage.importing(people).ended(with: 0)
            let before = try await stage.managedUsers().map(\.dn).sorted()
            #expect(
                before == [
                    "CN=Person 1,OU=Operations,\(stage.managedPath)", "CN=Person 2,OU=Safety,\(stage.managedPath)",
                    "CN=Person 3,\(stage.managedPath)",
                ])
            try await stage.check(.import).ended(with: 0)

            let next = UserFile.document(
                [
                    UserFile.record(1, ["department": "Safety", "cn": "Person One"]),
                    UserFile.record(2, ["department": "Operations"]),
                    UserFile.record(3, ["department": "Safety"]),
                ], sequence: 2)
            let rehearsal = try await stage.importing(next, "--dry-run").ended(with: 0)
            #expect(try rehearsal.summary["planned"].elements.count { $0["operation"] == "move" } == 3)
            let run = try await stage.import().ended(with: 0)
            #expect(try Set(run.summary["moved"].strings) == ["Person One", "Person 2", "Person 3"])
            #expect(
                try await stage.managedUsers().map(\.dn).sorted() == [
                    "CN=Person 2,OU=Operations,\(stage.managedPath)", "CN=Person 3,OU=Safety,\(stage.managedPath)",
                    "CN=Person One,OU=Safety,\(stage.managedPath)",
                ])
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
            let id = try #require(try run.summary["run"]["id"].string)
            let undone = try await UndoStage(stage).undo(id, "--yes").ended(with: 0).summary
            #expect(undone["undo"]["left_alone"] == [])
            #expect(try await stage.managedUsers().map(\.dn).sorted() == before)
        }

        @Test(
            "A name that the rules give to two is neither's: both are told, by check and import, and the others arrive")
        func collision() async throws {
            var stage = try await stage()
            stage.import["attribute_map"] = ["sAMAccountName": ["template": "e2e-{department|lower}"]]
            let people = UserFile.document([
                UserFile.record(1), UserFile.record(2), UserFile.record(3, ["department": "Safety"]),
            ])
            let sentence =
                #"attribute_map gives "e2e-operations" to 2 people: Person 1 (record 1), Person 2 (record 2)"#
            try stage.folder.write(try people.bytes, to: "users.json")
            let check = try await stage.check(.import)
            #expect(check.status != 0)
            #expect(
                try check.summary["findings"].elements.count { $0["detail"].string?.contains(sentence) == true } == 2)
            let run = try await stage.importing(people).ended(with: 1)
            #expect(try run.summary["created"] == ["Person 3"])
            let failures = try run.summary["failed"].elements
            #expect(failures.map { $0["user"] } == ["Person 1", "Person 2"])
            #expect(failures.allSatisfy { $0["field"] == "sAMAccountName" && $0["reason"].string == sentence })
            #expect(try await stage.managedUsers().map { $0.first("sAMAccountName") } == ["e2e-safety"])
        }

        @Test(
            "A fault in the rules is told by check and import, with the status of the configuration or the file, before any write",
            arguments: [
                (
                    "attribute_map", ["info": ["template": "{departmnt}"]], 65,
                    "attribute_map.info: the file does not carry departmnt"
                ),
                ("attribute_map", ["info": ["template": "{department"]], 78, "a } that ends the place begun by {"),
                (
                    "attribute_map", ["userAccountControl": ["constant": "512"]], 78,
                    "attribute_map.userAccountControl: "
                ),
                ("attribute_map", ["adminDescription": "department"], 78, "attribute_map.adminDescription: "),
                ("ou_map", [["ou": "OU=Nowhere"]], 78, "ou_map"),
                (
                    "ou_map", [["filter": "(departmnt=x)", "ou": "OU=Safety"]], 65,
                    "ou_map[0].filter: the file does not carry departmnt"
                ),
                ("upn_suffix", "plant", 78, "a DNS name with a dot"),
            ] as [(String, JSON, Int32, String)])
        func faults(key: String, value: JSON, status: Int32, sentence: String) async throws {
            var stage = try await stage()
            let people = UserFile.document([UserFile.record(1)])
            try await stage.importing(people).ended(with: 0)
            stage.import[key] = value
            try await stage.writesNothing {
                try await stage.importing(people).ended(with: status, saying: sentence)
                try await stage.check(.import).ended(with: status, saying: sentence)
            }
        }

        @Test("At a terminal, the report counts and names who was moved")
        func movedAtATerminal() async throws {
            let stage = try await stage()
            try await stage.importing(UserFile.document([UserFile.record(1)])).ended(with: 0)
            let next = UserFile.document([UserFile.record(1, ["department": "Safety"])], sequence: 2)
            try stage.folder.write(try next.bytes, to: "users.json")
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            let (run, _) = try await PseudoTerminal().run(["import", "--no-interaction"], in: stage.folder)
            run.ended(with: 0, saying: "moved ", "Moved", "Person 1")
        }

        @Test("An export of managers without anchors is refused: whose names would they be?")
        func managersNeedAnchors() async throws {
            var stage = try await Stage()
            stage.export["attributes"] = ["manager"]
            stage.export["anchor"] = false
            try await stage.export().ended(with: 78, saying: "manager")
        }
    }
}
