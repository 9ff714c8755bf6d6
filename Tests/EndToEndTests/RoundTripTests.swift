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
    }
}
