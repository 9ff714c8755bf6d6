import Directory
import Foundation
import Testing
import UserFile

@Suite("Signed files")
struct SignedFileTests {
    private let document: UserFileDocument
    private let key: HMACKey
    private let signed: [UInt8]

    init() throws {
        document = try Fixture.document([
            Fixture.user("jmueller", name: "Jürgen Müller", groups: ["CN=Operators"]), Fixture.user("jdoe"),
        ])
        key = try Fixture.key()
        signed = try UserFileWriter(key: key).bytes(of: document)
    }

    @Test func aSignedFileIsAuthenticated() throws {
        let file = try read(signed, key: key)
        #expect(file.authenticity == .authenticated)
        #expect(file.reading == .asWritten)
        #expect(file.byteCount == signed.count)
        #expect(file.population.users.map(\.accountName) == ["jdoe", "jmueller"])
    }

    @Test func theTrailerIsALineOfLowercaseDigitsAtTheEnd() throws {
        let body = try UserFileWriter(key: nil).bytes(of: document)
        #expect(signed.starts(with: body))
        let trailer = String(decoding: signed.dropFirst(body.count), as: UTF8.self)
        #expect(trailer.wholeMatch(of: /\n[0-9a-f]{64}/) != nil)
    }

    @Test func digitsInUpperCaseAndOneFinalLineBreakAreAccepted() throws {
        let upper = signed.dropLast(64) + Array(String(decoding: signed.suffix(64), as: UTF8.self).uppercased().utf8)
        #expect(try read(Array(upper), key: key).authenticity == .authenticated)
        #expect(try read(signed + Array("\n".utf8), key: key).authenticity == .authenticated)
        #expect(try read(signed + Array("\r\n".utf8), key: key).authenticity == .authenticated)
        #expect(throws: UserFileError.self) { try read(signed + Array("\n\n".utf8), key: key) }
    }

    @Test func truncatedAtAnyByteItIsRefused() throws {
        for count in 0..<signed.count {
            let error = #expect(throws: UserFileError.self) { try read(Array(signed.prefix(count)), key: key) }
            #expect(error?.kind == (count == 0 ? .empty : .unsigned))
        }
    }

    @Test func soIsAnUnsignedFile() throws {
        let body = try UserFileWriter(key: nil).bytes(of: document)
        for count in 0..<body.count {
            #expect(throws: UserFileError.self) { try read(Array(body.prefix(count)), key: nil) }
        }
    }

    @Test func withAnyBitFlippedItIsRefused() {
        for index in signed.indices {
            for bit in 0..<8 {
                var changed = signed
                changed[index] ^= 1 << UInt8(bit)
                // The case of a letter in the trailer is no part of the code.
                if index >= signed.count - 64, bit == 5, signed[index] >= 0x61 { continue }
                #expect(throws: UserFileError.self) { try read(changed, key: key) }
            }
        }
    }

    @Test func anotherKeyRefusesItBeforeAnythingIsParsed() throws {
        let broken = Array("{ this is no JSON\n".utf8) + signed.suffix(64)
        let error = #expect(throws: UserFileError.self) { try read(broken, key: key) }
        #expect(error?.kind == .wrongSignature)
        let other = try Fixture.key(String(repeating: "11", count: 32))
        #expect(throws: UserFileError.self) { try read(signed, key: other) }
    }

    @Test func withoutKeyTheOperatorIsToldToPassIt() {
        let error = #expect(throws: UserFileError.self) { try read(signed, key: nil) }
        #expect(error?.kind == .keyNeeded)
        #expect(error?.description.contains("--hmac-file") == true)
    }

    @Test func withoutTrailerAKeyRefusesIt() throws {
        let body = try UserFileWriter(key: nil).bytes(of: document)
        let error = #expect(throws: UserFileError.self) { try read(body, key: key) }
        #expect(error?.kind == .unsigned)
        #expect(try read(body, key: nil).authenticity == .notAuthenticated)
    }

    @Test func theDigestNamesTheContentNotItsSignature() throws {
        let other = try Fixture.key(String(repeating: "11", count: 32))
        let first = try read(signed, key: key)
        let second = try read(try UserFileWriter(key: other).bytes(of: document), key: other)
        #expect(first.digest == second.digest)
        #expect(first.digest.count == 64)
    }
}

@Suite("Files that Python wrote on Windows")
struct WindowsFileTests {
    private static let name = "Jürgen Müller–Groß €"

    /// What UserSync does: the HMAC over the text with LF as UTF-8, then a file in text mode with `encoding`.
    private func file(encoding: String, newline: String, signed: Bool) throws -> [UInt8] {
        let script = """
            import hashlib, hmac, json, sys
            user = {"sAMAccountName": "jmueller", "cn": "\(Self.name)", "disabled": False, "accountExpires": None,
                    "memberOf": ["CN=Operators"], "description": ["one", "two"]}
            text = json.dumps({"timestamp": "2026-11-20T08:15:00.482913", "users": [user]}, indent=4, ensure_ascii=False)
            if \(signed ? "True" : "False"):
                key = bytes.fromhex("\(Fixture.keyDigits)")
                text += "\\n" + hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()
            path = sys.argv[1]
            with open(path, "w", encoding="\(encoding)", newline=\(newline)) as file:
                file.write(text)
            """
        let folder = try TemporaryFolder()
        _ = try run(["python3", "-c", script, folder.path("users.json")])
        return [UInt8](try Data(contentsOf: URL(filePath: folder.path("users.json"))))
    }

    @Test(
        "A signed file is read as it was meant",
        arguments: [
            ("utf-8", #""\n""#, VerifiedUserFile.Reading.asWritten),
            ("utf-8", #""\r\n""#, .lineFeeds),
            ("cp1252", #""\r\n""#, .windows1252),
            ("cp1252", #""\n""#, .windows1252),
        ])
    func signed(encoding: String, newline: String, reading: VerifiedUserFile.Reading) throws {
        let bytes = try file(encoding: encoding, newline: newline, signed: true)
        for ending in ["", "\n", "\r\n"] {
            let file = try read(bytes + Array(ending.utf8), key: try Fixture.key())
            #expect(file.reading == reading)
            #expect(file.authenticity == .authenticated)
            #expect(file.population.users.first?.commonName == Self.name)
            #expect(file.completeness == .absent)
        }
    }

    @Test(
        "So is an unsigned one",
        arguments: [
            ("utf-8", #""\r\n""#, VerifiedUserFile.Reading.asWritten), ("cp1252", #""\r\n""#, .windows1252),
        ])
    func unsigned(encoding: String, newline: String, reading: VerifiedUserFile.Reading) throws {
        let file = try read(try file(encoding: encoding, newline: newline, signed: false), key: nil)
        #expect(file.reading == reading)
        #expect(file.population.users.first?.commonName == Self.name)
    }

    @Test("The digest is the same for every way a file was written", arguments: ["utf-8", "cp1252"])
    func digest(encoding: String) throws {
        let key = try Fixture.key()
        let plain = try read(try file(encoding: "utf-8", newline: #""\n""#, signed: true), key: key)
        let other = try read(try file(encoding: encoding, newline: #""\r\n""#, signed: true), key: key)
        #expect(plain.digest == other.digest)
    }

    @Test("Windows-1252 is decoded as iconv does it, and its undefined bytes are refused")
    func everyByte() throws {
        let parts = Fixture.file(Fixture.record(["cn": #""@""#])).split(separator: "@").map { Array($0.utf8) }
        let undefined: [UInt8] = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        for byte in undefined {
            let error = #expect(throws: UserFileError.self) { try read(parts[0] + [byte] + parts[1], key: nil) }
            #expect(error?.kind == .undecodable(byte: byte, offset: parts[0].count))
        }
        let defined = (UInt8(0x80)...0xFF).filter { !undefined.contains($0) }
        let name = try read(parts[0] + defined + parts[1], key: nil).population.users.first?.commonName
        #expect(name.map { Array($0.utf8) } == (try run(["iconv", "-f", "cp1252", "-t", "utf-8"], input: defined)))
    }
}
