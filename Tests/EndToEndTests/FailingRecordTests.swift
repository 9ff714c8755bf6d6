import LabSupport
import Testing

extension EndToEnd {
    /// One impossible record fails alone; everybody else arrives.
    @Suite struct FailingRecord {
        static let cases: [(field: String, value: JSON, reason: String)] = [
            // What the server says, in its own words.
            ("displayName", .text(String(repeating: "x", count: 257)), "displayName"),
            ("c", "Germany", "attribute 'c'"),
            ("telephoneNumber", .text(String(repeating: "1", count: 65)), "telephoneNumber"),
            // What we say before Samba lets it pass and Windows does not.
            ("sAMAccountName", "e2e-twentyone-letters", "the limit is 20"),
            ("sAMAccountName", "e2e-p3$", "computer"),
            ("sAMAccountName", "e2e[3]", "not allowed"),
            ("cn", .text(String(repeating: "n", count: 65)), "the limit is 64"),
        ]

        @Test("A newcomer with an impossible value", arguments: cases.indices)
        func newcomer(_ index: Int) async throws {
            let (field, value, reason) = Self.cases[index]
            let stage = try await Stage([])
            var people = (1...4).map { UserFile.record($0) }
            people[2][field] = value
            let run = try await stage.importing(UserFile.document(people)).ended(with: 1)
            let summary = try run.summary
            #expect(Set(summary["created"].strings) == ["Person 1", "Person 2", "Person 4"])
            let failures = summary["failed"].elements
            #expect(!failures.isEmpty)
            #expect(failures.contains { $0["reason"].string?.contains(reason) == true }, "\(summary["failed"])")
            #expect(Set(failures.compactMap { $0["user"].string }).count == 1)
            #expect(try await stage.managedUsers().count == 3)
            for account in ["e2e-p1", "e2e-p2", "e2e-p4"] {
                #expect(try await stage.groups(of: account) == ["Plant Operators", "Everyone Managed"])
            }
        }

        @Test("An existing user with an impossible value keeps the old ones and is not left half-changed")
        func existing() async throws {
            let stage = try await Stage([])
            var people = (1...3).map { UserFile.record($0) }
            try await stage.importing(UserFile.document(people)).ended(with: 0)
            people[1]["c"] = "Germany"
            people[1]["department"] = "Elsewhere"
            people[2]["department"] = "Engineering"
            let run = try await stage.importing(UserFile.document(people, sequence: 2)).ended(with: 1)
            #expect(try run.summary["updated"] == ["Person 3"])
            #expect(try await stage.managed("e2e-p2").first("department") == "Operations")
            #expect(try await stage.managed("e2e-p3").first("department") == "Engineering")
        }

        @Test("Of two records that want one cn, neither is preferred; both are asked about")
        func sameCommonName() async throws {
            let stage = try await Stage([])
            let people = [
                UserFile.record(1, ["cn": "Kim Lee"]), UserFile.record(2, ["cn": "KIM LEE"]), UserFile.record(3),
            ]
            let run = try await stage.importing(UserFile.document(people)).ended(with: 0)
            #expect(try run.summary["created"] == ["Person 3"])
            #expect(try run.pending("name").count == 2)
        }
    }
}
