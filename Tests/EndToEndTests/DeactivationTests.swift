import LabSupport
import Testing

extension EndToEnd {
    /// What keeps a broken file from locking everybody out.
    @Suite struct Deactivation {
        /// Five people at work, of whom the file that follows names but two.
        private func stage() async throws -> Stage {
            var stage = try await Stage([])
            stage.import["deactivation_limit"] = ["percent": 20, "count": 2]
            try await stage.importing(UserFile.document((1...5).map { UserFile.record($0) })).ended(with: 0)
            try await stage.target.apply(
                try await stage.managedUsers().map { .replace($0.dn, "userAccountControl", "512") })
            return stage
        }

        private func active(_ stage: Stage) async throws -> Int {
            try await stage.managedUsers().count { $0.first("userAccountControl") == "512" }
        }

        private static let two = UserFile.document([UserFile.record(1), UserFile.record(2)], sequence: 2)

        @Test("More than the limit: status 3, nobody is disabled, one decision waits; yes lets them go")
        func limit() async throws {
            let stage = try await stage()
            let run = try await stage.importing(Self.two).ended(with: 3, saying: "deactivation_limit")
            #expect(try run.summary["disabled"] == [])
            #expect(try await active(stage) == 5)
            let decisions = try run.pending("disable")
            #expect(decisions.count == 1)
            #expect(decisions.first?["members"].elements.count == 3)

            try await stage.import().ended(with: 3)
            #expect(try await active(stage) == 5)
            try stage.answer { $0["type"] == "disable" ? ["accept": true] : nil }
            let released = try await stage.import().ended(with: 0)
            #expect(try Set(released.summary["disabled"].strings) == ["Person 3", "Person 4", "Person 5"])
            #expect(try await active(stage) == 2)
            #expect(try !stage.resolutions.contains { $0["type"] == "disable" })
            try await stage.writesNothing { try await stage.import().ended(with: 0) }
        }

        @Test("No keeps them all; the brake does not ask again")
        func refused() async throws {
            let stage = try await stage()
            try await stage.importing(Self.two).ended(with: 3)
            try stage.answer { $0["type"] == "disable" ? ["accept": false] : nil }
            try await stage.import().ended(with: 0)
            #expect(try await active(stage) == 5)
        }

        @Test("A yes covers those it was given for; of those who go missing later too many are asked about anew")
        func coverage() async throws {
            let stage = try await stage()
            try await stage.importing(Self.two).ended(with: 3)
            try stage.answer { entry in
                entry["type"] == "disable"
                    ? ["accept": true, "members": .array(Array(entry["members"].elements.prefix(1)))] : nil
            }
            let later = UserFile.document([UserFile.record(1)], sequence: 3)
            let run = try await stage.importing(later).ended(with: 3)
            #expect(try run.summary["disabled"].elements.count == 1)
            #expect(try run.pending("disable").first?["members"].elements.count == 3)
            #expect(try await active(stage) == 4)
        }

        @Test("By command: a pattern does not take the decision, its id does")
        func command() async throws {
            let stage = try await stage()
            try await stage.importing(Self.two).ended(with: 3)
            try await stage.resolutions(["accept", "--kind", "disable"]).ended(
                with: 64, saying: "a decision about many is answered by its id")
            let decision = try #require(try stage.resolutions.first { $0["type"] == "disable" }?["id"].string)
            try await stage.resolutions(["accept", decision, "--apply"]).ended(with: 0)
            #expect(try await active(stage) == 2)
            try await stage.import().ended(with: 0)
        }

        @Test("A file without users deactivates nobody")
        func emptyFile() async throws {
            let stage = try await stage()
            try await stage.writesNothing {
                try await stage.importing(UserFile.document([], sequence: 2)).ended(with: 3)
            }
            #expect(try await active(stage) == 5)
        }

        @Test("Below the limit people go at once")
        func below() async throws {
            let stage = try await stage()
            let file = UserFile.document((1...4).map { UserFile.record($0) }, sequence: 2)
            let run = try await stage.importing(file).ended(with: 0)
            #expect(try run.summary["disabled"] == ["Person 5"])
        }

        @Test("A file that contradicts its own counts takes nothing from anybody")
        func contradiction() async throws {
            let stage = try await stage()
            var file = UserFile.document((1...4).map { UserFile.record($0) }, sequence: 2)
            file["completeness"]["users"] = 5
            let run = try await stage.importing(file).ended(with: 3)
            #expect(try run.summary["disabled"] == [])
            #expect(try await active(stage) == 5)
            let verified = try await Program.run(["verify", "users.json"], in: stage.folder).ended(with: 3)
            #expect(try verified.summary["complete"].string?.hasPrefix("contradicted: ") == true)
        }

        @Test("An account in the container that nobody knows is not disabled by itself: somebody is asked")
        func stranger() async throws {
            let stage = try await stage()
            try await stage.target.apply(
                .add(
                    "CN=Stranger,\(stage.managedPath)",
                    [
                        ("objectClass", ["user"]), ("sAMAccountName", ["e2e-stranger"]),
                        ("userAccountControl", ["512"]),
                    ]))
            let run = try await stage.import().ended(with: 0)
            #expect(try run.pending("disable").map { $0["user"] } == ["Stranger"])
            #expect(try await stage.managed("e2e-stranger").first("userAccountControl") == "512")
            try stage.answer("disable", of: "Stranger", with: ["accept": true])
            try await stage.import().ended(with: 0)
            #expect(try await stage.managed("e2e-stranger").first("userAccountControl") == "514")
        }
    }
}
