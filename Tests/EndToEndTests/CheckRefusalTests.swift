import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// What an import refuses before it writes, `check import` finds beforehand: the same words, the same status.
    @Suite struct CheckRefusal {
        /// Neither the check nor the import writes anything.
        private func refuses(
            _ stage: Stage, with status: Int32, saying words: String, about subject: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let before = try stage.files()
            try await stage.writesNothing(sourceLocation: sourceLocation) {
                let check = try await stage.check(.import)
                    .ended(with: status, saying: words, sourceLocation: sourceLocation)
                let faults = try check.summary["findings"].elements.filter { $0["verdict"].string == "fault" }
                #expect(faults.map { $0["subject"].string } == [subject], sourceLocation: sourceLocation)
                #expect(try stage.files() == before, sourceLocation: sourceLocation)
                try await stage.import().ended(with: status, saying: words, sourceLocation: sourceLocation)
            }
        }

        @Test("A file of another source domain: by what is remembered, and by the anchors where that is lost")
        func otherSource() async throws {
            let stage = try await Stage([])
            try await stage.importing(UserFile.document([UserFile.record(1)])).ended(with: 0)
            let other = UserFile.document(
                [UserFile.record(2)], sequence: 2,
                ["source": ["domain": "other.test", "domain_guid": .text(TwoSources.plantGUID), "server": "dc"]])
            try stage.folder.write(try other.bytes, to: "users.json")
            try await refuses(stage, with: 65, saying: "this container was filled from the domain", about: "input_file")
            try stage.folder.remove("state")
            try await refuses(
                stage, with: 65, saying: "the managed container belongs to the domain \(UserFile.domainGUID)",
                about: "input_file")
        }

        @Test("A file without anchors over users who have some")
        func unanchored() async throws {
            var stage = try await Stage([.jane, .conan])
            try await stage.carryAcross()
            stage.export["anchor"] = false
            try await stage.export().ended(with: 0)
            try await refuses(
                stage, with: 65, saying: "the file carries no anchors, but 2 users of the managed container do",
                about: "input_file")
        }

        @Test("Users that were made with a prefix which the configuration does not have")
        func missingPrefix() async throws {
            var stage = try await Stage([.jane, .conan])
            stage.import["prefix_common_names"] = "EXT "
            stage.import["anchor_attribute"] = .null
            try await stage.carryAcross()
            stage.import.remove("prefix_common_names")
            stage.import.remove("anchor_attribute")
            try await refuses(
                stage, with: 78, saying: "the configuration has no such prefix", about: "prefix_common_names")
        }

        @Test("A file of tomorrow, and one that is older than the last one")
        func time() async throws {
            let stage = try await Stage([])
            let file = UserFile.document([UserFile.record(1)], sequence: 7)
            let tomorrow = Date.now.addingTimeInterval(2 * 86_400).formatted(.iso8601).dropLast()
            var early = file
            early["timestamp"] = .text(String(tomorrow))
            try stage.folder.write(try early.bytes, to: "users.json")
            try await refuses(stage, with: 75, saying: "which is more than a day ahead of", about: "input_file")
            try await stage.importing(file).ended(with: 0)
            try stage.folder.write(
                try UserFile.document([UserFile.record(1)], sequence: 6).bytes, to: "users.json")
            try await refuses(stage, with: 75, saying: "its sequence is 6, the last was 7", about: "input_file")
        }

        @Test("A damaged state is found with no user file at hand, too")
        func damagedState() async throws {
            let stage = try await Stage([.jane])
            try await stage.carryAcross()
            let guid = try #require(try await stage.target.entry(stage.managedPath)?.guid())
            try stage.folder.write("{", to: "state/import/\(guid)/import-state.json")
            try await refuses(stage, with: 65, saying: "import-state.json cannot be understood", about: "state_folder")
            try stage.folder.remove("users.json")
            try await stage.check(.import).ended(with: 65, saying: "import-state.json cannot be understood")
        }

        @Test("A log file that cannot be written, of either side")
        func logFile() async throws {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            stage.import["log_file"] = "nowhere/import.log"
            try await stage.check(.import).ended(with: 73, saying: "nowhere/import.log")
            try await stage.import().ended(with: 73, saying: "nowhere/import.log")
            stage.import["log_file"] = "import.log"
            try await stage.check(.import).ended(with: 0)
            #expect(!stage.folder.exists("import.log"))
            stage.export["log_file"] = "state"
            try await stage.check(.export).ended(with: 73, saying: "state cannot be opened")
        }

        @Test("Where an import holds something back, that is a remark; lost state is another")
        func remarks() async throws {
            let stage = try await Stage([])
            try await stage.importing(UserFile.document([UserFile.record(1)])).ended(with: 0)
            #expect(try await remarks(stage).isEmpty)
            try stage.folder.write(try UserFile.document([], sequence: 2).bytes, to: "users.json")
            #expect(
                try await remarks(stage) == [
                    "an import would hold something back and end with 3: the file has no users: nobody is deactivated"
                ])
            try await stage.import().ended(with: 3)
            try stage.folder.remove("state")
            let lost = try await remarks(stage)
            #expect(lost.count == 2)
            #expect(lost.first?.contains("no state of an earlier import") == true)
        }

        /// Besides those on the missing key and on rights.
        private func remarks(_ stage: Stage) async throws -> [String] {
            try await stage.check(.import).ended(with: 0).summary["findings"].elements
                .filter { $0["verdict"].string == "note" && $0["section"].string == "domain" }
                .compactMap { $0["detail"].string }
                .filter { !$0.contains("leads to power over the domain") }
        }
    }
}

extension Stage {
    /// Everything a command could have written, but the configurations that the test itself writes before each, and what its
    /// hook does.
    func files() throws -> [String: String] {
        var isFolder: ObjCBool = false
        return try folder.fingerprint().filter { name, _ in
            let isThere = FileManager.default.fileExists(atPath: folder.path(name), isDirectory: &isFolder)
            return isThere && !isFolder.boolValue && !name.hasSuffix("-config.json") && !name.hasSuffix("/lock")
                && name != "told"
        }
    }
}
