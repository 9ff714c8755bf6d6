import Directory
import LabSupport
import SyncPlan
import SyncTestSupport
import Testing

@testable import Approvals

@Suite("The archive of passwords")
struct PasswordArchiveTests {
    static let key = "correct horse battery"

    static func issued(
        _ number: Int, _ commonName: String, _ accountName: String, _ password: String, mustChange: Bool = true,
        principalName: String? = nil
    ) -> IssuedPassword {
        IssuedPassword(
            number: number,
            person: Person(commonName: commonName, accountName: accountName, anchor: Fixture.anchor(number)),
            principalName: principalName, password: Secret(password), mustChange: mustChange, setAt: Fixture.now,
            exportedAt: nil)
    }

    static func archive(_ passwords: [IssuedPassword], key: String = key) throws -> [UInt8] {
        try PasswordArchive.bytes(of: passwords, key: Secret(key), at: Fixture.now)
    }

    /// What 7-Zip says to an archive. The key stands on its command line: it is thrown away with the test.
    static func sevenZip(
        _ command: String, _ archive: [UInt8], key: String = key, _ options: String...
    ) async throws -> Subprocess.Result {
        let folder = try TemporaryFolder()
        try folder.write(archive, to: "passwords.zip")
        return try await Subprocess("/usr/bin/7zz", [command, "-p\(key)", folder.path("passwords.zip")] + options).run()
    }

    @Test("7-Zip opens it with the key and finds exactly the text")
    func text() async throws {
        let archive = try Self.archive([
            Self.issued(1, "Jürgen Köhler", "jkoehler", "Bakotu-mizeva-hoduni-47", principalName: "jk@target.test"),
            Self.issued(2, "Jane Doe", "jdoe", "§ \"{}\\ 日本-1", mustChange: false),
        ])
        let result = try await Self.sevenZip("x", archive, "-so")
        #expect(result.status == 0, "\(result.errorText)")
        let expected = """
            Passwords of 2 users, exported at 2026-11-20T08:15:00Z by ad-user-sync

            Name:            Jürgen Köhler
            Account name:    jkoehler
            Sign-in name:    jk@target.test
            Password:        Bakotu-mizeva-hoduni-47
            First sign-in:   the password must be changed

            Name:            Jane Doe
            Account name:    jdoe
            Sign-in name:    -
            Password:        § "{}\\ 日本-1
            First sign-in:   the password stays

            """
        #expect(
            result.output
                == Array(
                    expected.split(separator: "\n", omittingEmptySubsequences: false)
                        .joined(separator: "\r\n").utf8))
    }

    @Test("The method is AES-256, and no name of a person can be read without the key")
    func method() async throws {
        let archive = try Self.archive([Self.issued(1, "Jane Doe", "jdoe", "Bakotu-mizeva-hoduni-47")])
        let listing = try await Self.sevenZip("l", archive, key: "", "-slt").outputText
        #expect(listing.contains("\nMethod = AES-256 Store\n"), "\(listing)")
        #expect(listing.contains("\nEncrypted = +\n"))
        let paths = listing.split(separator: "\n").filter { $0.hasPrefix("Path = ") }
        // The first is the archive's own.
        #expect(paths.dropFirst() == ["Path = passwords.txt"])
        let text = String(decoding: archive, as: UTF8.self)
        for secret in ["Jane", "jdoe", "Bakotu", Self.key] { #expect(!text.contains(secret)) }
    }

    @Test("AE-2: without the checksum that would tell whether somebody guessed the text")
    func version() throws {
        let archive = try Self.archive([Self.issued(1, "Jane Doe", "jdoe", "Bakotu-mizeva-hoduni-47")])
        // The extra field 0x9901: size 7, version, AE, strength 3 (AES-256), method 0 (stored).
        let field: [UInt8] = [0x01, 0x99, 0x07, 0x00, 0x02, 0x00, 0x41, 0x45, 0x03, 0x00, 0x00]
        #expect(archive.contains(field))
        // The checksums of the local file header and of the central directory (APPNOTE.TXT 4.3.7 and 4.3.12).
        #expect(archive[14..<18].allSatisfy { $0 == 0 })
        let directory = try #require(archive.firstRange(of: [0x50, 0x4B, 0x01, 0x02])).lowerBound
        #expect(archive[(directory + 16)..<(directory + 20)].allSatisfy { $0 == 0 })
    }

    @Test("It does not open with another key", arguments: ["correct horse batterx", "Correct horse battery", ""])
    func wrongKey(_ key: String) async throws {
        let archive = try Self.archive([Self.issued(1, "Jane Doe", "jdoe", "Bakotu-mizeva-hoduni-47")])
        let result = try await Self.sevenZip("x", archive, key: key, "-so")
        #expect(result.status == 2)
        #expect(!result.outputText.contains("Bakotu"))
    }

    @Test("The same passwords and key give another archive each time: salt")
    func salt() throws {
        let passwords = [Self.issued(1, "Jane Doe", "jdoe", "Bakotu-mizeva-hoduni-47")]
        #expect(try Self.archive(passwords) != Self.archive(passwords))
    }

    @Test("A thousand users", arguments: [1000])
    func many(_ count: Int) async throws {
        let archive = try Self.archive((1...count).map { Self.issued($0, "User \($0)", "u\($0)", "Password-\($0)") })
        let result = try await Self.sevenZip("x", archive, "-so")
        #expect(result.status == 0)
        #expect(result.outputText.components("Password:        Password-").count == count + 1)
        #expect(result.outputText.components("Account name:    u").count == count + 1)
    }

    @Test(
        "Names keep to their line and direction",
        arguments: [
            ("Jane\r\nPassword: x", "Jane\u{FFFD}\u{FFFD}Password: x"), ("\u{202E}enaJ", "\u{FFFD}enaJ"),
            ("Jane\0\u{1B}[2J", "Jane\u{FFFD}\u{FFFD}[2J"), ("Jane\u{2028}", "Jane\u{FFFD}"),
        ])
    func names(_ name: String, _ shown: String) throws {
        let issued = Self.issued(1, name, name, "Bakotu-mizeva-hoduni-47", principalName: name)
        let lines = PasswordSheet.text(of: [issued], at: Fixture.now).components("\r\n")
        #expect(lines.filter { $0.hasSuffix(":    \(shown)") || $0.hasSuffix(":            \(shown)") }.count == 3)
        #expect(lines.count == 8)
    }

    @Test("The longest key opens it, every character of ASCII in it")
    func longKey() async throws {
        let key = String(String.UnicodeScalarView((0x20...0x7E).compactMap(Unicode.Scalar.init))) + "abcd"
        let archive = try Self.archive([Self.issued(1, "Jane Doe", "jdoe", "Password-1")], key: key)
        #expect(try await Self.sevenZip("t", archive, key: key).status == 0)
    }

    @Test(
        "Keys that are refused",
        arguments: [
            ("", .keyTooShort(0)), ("short-key-1", .keyTooShort(11)),
            (String(repeating: "k", count: 100), .keyTooLong(100)), ("a-key-with-an-ü", .keyNotPlain),
            ("a-key-with-\0-in-it", .keyNotPlain), ("a-key-with-a-tab\t", .keyNotPlain),
        ] as [(String, PasswordArchiveError)])
    func keys(_ key: String, _ error: PasswordArchiveError) {
        #expect(throws: error) { try Self.archive([Self.issued(1, "Jane Doe", "jdoe", "Password-1")], key: key) }
        #expect(key.isEmpty || !error.description.contains(key))
    }

    @Test("An archive of nothing is none")
    func nothing() {
        #expect(throws: PasswordArchiveError.nothingToExport) { try Self.archive([]) }
    }
}

extension String {
    /// Split by scalars: to Swift, CRLF is one character.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = Array(unicodeScalars)[...]
        let separator = Array(separator.unicodeScalars)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(String.UnicodeScalarView(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
        }
        return parts + [String(String.UnicodeScalarView(rest))]
    }
}
