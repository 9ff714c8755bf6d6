import Directory
import Testing
import UserFile

@Suite("Message authentication")
struct HMACTests {
    /// RFC 4231 §4.2, §4.4, §4.7, with the test cases whose keys are long enough for us.
    @Test(
        "Known answers of RFC 4231",
        arguments: [
            (
                String(repeating: "0b", count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                String(repeating: "aa", count: 20), [UInt8](repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                String(repeating: "aa", count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func knownAnswers(key: String, message: [UInt8], code: String) throws {
        let computed = try MessageAuthentication.hmacSHA256(key: try Fixture.key(key), message: message)
        #expect(hexadecimal(computed) == code)
    }

    @Test("The openssl command computes the same", arguments: [0, 1, 63, 64, 65, 100_000])
    func sameAsOpenSSL(length: Int) throws {
        let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let output = try run(
            ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(Fixture.keyDigits)", "-r"],
            input: message)
        let ours = try MessageAuthentication.hmacSHA256(key: try Fixture.key(), message: message)
        #expect(String(decoding: output, as: UTF8.self).hasPrefix(hexadecimal(ours)))
    }

    @Test func digestOfTheEmptyMessage() throws {
        #expect(
            hexadecimal(try MessageAuthentication.sha256([UInt8]()))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func comparisonTellsEveryDifference() {
        #expect(MessageAuthentication.isEqual([1, 2, 3], [1, 2, 3]))
        #expect(!MessageAuthentication.isEqual([1, 2, 3], [1, 2, 4]))
        #expect(!MessageAuthentication.isEqual([1, 2, 3], [1, 2]))
    }

    @Test(
        "A key is an even number of hexadecimal digits, at least 32",
        arguments: [
            ("", HMACKeyError.tooShort(byteCount: 0)),
            ("00", .tooShort(byteCount: 1)),
            (String(repeating: "0", count: 30), .tooShort(byteCount: 15)),
            (String(repeating: "0", count: 33), .oddDigitCount(33)),
            ("0x" + String(repeating: "0", count: 32), .notHexadecimal(position: 2)),
            (String(repeating: "0", count: 32) + "\n", .notHexadecimal(position: 33)),
            (String(repeating: "０", count: 32), .notHexadecimal(position: 1)),
        ])
    func refusesKey(digits: String, error: HMACKeyError) {
        #expect(throws: error) { try HMACKey(hex: Secret(digits)) }
    }

    @Test func upperAndLowerCaseAreTheSameKey() throws {
        let message = Array("x".utf8)
        let lower = try MessageAuthentication.hmacSHA256(key: try Fixture.key(), message: message)
        let upper = try MessageAuthentication.hmacSHA256(
            key: try Fixture.key(Fixture.keyDigits.uppercased()), message: message)
        #expect(lower == upper)
    }

    @Test func aKeyPrintsDots() throws {
        let key = try Fixture.key()
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("0f") && !text.contains("15"))
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
