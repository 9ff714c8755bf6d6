import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// Files and configurations of UserSync 1.0, which ran on Windows.
    @Suite struct UserSync {
        @Test("A UserSync configuration works once it is told server, bind and tls")
        func configuration() async throws {
            var stage = try await Stage()
            let ours = (stage.export, stage.import)
            stage.export = [
                "export_file": "users.json", "user_path": ours.0["user_path"], "group_path": ours.0["group_path"],
                "search_groups": ["CN=Operators", "CN=Engineers"], "attributes": ["givenName", "sn", "mail"],
                "hmac": .text(Stage.key),
            ]
            stage.import = [
                "input_file": "users.json", "managed_user_path": ours.1["managed_user_path"],
                "group_path": ours.1["group_path"],
                "group_map": ["CN=Operators": "CN=Plant Operators", "CN=Engineers": "CN=Plant Admins"],
                "restricted_groups": ["CN=Plant Admins"], "prefix_common_names": "PLANT ", "expiration_time": "P1M1D",
                "users_can_not_change_password": true, "users_must_change_password": false,
                "resolutions_file": "resolutions.json", "hmac": .text(Stage.key), "log_file": "import.log",
                "log_level": "DEBUG", "log_max_bytes": 1_000_000, "log_backup_count": 3, "log_windows": false,
                "port": 8080, "heartbeat_interval": 5, "terminate_on_browser_close": true, "password_word_count": 4,
                "password_suffix": "1!",
            ]
            for key in ["server", "bind", "tls"] {
                stage.export[key] = ours.0[key]
                stage.import[key] = ours.1[key]
            }
            let run = try await stage.carryAcross()
            #expect(try Set(run.summary["created"].strings) == Set(Crew.four.map { "PLANT \($0.cn)" }))
            #expect(try await stage.managed("e2e-jdoe").first("cn") == "PLANT Jane Doe")
            #expect(try run.pending("join").map { $0["user"] } == ["PLANT Jürgen Köhler"])
            #expect(stage.folder.exists("import.log"))
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        static let body = """
            {
                "timestamp": "\(UserFile.now)",
                "users": [
                    {
                        "sAMAccountName": "e2e-jkoehler",
                        "cn": "Jürgen Köhler – Süd",
                        "disabled": false,
                        "accountExpires": null,
                        "memberOf": ["CN=Operators"],
                        "department": "Prüfstände"
                    }
                ]
            }
            """

        enum Spelling: String, CaseIterable {
            case utf8, utf8WithCRLF, windows1252, windows1252WithCRLF

            func octets(_ text: String) throws -> [UInt8] {
                let lines = rawValue.hasSuffix("CRLF") ? text.replacingOccurrences(of: "\n", with: "\r\n") : text
                let encoding: String.Encoding = rawValue.hasPrefix("windows") ? .windowsCP1252 : .utf8
                return Array(try #require(lines.data(using: encoding)))
            }
        }

        @Test(
            "A file that UserSync signed is verified and read, whatever Windows made of it",
            arguments: Spelling.allCases)
        func signedFile(_ spelling: Spelling) async throws {
            let stage = try await Stage([])
            // The MAC is that of the text with LF, as UTF-8.
            let trailer = try await UserFile.hmac(of: Array(Self.body.utf8))
            try stage.folder.write(try spelling.octets(Self.body + "\n" + trailer), to: "users.json")
            let run = try await stage.import("--hmac", Stage.key).ended(
                with: 0, saying: "does not state that it is complete")
            #expect(try run.summary["created"] == ["Jürgen Köhler – Süd"])
            let user = try await stage.managed("e2e-jkoehler")
            #expect(user.first("cn") == "Jürgen Köhler – Süd")
            #expect(user.first("department") == "Prüfstände")
            #expect(user.first("adminDescription") == nil)
            #expect(try await stage.groups(of: "e2e-jkoehler") == ["Plant Operators", "Everyone Managed"])
            try await stage.writesNothing { try await stage.import("--hmac", Stage.key).ended(with: 0) }
        }

        @Test("Who came with UserSync is adopted by the first file that carries anchors")
        func adoption() async throws {
            let stage = try await Stage()
            try await stage.export().ended(with: 0)
            var file = try JSON(parsing: stage.folder.read("users.json"))
            var old = file["users"]
            for index in old.elements.indices {
                guard case .object(var record) = old[index] else { continue }
                record["objectGUID"] = nil
                old[index] = .object(record)
            }
            try await stage.importing(["timestamp": file["timestamp"], "users": old]).ended(with: 0)
            let before = try await stage.managed("e2e-jdoe")
            #expect(before.first("adminDescription") == nil)

            file["sequence"] = 2
            let run = try await stage.importing(file).ended(with: 0)
            #expect(try run.summary["created"] == [])
            #expect(try Set(run.summary["updated"].strings) == Set(Crew.four.map(\.cn)))
            let after = try await stage.managed("e2e-jdoe")
            #expect(after.guid() == before.guid())
            #expect(after.first("adminDescription")?.hasPrefix("ad-user-sync:") == true)

            // From now on a file without anchors is a step back that somebody has to want.
            try await stage.writesNothing {
                try await stage.importing(["timestamp": file["timestamp"], "users": old])
                    .ended(with: 65, saying: "--accept-unanchored")
            }
        }

        @Test("An export without anchors has nothing in it that UserSync's reader does not know")
        func withoutAnchors() async throws {
            var stage = try await Stage([.jane])
            stage.export["anchor"] = false
            try await stage.export().ended(with: 0)
            let file = try JSON(parsing: stage.folder.read("users.json"))
            let known: Set = ["sAMAccountName", "cn", "disabled", "accountExpires", "memberOf"]
            let attributes = Set(stage.export["attributes"].strings)
            #expect(file["users"][0].keys == known.union(attributes))
            #expect(file["source"] == nil)
        }
    }
}
