import Foundation
import LabSupport
import Testing

extension EndToEnd {
    @Suite struct RoundTrip {
        @Test("People arrive: disabled, anchored, with their attributes and groups; their enabling waits")
        func peopleArrive() async throws {
            let stage = try await Stage()
            let run = try await stage.carryAcross()
            let summary = try run.summary
            #expect(Set(summary["created"].strings) == Set(Crew.four.map(\.cn)))
            #expect(summary["failed"] == [])
            #expect(try run.pending("enable").count == 4)
            let jane = try await stage.managed("e2e-jdoe")
            #expect(jane.first("cn") == "Jane Doe")
            #expect(jane.first("givenName") == "Jane")
            #expect(jane.first("mail") == "jdoe@source.test")
            #expect(jane.first("userAccountControl") == "514")
            #expect(jane.first("userPrincipalName") == "e2e-jdoe@target.test")
            #expect(try await stage.groups(of: "e2e-jdoe") == ["Plant Operators", "Everyone Managed"])
            #expect(try await stage.groups(of: "e2e-jkoehler") == ["Plant Engineers", "Everyone Managed"])
            let atSource = try #require(try await stage.source.entry(Crew.jane.dn(below: stage.sourcePath)))
            let domain = try #require(try await stage.source.entry(stage.source.base))
            #expect(
                jane.first("adminDescription")
                    == "ad-user-sync:\(try #require(domain.guid())):\(try #require(atSource.guid()))")
        }

        enum KeyGiven: String, CaseIterable {
            case option = "--hmac"
            case file = "--hmac-file"
            case environment = "AD_USER_SYNC_HMAC"
            case configuration = "hmac"

            func prepare(_ stage: inout Stage) throws -> (arguments: [String], environment: [String: String]) {
                switch self {
                case .option: return (["--hmac", Stage.key], [:])
                case .file:
                    try stage.folder.write(Stage.key + "\n", to: "key")
                    return (["--hmac-file", "key"], [:])
                case .environment: return ([], ["AD_USER_SYNC_HMAC": Stage.key])
                case .configuration:
                    stage.export["hmac"] = .text(Stage.key)
                    stage.import["hmac"] = .text(Stage.key)
                    return ([], [:])
                }
            }
        }

        @Test(
            "A signed file crosses, however the key is given; openssl makes the same trailer",
            arguments: KeyGiven.allCases)
        func signed(_ given: KeyGiven) async throws {
            var stage = try await Stage([.jane])
            let (arguments, environment) = try given.prepare(&stage)
            try await stage.run(.export, arguments, environment).ended(with: 0)
            let (body, trailer) = UserFile.parts(of: try stage.folder.read("users.json"))
            #expect(try await UserFile.hmac(of: body) == trailer)
            let run = try await stage.run(.import, arguments, environment).ended(with: 0)
            #expect(!run.log.contains("NOT AUTHENTICATED"))
            #expect(try run.summary["created"] == ["Jane Doe"])
        }

        @Test("Without a key the file is pure JSON, and the import says loudly that nobody vouches for it")
        func unsigned() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let file = try JSON(parsing: stage.folder.read("users.json"))
            #expect(file["users"][0]["cn"] == "Jane Doe")
            #expect(try stage.folder.permissions("users.json") == 0o600)
            try await stage.import().ended(with: 0, saying: "NOT AUTHENTICATED")
        }

        @Test("A second import of the same file writes nothing and asks the same questions")
        func secondImport() async throws {
            let stage = try await Stage()
            let first = try await stage.carryAcross()
            let resolutions = try stage.folder.read("resolutions.json")
            try await stage.writesNothing {
                let second = try await stage.import().ended(with: 0)
                let summary = try second.summary
                for key in ["created", "updated", "renamed", "enabled", "disabled", "joined", "left", "failed"] {
                    #expect(summary[key] == [], "\(key)")
                }
                #expect(summary["unchanged"] == 4)
                // The reason alone is another: first new, then disabled and waiting.
                let key = { (action: JSON) in [action["id"], action["type"], action["user"], action["anchor"]] }
                let before = try first.summary["required_interactions"].elements
                #expect(summary["required_interactions"].elements.map(key) == before.map(key))
            }
            #expect(try stage.folder.read("resolutions.json") == resolutions)
        }

        @Test("A fresh export of an unchanged directory brings no write either")
        func secondRoundTrip() async throws {
            let stage = try await Stage()
            try await stage.carryAcross()
            try await stage.writesNothing { try await stage.carryAcross() }
        }

        @Test("Two exports of the same directory differ in the header only, and the sequence rises by one")
        func stableExport() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            let first = try JSON(parsing: stage.folder.read("users.json"))
            let firstBody = try stage.folder.text("users.json").components(after: "\"users\": [")
            try await stage.export().ended(with: 0)
            let second = try JSON(parsing: stage.folder.read("users.json"))
            #expect(try stage.folder.text("users.json").components(after: "\"users\": [") == firstBody)
            #expect(try #require(first["sequence"].number) + 1 == second["sequence"].number)
            #expect(first["export_id"] != second["export_id"])
        }

        @Test("Python's json reads our file once the trailer is off, and finds all that UserSync's reader needs")
        func python() async throws {
            let stage = try await Stage()
            try await stage.export("--hmac", Stage.key).ended(with: 0)
            let script = """
                import json, sys
                body, trailer = open(sys.argv[1], encoding="utf-8").read().rstrip("\\n").rsplit("\\n", 1)
                assert len(trailer) == 64, trailer
                for user in json.loads(body)["users"]:
                    assert isinstance(user["sAMAccountName"], str) and isinstance(user["cn"], str)
                    assert isinstance(user["disabled"], bool) and isinstance(user["memberOf"], list)
                    assert user["accountExpires"] is None or isinstance(user["accountExpires"], str)
                    assert "department" in user
                    print(user["cn"])
                """
            var process = Subprocess("/usr/bin/python3", ["-c", script, stage.folder.path("users.json")])
            process.environment = ["PYTHONIOENCODING": "utf-8"]
            let names = try await process.succeed().outputText.split(separator: "\n").map(String.init)
            #expect(Set(names) == Set(Crew.four.map(\.cn)))
        }

        @Test("The export goes to standard output when no file is configured, and then nothing else does")
        func standardOutput() async throws {
            var stage = try await Stage([.jane])
            stage.export["export_file"] = nil
            let run = try await stage.export().ended(with: 0)
            #expect(try JSON(parsing: run.output)["users"][0]["sAMAccountName"] == "e2e-jdoe")
        }
    }
}

extension String {
    /// What follows `marker`.
    fileprivate func components(after marker: String) throws -> Substring {
        let range = try #require(self.range(of: marker))
        return self[range.upperBound...]
    }
}
