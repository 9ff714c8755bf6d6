import Directory
import DistinguishedNames
import Foundation
import Testing
import UserFile

@Suite("The written form")
struct WriterTests {
    private let anchor = "6f9619ff-8b86-d011-b42d-00c04fc964ff"

    @Test func isTheContractsDownToTheByte() throws {
        let header = UserFileHeader(
            timestamp: Timestamp(iso8601: "2026-11-20T08:15:00.482913"), exportID: "e-1", sequence: 7,
            source: try Fixture.source(),
            completeness: Completeness(
                users: 2, units: [.init(unit: ".", count: 1), .init(unit: "OU=Plant", count: 1)],
                members: [
                    .init(group: try DistinguishedName(parsing: "CN=Viewers"), count: 0),
                    .init(group: try DistinguishedName(parsing: "CN=Operators"), count: 1),
                ],
                pages: 1, server: "dc1.source.test",
                highestCommittedUSN: 9_007_199_254_740_993,
                previous: Completeness.Previous(
                    exportID: "e-0", sequence: 6, timestamp: Timestamp(unixSeconds: 1_800_000_000), users: 3,
                    disabled: 1)))
        let jane = SourceUser(
            position: 9, accountName: "jdoe", commonName: "Jane Doe", isDisabled: false, expiry: .never,
            groups: [try DistinguishedName(parsing: "CN=Operators")],
            anchor: Anchor(domain: try Fixture.guid(Fixture.domain), user: try Fixture.guid(anchor)),
            attributes: AttributeRow(
                names: ["mail", "thumbnailPhoto", "otherTelephone"],
                values: [
                    .one(.text("jdoe@source.test")), .one(.binary([0, 0xFF])), .many([.text("2"), .text("1")]),
                ]))
        let adam = SourceUser(
            position: 1, accountName: "Adam", commonName: "Adam", isDisabled: true,
            expiry: .at(Timestamp(unixSeconds: 1_800_000_000)), groups: [], anchor: nil, attributes: .empty)
        let document = UserFileDocument(
            header: header, users: [jane, adam],
            attributeNames: ["mail", "cn", "department", "thumbnailPhoto", "MAIL", "otherTelephone"])
        let expected = """
            {
                "timestamp": "2026-11-20T08:15:00.482913",
                "format": 2,
                "export_id": "e-1",
                "sequence": 7,
                "source": {
                    "domain": "source.test",
                    "domain_guid": "00000000-0000-0000-0000-000000000005",
                    "server": "dc1.source.test"
                },
                "completeness": {
                    "users": 2,
                    "units": {
                        ".": 1,
                        "OU=Plant": 1
                    },
                    "members": {
                        "CN=Operators": 1,
                        "CN=Viewers": 0
                    },
                    "pages": 1,
                    "server": "dc1.source.test",
                    "highest_committed_usn": 9007199254740993,
                    "previous": {
                        "export_id": "e-0",
                        "sequence": 6,
                        "timestamp": "2027-01-15T08:00:00",
                        "users": 3,
                        "disabled": 1
                    }
                },
                "users": [
                    {
                        "sAMAccountName": "Adam",
                        "cn": "Adam",
                        "disabled": true,
                        "accountExpires": "2027-01-15T08:00:00",
                        "memberOf": [],
                        "mail": null,
                        "department": null,
                        "thumbnailPhoto": null,
                        "otherTelephone": null
                    },
                    {
                        "sAMAccountName": "jdoe",
                        "cn": "Jane Doe",
                        "disabled": false,
                        "accountExpires": null,
                        "memberOf": ["CN=Operators"],
                        "objectGUID": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
                        "mail": "jdoe@source.test",
                        "department": null,
                        "thumbnailPhoto": {"base64": "AP8="},
                        "otherTelephone": ["1", "2"]
                    }
                ]
            }
            """
        let body = try UserFileWriter(key: nil).bytes(of: document)
        #expect(String(decoding: body, as: UTF8.self) == expected)

        let file = try read(body, key: nil)
        #expect(file.header == document.header)
        #expect(file.completeness == .consistent)
        #expect(file.population.users.map(\.anchor) == [nil, jane.anchor])
        #expect(file.population.users[1].attributes["thumbnailPhoto"] == .one(.binary([0, 0xFF])))
        #expect(file.population.users[1].attributes["OTHERTELEPHONE"] == .many([.text("1"), .text("2")]))
    }

    @Test func noUsersIsAnEmptyArray() throws {
        let document = UserFileDocument(
            header: UserFileHeader(
                timestamp: nil, format: nil, exportID: nil, sequence: nil, source: nil, completeness: nil),
            users: [], attributeNames: [])
        let body = try UserFileWriter(key: nil).bytes(of: document)
        #expect(String(decoding: body, as: UTF8.self) == "{\n    \"users\": []\n}")
        #expect(try read(body, key: nil).population.users.isEmpty)
    }

    @Test func theOrderDoesNotDependOnWhatTheDirectoryGaveFirst() throws {
        let users = try [
            Fixture.user("b", groups: ["CN=Z", "CN=A"]), Fixture.user("A"), Fixture.user("Jürgen"),
            Fixture.user("Ju\u{308}rgen"), Fixture.user("c", groups: ["CN=A", "CN=Z"]),
        ]
        let first = try UserFileWriter(key: nil).bytes(of: try Fixture.document(users))
        let second = try UserFileWriter(key: nil).bytes(of: try Fixture.document(users.reversed()))
        #expect(first == second)
        let names = try read(first, key: nil).population.users.map { Array($0.accountName.utf8) }
        #expect(names == ["A", "b", "c", "Ju\u{308}rgen", "Jürgen"].map { Array($0.utf8) })
    }

    @Test("However the records were divided among readers, the file is the same, and signed alike", arguments: 1...4)
    func parts(count: Int) throws {
        // More than one piece of text.
        let users = try (0..<3000).map {
            try Fixture.user("user\($0 % 2 == 0 ? $0 : 9000 - $0)", attributes: [("info", .one(.text(Self.paragraph)))])
        }
        let header = try Fixture.document([]).header
        var parts = (0..<count).map { _ in UserFileRecords(attributeNames: ["info"]) }
        for (index, user) in users.enumerated() { parts[index % count].append(user) }
        var records = UserFileRecords(attributeNames: ["info"])
        for part in parts { records.merge(part) }
        let writer = UserFileWriter(key: try Fixture.key())
        let file = try writer.bytes(of: UserFileDocument(header: header, records: records))
        #expect(file == (try writer.bytes(of: Fixture.document(users, attributes: ["info"]))))
        #expect(try read(file, key: Fixture.key()).population.users.count == users.count)
    }

    private static let paragraph = String(repeating: "A sentence of some length. ", count: 20)

    @Test(
        "Names come back byte by byte, and python3 reads the same",
        arguments: [
            "O'Brien", "Smith, John", "#1", "Jürgen", "Ju\u{308}rgen", "A*", "👩‍🔧 Ada", #"a "quoted" name"#,
            #"back\slash"#,
            "a/b", " outer spaces ", "</script>", "Ἀχιλλεύς", "李小龍", "x\u{2028}y", "null", "{\"base64\": \"\"}",
        ])
    func roundTrip(name: String) throws {
        let group = DistinguishedName([.commonName(name)])
        let user = SourceUser(
            position: 1, accountName: name, commonName: name, isDisabled: false, expiry: .never, groups: [group],
            anchor: nil,
            attributes: AttributeRow(names: ["displayName"], values: [.one(.text(name))]))
        let body = try UserFileWriter(key: nil).bytes(of: try Fixture.document([user], attributes: ["displayName"]))

        let copy = try #require(try read(body, key: nil).population.users.first)
        #expect(copy.accountName.utf8.elementsEqual(name.utf8))
        #expect(copy.commonName.utf8.elementsEqual(name.utf8))
        #expect(copy.groups.first?.leaf?.value.utf8.elementsEqual(name.utf8) == true)
        #expect(copy.attributes["displayName"] == .one(.text(name)))

        let script = "import json, sys; sys.stdout.buffer.write(json.load(sys.stdin.buffer)['users'][0]['cn'].encode())"
        #expect(try run(["python3", "-c", script], input: body) == Array(name.utf8))
    }

    @Test func controlCharactersOfAValueAreEscaped() throws {
        let text = "line\r\nbreak\ttab\u{0}\u{1F}\u{7F}"
        let user = try Fixture.user("jdoe", attributes: [("info", .one(.text(text)))])
        let body = try UserFileWriter(key: nil).bytes(of: try Fixture.document([user], attributes: ["info"]))
        #expect(String(decoding: body, as: UTF8.self).contains(#""line\r\nbreak\ttab\u0000\u001f"#))
        #expect(try read(body, key: nil).population.users.first?.attributes["info"] == .one(.text(text)))
    }

    @Test func aFileIsWrittenForItsOwnerOnly() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("users.json")
        let writer = UserFileWriter(key: try Fixture.key())
        let document = try Fixture.document([try Fixture.user("jdoe")])
        try writer.write(document, to: path)
        #expect([UInt8](try Data(contentsOf: URL(filePath: path))) == (try writer.bytes(of: document)))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let file = try UserFileReader(key: try Fixture.key(), allowedAttributes: .standard).read(path: path)
        #expect(file.population.users.count == 1)
    }
}
