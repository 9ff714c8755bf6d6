import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// Files that are refused as a whole: a clear error, a status, no write.
    @Suite struct Refusal {
        /// A stage on which people have arrived before, so that there is something to lose, and a newer file waits.
        private static func prepared() async throws -> Stage {
            var stage = try await Stage([.jane, .conan])
            stage.export["hmac"] = .text(Stage.key)
            stage.import["hmac"] = .text(Stage.key)
            try await stage.carryAcross()
            try await stage.export().ended(with: 0)
            try stage.folder.write(try stage.folder.read("users.json"), to: "good.json")
            return stage
        }

        /// One for all of these tests: what is refused leaves no trace.
        private static let shared = Task { try await prepared() }

        private func stage() async throws -> Stage {
            let stage = try await Self.shared.value
            try stage.folder.write(try stage.folder.read("good.json"), to: "users.json")
            return stage
        }

        private func refuses(_ stage: Stage, with status: Int32, saying words: String...) async throws {
            let state = try TemporaryFolder.fingerprint(of: stage.folder, except: ["users.json"])
            try await stage.writesNothing {
                let run = try await stage.import().ended(with: status)
                #expect(run.output.isEmpty)
                for word in ["users.json"] + words {
                    #expect(run.log.contains(word), "\(run.log) does not say \(word)")
                }
            }
            #expect(try TemporaryFolder.fingerprint(of: stage.folder, except: ["users.json"]) == state)
        }

        @Test("A wrong key")
        func wrongKey() async throws {
            var stage = try await stage()
            stage.import["hmac"] = "00112233445566778899aabbccddeeff"
            try await refuses(stage, with: 65, saying: "HMAC does not match")
        }

        @Test("One changed byte of the body")
        func changedByte() async throws {
            let stage = try await stage()
            var file = try stage.folder.read("users.json")
            let place = try #require(file.firstIndex(of: UInt8(ascii: "J")))
            file[place] = UInt8(ascii: "K")
            try stage.folder.write(file, to: "users.json")
            try await refuses(stage, with: 65, saying: "HMAC does not match")
        }

        @Test("No trailer where a key is configured")
        func missingTrailer() async throws {
            let stage = try await stage()
            try stage.folder.write(UserFile.parts(of: try stage.folder.read("users.json")).body, to: "users.json")
            try await refuses(stage, with: 65, saying: "trailer")
        }

        @Test("A trailer where no key is configured: the operator is told to pass it")
        func missingKey() async throws {
            var stage = try await stage()
            stage.import["hmac"] = nil
            try await refuses(stage, with: 65, saying: "--hmac-file")
        }

        @Test(
            "A signed file that was cut off: at the start, in a record, before, in and at the end of the trailer",
            arguments: [1, 2, 100, 500, -66, -65, -64, -63, -32, -2, -1])
        func truncated(_ offset: Int) async throws {
            let stage = try await stage()
            let file = try stage.folder.read("users.json")
            try stage.folder.write(
                Array(offset > 0 ? file[..<offset] : file[..<(file.count + offset)]), to: "users.json")
            try await refuses(stage, with: 65)
        }

        @Test("An empty file, and one of white space", arguments: ["", "\n", "  \r\n"])
        func empty(_ content: String) async throws {
            let stage = try await stage()
            try stage.folder.write(content, to: "users.json")
            try await refuses(stage, with: 66, saying: "empty")
        }

        @Test("No file at all")
        func missing() async throws {
            let stage = try await stage()
            try stage.folder.remove("users.json")
            try await refuses(stage, with: 66, saying: "no such file")
        }

        static let documents: [(what: String, document: String, words: [String])] = [
            ("no object", "[]", []),
            ("no users", #"{"timestamp": "2026-11-20T08:15:00"}"#, ["users"]),
            ("users are no list", #"{"users": {}}"#, ["users"]),
            ("a record is no object", #"{"users": [1]}"#, ["record 1"]),
            ("cut off", #"{"users": ["#, ["line 1"]),
            ("two documents", #"{"users": []} {"users": []}"#, ["line 1"]),
            ("a key twice", #"{"users": [], "users": []}"#, ["users"]),
            ("nothing but words", "hello", ["JSON"]),
        ]

        @Test("JSON of the wrong shape", arguments: documents.indices)
        func wrongShape(_ index: Int) async throws {
            let stage = try await stage()
            let (_, document, words) = Self.documents[index]
            try stage.folder.write(try await UserFile.signed(Array(document.utf8)), to: "users.json")
            try await refuses(stage, with: 65, saying: words.first ?? "users.json")
        }

        static let records: [(what: String, change: [String: JSON], words: [String])] = [
            ("a number for the account name", ["sAMAccountName": 7], ["record 2", "sAMAccountName"]),
            ("a text for disabled", ["disabled": "false"], ["record 2", "disabled"]),
            ("a time that is none", ["accountExpires": "tomorrow"], ["record 2", "accountExpires"]),
            ("a text for memberOf", ["memberOf": "CN=Operators"], ["record 2", "memberOf"]),
            ("a group that is no name", ["memberOf": ["Operators"]], ["record 2", "memberOf"]),
            ("a control character", ["cn": "Person\u{0} 2"], ["record 2", "cn"]),
            ("a line end in a name", ["cn": "Person\n2"], ["record 2", "cn"]),
            ("an empty account name", ["sAMAccountName": ""], ["record 2", "sAMAccountName"]),
            ("an anchor that is none", ["objectGUID": "me"], ["record 2", "objectGUID"]),
            ("the same account name", ["sAMAccountName": "E2E-P1"], ["record 2", "sAMAccountName", "record 1"]),
            ("the same anchor", ["objectGUID": UserFile.record(1)["objectGUID"]], ["objectGUID"]),
            ("power over the account", ["userAccountControl": 66048], ["record 2", "userAccountControl"]),
            ("a service name", ["servicePrincipalName": "HTTP/x"], ["record 2", "servicePrincipalName"]),
            ("a password", ["unicodePwd": "Secret-Word-1"], ["record 2", "unicodePwd"]),
            ("somebody else's anchor", ["adminDescription": "ad-user-sync:x"], ["record 2", "adminDescription"]),
            ("members", ["member": "CN=x"], ["record 2", "member"]),
            ("an attribute nobody allowed", ["extraAttribute": "x"], ["record 2", "extraAttribute"]),
            ("the same in other letters", ["USERACCOUNTCONTROL": 512], ["record 2", "USERACCOUNTCONTROL"]),
            ("an option on an attribute", ["description;lang-de": "x"], ["record 2", "description;lang-de"]),
        ]

        @Test("A record that makes the whole file suspect", arguments: records.indices)
        func hostileRecord(_ index: Int) async throws {
            let stage = try await stage()
            let (_, change, words) = Self.records[index]
            let file = UserFile.document([UserFile.record(1), UserFile.record(2, change)], sequence: 9)
            try stage.folder.write(try await UserFile.signed(try file.bytes), to: "users.json")
            let run = try await stage.import()
            for word in words { run.ended(with: 65, saying: word) }
            try await refuses(stage, with: 65)
            #expect(!run.log.contains("Secret-Word-1"))
        }

        @Test(
            "A required key that is missing",
            arguments: ["sAMAccountName", "cn", "disabled", "accountExpires", "memberOf"])
        func missingKey(_ key: String) async throws {
            let stage = try await stage()
            guard case .object(var record) = UserFile.record(1) else { return }
            record[key] = nil
            let file = UserFile.document([.object(record)], sequence: 9)
            try stage.folder.write(try await UserFile.signed(try file.bytes), to: "users.json")
            try await refuses(stage, with: 65, saying: "record 1", key)
        }

        @Test("A file of another source than the container's")
        func otherSource() async throws {
            let stage = try await Self.prepared()
            let file = UserFile.document([UserFile.record(1)], sequence: 99)
            try stage.folder.write(try await UserFile.signed(try file.bytes), to: "users.json")
            try await refuses(stage, with: 65, saying: "crafted.test")
            // Nor when what was remembered is lost: the anchors in the container tell.
            try stage.folder.remove("state")
            try await stage.writesNothing { try await stage.import().ended(with: 65, saying: "domain") }
        }

        @Test("An attribute that allowed_attributes adds is taken; one that gives power cannot be added")
        func allowedAttributes() async throws {
            var stage = try await Stage([])
            let file = UserFile.document([
                UserFile.record(1, ["msDS-cloudExtensionAttribute1": "x", "proxyAddresses": "smtp:p1"])
            ])
            try await stage.importing(file).ended(with: 65, saying: "proxyAddresses")
            stage.import["allowed_attributes"] = ["proxyAddresses"]
            try await stage.importing(file).ended(with: 0)
            #expect(try await stage.managed("e2e-p1").first("proxyAddresses") == "smtp:p1")
            stage.import["allowed_attributes"] = ["userAccountControl"]
            try await stage.importing(file).ended(with: 78, saying: "userAccountControl", "allowed_attributes")
        }

        @Test("The resolutions file is broken: nothing is imported, and nothing of it is lost")
        func brokenResolutions() async throws {
            let stage = try await Self.prepared()
            let broken =
                #"{"resolutions": [{"type": "enable", "user": "Jane Doe", "accept": "yes", "password": "Pass-Word-9"}]}"#
            try stage.folder.write(broken, to: "resolutions.json")
            try await stage.writesNothing {
                let run = try await stage.import().ended(with: 65, saying: "resolutions.json", "accept")
                #expect(!run.log.contains("Pass-Word-9"))
            }
            #expect(try stage.folder.text("resolutions.json") == broken)
        }
    }
}

extension TemporaryFolder {
    fileprivate static func fingerprint(
        of folder: TemporaryFolder, except names: Set<String>
    ) throws -> [String: String] {
        try folder.fingerprint().filter {
            !names.contains($0.key) && !$0.key.hasSuffix("-config.json") && !$0.key.hasSuffix("/lock")
        }
    }
}
