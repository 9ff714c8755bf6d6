import Directory
import DistinguishedNames
import Testing
import UserFile

@Suite("What a file says")
struct ContentTests {
    @Test(
        "The values of an attribute",
        arguments: [
            ("null", AttributeValues.none),
            (#""""#, .none),
            ("[]", .none),
            (#"[""]"#, .none),
            (#"{"base64": ""}"#, .none),
            (#""text""#, .one(.text("text"))),
            (#"["text"]"#, .one(.text("text"))),
            ("42", .one(.text("42"))),
            ("-7", .one(.text("-7"))),
            ("123456789012345678901234567890", .one(.text("123456789012345678901234567890"))),
            ("true", .one(.text("TRUE"))),
            ("false", .one(.text("FALSE"))),
            (#"{"base64": "AP8="}"#, .one(.binary([0, 0xFF]))),
            (#"["b", "a", "b", ""]"#, .many([.text("a"), .text("b")])),
            (#"["\u00e9", "e\u0301"]"#, .many([.text("é"), .text("e\u{301}")])),
            (#"[1, true, {"base64": "AP8="}]"#, .many([.text("1"), .text("TRUE"), .binary([0, 0xFF])])),
        ])
    func attribute(json: String, values: AttributeValues) throws {
        let user = try #require(try read(Fixture.file(Fixture.record(["description": json]))).population.users.first)
        #expect(user.attributes["description"] == values)
    }

    @Test func aRecordOfUserSyncIsReadWhole() throws {
        let text = Fixture.file(
            Fixture.record([
                "accountExpires": #""2027-01-01T00:00:00""#, "disabled": "true", "mail": #""jdoe@source.test""#,
                "memberOf": #"["CN=Operators", "cn=operators", "CN=Viewers"]"#,
            ]), header: #""timestamp": "2026-11-20T08:15:00.482913""#)
        let file = try read(text)
        let user = try #require(file.population.users.first)
        #expect(user.position == 1)
        #expect(user.accountName == "jdoe")
        #expect(user.commonName == "Jane Doe")
        #expect(user.isDisabled)
        #expect(user.expiry == .at(try #require(Timestamp(iso8601: "2027-01-01T00:00:00"))))
        #expect(user.groups.map(\.description) == ["CN=Operators", "CN=Viewers"])
        #expect(user.anchor == nil)
        #expect(user.attributes["mail"] == .one(.text("jdoe@source.test")))
        #expect(user.attributes.names == ["mail"])
        #expect(file.population.timestamp == Timestamp(iso8601: "2026-11-20T08:15:00.482913"))
        #expect(file.population.domain == nil)
        #expect(file.header.format == nil)
        #expect(file.completeness == .absent)
    }

    @Test func theHeaderMayStandBehindTheUsers() throws {
        let guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
        let text = """
            {"users": [\(Fixture.record(["objectGUID": "\"\(guid)\""]))],
             "source": {"server": "dc1", "domain": "source.test", "domain_guid": "\(Fixture.domain)"}}
            """
        let anchor = Anchor(domain: try Fixture.guid(Fixture.domain), user: try Fixture.guid(guid))
        #expect(try read(text).population.users.map(\.anchor) == [anchor])
    }

    @Test(
        "Whether a file is complete",
        arguments: [
            (nil, CompletenessVerdict.absent),
            (#""format": 1"#, .absent),
            (
                #""format": 2"#,
                .contradicted(reason: "a file of format 2 must say how many users it holds, and does not")
            ),
            (counts(users: 1, members: #""CN=Operators": 1, "CN=Viewers": 0"#), .consistent),
            (counts(users: 1, members: #""cn=OPERATORS": 1"#), .consistent),
            (counts(users: 1, members: "\"CN=Operators\": 1, \"CN=é\": 0, \"CN=e\u{301}\": 0"), .consistent),
            (
                counts(users: 2, members: #""CN=Operators": 1"#),
                .contradicted(reason: "the file says that it holds 2 users, and holds 1")
            ),
            (
                counts(users: 1, members: #""CN=Operators": 2"#),
                .contradicted(reason: #"the file states 2 for the members of "CN=Operators", and names 1"#)
            ),
            (
                counts(users: 1, members: ""),
                .contradicted(reason: #"the file names "CN=Operators" without saying how many members it has"#)
            ),
        ])
    func completeness(header: String?, verdict: CompletenessVerdict) throws {
        #expect(try read(Fixture.file(Fixture.record(), header: header)).completeness == verdict)
    }

    private static func counts(users: Int, members: String) -> String {
        #""format": 2, "completeness": {"users": \#(users), "members": {\#(members)}, "highest_committed_usn": 5}"#
    }

    private static let whole = [
        "users": "1", "units": #"{".": 0, "OU=Plant": 1}"#, "members": #"{"CN=Operators": 1}"#, "pages": "1",
        "server": #""dc1""#, "highest_committed_usn": "5", "previous": previous(),
    ]

    private static func previous(id: String = "e-6", sequence: Int = 6, users: Int = 9, disabled: Int = 2) -> String {
        #"{"export_id": "\#(id)", "sequence": \#(sequence), "timestamp": "2026-11-20T08:15:00", "#
            + #""users": \#(users), "disabled": \#(disabled)}"#
    }

    @Test(
        "All that can be held against the content or the rest of the header is",
        arguments: [
            ([:], nil), (["units": "{}"], "the units of the file have 0 users between them, and it holds 1"),
            (["units": #"{"OU=Plant": 2}"#], "the units of the file have 2 users between them, and it holds 1"),
            (
                ["units": #"{"OU=A": 9223372036854775807, "OU=B": 2}"#],
                "the units of the file have 9223372036854775807 users between them, and it holds 1"
            ),
            (["pages": "0"], "the file says that it was read in no page at all"),
            (["server": #""dc2""#], #"the file says that "dc2" was read, and comes from "dc1""#),
            (["previous": previous(sequence: 7)], "the export before has the sequence 7, and this one 7"),
            (["previous": previous(id: "e-7")], "the export before has the id of this one"),
            (
                ["previous": previous(users: 9, disabled: 10)],
                "the export before has 9 users, and more of them disabled"
            ),
            // Older files of format 2 have none of these.
            (["units": "null", "pages": "null", "server": "null", "previous": "null"], nil),
        ] as [([String: String], String?)])
    func wholeRecord(changes: [String: String], contradiction: String?) throws {
        let record = Self.whole.merging(changes) { $1 }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
        let header = """
            "format": 2, "export_id": "e-7", "sequence": 7,
            "source": {"server": "dc1", "domain": "source.test", "domain_guid": "\(Fixture.domain)"},
            "completeness": {\(record)}
            """
        let file = try read(Fixture.file(Fixture.record(), header: header))
        #expect(file.completeness == contradiction.map { .contradicted(reason: $0) } ?? .consistent)
        #expect((file.population.incompleteness == nil) == (contradiction == nil))
    }
}
