import Directory
import Foundation
import Glibc
import Testing
import UserFile

@Suite("What a whole file is refused for")
struct RefusalTests {
    @Test(
        "A fault names its record, its field and what is wrong",
        arguments: [
            (Fixture.record(without: ["cn"]), "record 1 (jdoe): cn: the key is missing"),
            (Fixture.record(without: ["sAMAccountName"]), "record 1: sAMAccountName: the key is missing"),
            (Fixture.record(without: ["disabled"]), "record 1 (jdoe): disabled: the key is missing"),
            (Fixture.record(without: ["accountExpires"]), "record 1 (jdoe): accountExpires: the key is missing"),
            (Fixture.record(without: ["memberOf"]), "record 1 (jdoe): memberOf: the key is missing"),
            (Fixture.record(["disabled": "0"]), "record 1 (jdoe): disabled: true or false was expected, not 0"),
            (Fixture.record(["disabled": "null"]), "record 1 (jdoe): disabled: true or false was expected, not null"),
            (Fixture.record(["cn": "null"]), "record 1 (jdoe): cn: a string was expected, not null"),
            (Fixture.record(["cn": #""""#]), "record 1 (jdoe): cn: a name is empty"),
            (Fixture.record(["cn": #""  ""#]), "record 1 (jdoe): cn: a name is empty"),
            (Fixture.record(["sAMAccountName": "7"]), "record 1: sAMAccountName: a string was expected, not 7"),
            (
                Fixture.record(["cn": #""a\u0000b""#]),
                #"record 1 (jdoe): cn: "a\u{0}b" holds a control character (U+0)"#
            ),
            (
                Fixture.record(["cn": #""a\u0085b""#]),
                #"record 1 (jdoe): cn: "a\u{85}b" holds a control character (U+85)"#
            ),
            (
                Fixture.record(["sAMAccountName": #""a\nb""#]),
                #"record 1: sAMAccountName: "a\u{A}b" holds a control character (U+A)"#
            ),
            (
                Fixture.record(["userPrincipalName": #""a\u007f@x""#]),
                #"record 1 (jdoe): userPrincipalName: "a\u{7F}@x" holds a control character (U+7F)"#
            ),
            (
                Fixture.record(["memberOf": #"["CN=a\\0Ab"]"#]),
                #"record 1 (jdoe): memberOf: "a\u{A}b" holds a control character (U+A)"#
            ),
            (
                Fixture.record(["memberOf": #""CN=Operators""#]),
                "record 1 (jdoe): memberOf: a list was expected, not a string"
            ),
            (
                Fixture.record(["memberOf": "[null]"]),
                "record 1 (jdoe): memberOf: a string was expected, not null"
            ),
            (
                Fixture.record(["memberOf": #"["Operators"]"#]),
                "record 1 (jdoe): memberOf: \"Operators\" is no distinguished name such as CN=Operators: a level has no '='"
            ),
            (Fixture.record(["memberOf": #"[""]"#]), "record 1 (jdoe): memberOf: a group's name is empty"),
            (
                Fixture.record(["accountExpires": "0"]),
                "record 1 (jdoe): accountExpires: a string was expected, not 0"
            ),
            (
                Fixture.record(["accountExpires": #""2026-02-30T00:00:00""#]),
                "record 1 (jdoe): accountExpires: \"2026-02-30T00:00:00\" is no time; ISO 8601 was expected, "
                    + "such as 2026-11-20T08:15:00"
            ),
            (
                Fixture.record(["objectGUID": #""x""#]),
                "record 1 (jdoe): objectGUID: \"x\" is no GUID; one such as 6f9619ff-8b86-d011-b42d-00c04fc964ff was expected"
            ),
            (
                Fixture.record(["userAccountControl": "66048"]),
                "record 1 (jdoe): userAccountControl: the attribute may never come from a file: "
                    + "it decides whether and how an account may log on"
            ),
            (
                Fixture.record(["shoeSize": "null"]),
                "record 1 (jdoe): shoeSize: the attribute is not allowed; leave it out of the export, "
                    + "or add it to allowed_attributes here"
            ),
            (
                Fixture.record(["mail": #""a""#, "MAIL": #""b""#]),
                "record 1 (jdoe): mail: the attribute stands twice in one record"
            ),
            (Fixture.record(["mail": "1.5"]), "record 1 (jdoe): mail: 1.5 is no whole number; write it as a string"),
            (Fixture.record(["mail": "[[]]"]), "record 1 (jdoe): mail: a value was expected, not a list"),
            (
                Fixture.record(["mail": #"{"hex": "00"}"#]),
                "record 1 (jdoe): mail: the only object an attribute may have is {\"base64\": \"…\"}"
            ),
            (Fixture.record(["mail": #"{"base64": "*"}"#]), "record 1 (jdoe): mail: the text is no Base64"),
            ("7", "record 1: an object was expected, not 7"),
        ])
    func record(text: String, fault: String) {
        let error = #expect(throws: UserFileError.self) { try read(Fixture.file(text)) }
        #expect(error?.kind == .invalidContent)
        #expect(error?.faults.map(\.description) == [fault])
    }

    @Test(
        "So does a fault of the header",
        arguments: [
            (#"{"users": {}}"#, "users: a list was expected, not an object"),
            (#"{}"#, "users: the key is missing"),
            (Fixture.file(header: #""format": 3"#), "format: format 3 comes from a newer version"),
            (
                Fixture.file(header: #""format": "2""#),
                "format: a whole number, not negative was expected, not a string"
            ),
            (Fixture.file(header: #""sequence": -1"#), "sequence: a whole number, not negative was expected, not -1"),
            (Fixture.file(header: #""timestamp": "now""#), "timestamp: \"now\" is no time"),
            (Fixture.file(header: #""source": {"domain": "x"}"#), "source.domain_guid: the key is missing"),
            (
                Fixture.file(header: #""completeness": {"users": 0, "members": {"CN=a": "1"}}"#),
                "completeness.members.CN=a: a whole number"
            ),
            (
                Fixture.file(Fixture.record(["objectGUID": #""\#(Fixture.domain)""#])),
                "source.domain_guid: the key is missing, though records carry objectGUID"
            ),
        ])
    func header(text: String, fault: String) {
        let error = #expect(throws: UserFileError.self) { try read(text) }
        #expect(error?.kind == .invalidContent)
        #expect(error?.faults.count == 1)
        #expect(error?.faults.first?.description.hasPrefix(fault) == true)
    }

    @Test("The same account name twice, whatever the case", arguments: ["jdoe", "JDOE", "jDoe "])
    func duplicateName(name: String) {
        let text = Fixture.file(Fixture.record(), Fixture.record(["sAMAccountName": "\"\(name)\""]))
        let error = #expect(throws: UserFileError.self) { try read(text) }
        #expect(
            error?.faults.map(\.description) == [
                "record 2 (\(name)): sAMAccountName: record 1 has the same account name"
            ])
    }

    @Test func namesThatTheDirectoryKeepsApartMayStandTogether() throws {
        let text = Fixture.file(
            Fixture.record(["sAMAccountName": #""Jürgen""#]), Fixture.record(["sAMAccountName": "\"Ju\u{308}rgen\""]))
        #expect(try read(text).population.users.count == 2)
    }

    @Test func theSameAnchorTwice() throws {
        let header = #""source": {"domain": "source.test", "domain_guid": "\#(Fixture.domain)", "server": "dc1"}"#
        let guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
        let text = Fixture.file(
            Fixture.record(["objectGUID": "\"\(guid)\""]),
            Fixture.record(["objectGUID": "\"\(guid.uppercased())\"", "sAMAccountName": #""other""#]), header: header)
        let error = #expect(throws: UserFileError.self) { try read(text) }
        #expect(error?.faults.map(\.description) == ["record 2 (other): objectGUID: record 1 has the same anchor"])
    }

    @Test func allFaultsAreToldAtOnceUpToTwenty() throws {
        let broken = Fixture.record(["disabled": "0", "cn": "1"], without: ["memberOf"])
        let error = #expect(throws: UserFileError.self) { try read(Fixture.file(broken)) }
        #expect(error?.faults.compactMap(\.field) == ["memberOf", "cn", "disabled"])

        let many = "{\"users\": [\(Array(repeating: "7", count: 25).joined(separator: ","))]}"
        let manyError = try #require(#expect(throws: UserFileError.self) { try read(many) })
        #expect(manyError.faults.count == 20)
        #expect(manyError.omittedFaultCount == 5)
        #expect(manyError.description.hasSuffix("\n- and 5 more"))
        #expect(manyError.description.hasPrefix("users.json: the file is refused; nothing was imported."))
    }

    @Test func aHostileNameCannotForgeALineOfTheLog() {
        let text = Fixture.file(Fixture.record(["sAMAccountName": #""x\u202e\u0007 y""#, "disabled": "1"]))
        let error = #expect(throws: UserFileError.self) { try read(text) }
        let description = error?.description ?? ""
        #expect(description.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!description.unicodeScalars.contains("\u{202E}"))
    }
}

@Suite("Files that cannot be read")
struct UnreadableFileTests {
    @Test func missing() throws {
        let path = try TemporaryFolder().path("users.json")
        let error = #expect(throws: UserFileError.self) { try reader.read(path: path) }
        #expect(error?.kind == .missing)
        #expect(error?.description.hasPrefix("\(path): there is no such file") == true)
    }

    @Test(arguments: ["", "\n", " \r\n\t"])
    func empty(text: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(filePath: folder.path("users.json")))
        let error = #expect(throws: UserFileError.self) { try reader.read(path: folder.path("users.json")) }
        #expect(error?.kind == .empty)
    }

    @Test func aFolderIsNoFile() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: UserFileError.self) { try reader.read(path: folder.path("")) }
        #expect(error?.kind == .unreadable(reason: "it is a folder, not a file"))
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("users.json"), 0o600) == 0)
        let error = #expect(throws: UserFileError.self) { try reader.read(path: folder.path("users.json")) }
        #expect(error?.kind == .unreadable(reason: "it is a pipe, not a file"))
        #expect(error?.description.hasSuffix("users.json: the file cannot be read: it is a pipe, not a file") == true)
    }

    @Test(arguments: ["/dev/zero", "/dev/null", "/dev/tty"])
    func aDeviceIsNoFile(path: String) {
        let error = #expect(throws: UserFileError.self) { try reader.read(path: path) }
        // Where there is no terminal, there is no such device either.
        let reasons = ["it is a device, not a file", "No such device or address"]
        #expect(reasons.map { UserFileError.Kind.unreadable(reason: $0) }.contains(error?.kind))
    }

    @Test func aLinkLeadsToItsFile() throws {
        let folder = try TemporaryFolder()
        try Data(Fixture.file().utf8).write(to: URL(filePath: folder.path("today.json")))
        #expect(symlink("today.json", folder.path("users.json")) == 0)
        #expect(try reader.read(path: folder.path("users.json")).population.users.isEmpty)
        #expect(symlink("loop.json", folder.path("loop.json")) == 0)
        let error = #expect(throws: UserFileError.self) { try reader.read(path: folder.path("loop.json")) }
        #expect(error?.kind == .unreadable(reason: "Too many levels of symbolic links"))
    }

    @Test("A terabyte of nothing is refused by its size")
    func sparse() throws {
        let folder = try TemporaryFolder()
        let descriptor = open(folder.path("users.json"), O_WRONLY | O_CREAT, 0o600)
        #expect(ftruncate(descriptor, 1 << 40) == 0)
        close(descriptor)
        let error = #expect(throws: UserFileError.self) { try reader.read(path: folder.path("users.json")) }
        #expect(error?.kind == .tooLarge(limit: UserFileLimits.standard.fileBytes))
    }

    @Test func tooLarge() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("users.json")
        try Data(Fixture.file().utf8).write(to: URL(filePath: path))
        var limits = UserFileLimits.standard
        limits.fileBytes = Fixture.file().utf8.count
        let exact = UserFileReader(key: nil, allowedAttributes: .standard, limits: limits)
        #expect(try exact.read(path: path).population.users.isEmpty)
        limits.fileBytes -= 1
        let smaller = UserFileReader(key: nil, allowedAttributes: .standard, limits: limits)
        let error = #expect(throws: UserFileError.self) { try smaller.read(path: path) }
        #expect(error?.kind == .tooLarge(limit: limits.fileBytes))
    }

    private let reader = UserFileReader(key: nil, allowedAttributes: .standard)
}
