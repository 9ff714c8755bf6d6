import Testing

@testable import Approvals

@Suite("Word lists")
struct PasswordWordListTests {
    @Test(
        "A word in each line; blank lines, comments and repetitions are none",
        arguments: [
            ("apple\nbanana\n", ["apple", "banana"]),
            ("apple\r\nbanana", ["apple", "banana"]),
            ("\u{FEFF}apple\nbanana", ["apple", "banana"]),
            ("# fruit\n\n  apple \n\t\nbanana\n#cherry", ["apple", "banana"]),
            ("apple\nApple\nbanana\napple", ["apple", "banana"]),
            ("a\nstra\u{DF}e\nstrasse", ["a", "stra\u{DF}e", "strasse"]),
            ("zo\u{EB}\nzoe\u{308}", ["zo\u{EB}", "zoe\u{308}"]),
        ])
    func words(_ text: String, _ words: [String]) throws {
        let list = try PasswordWordList(contents: Array(text.utf8), path: "words.txt")
        #expect(list.words.map { Array($0.utf8) } == words.map { Array($0.utf8) })
        #expect(list.count == words.count)
    }

    @Test(
        "What is wrong with a file is told with its name and line, without its words",
        arguments: [
            (Array("".utf8), "password_wordlist: words.txt: it has no words"),
            (Array("# none\n".utf8), "password_wordlist: words.txt: it has no words"),
            (Array("apple\nAPPLE\n".utf8), "password_wordlist: words.txt: it has one word only"),
            (Array("apple\n\n11111\tabacus\n".utf8), "password_wordlist: words.txt, line 3: it has more than one word"),
            (Array("apple\nba\u{0}nana".utf8), "password_wordlist: words.txt, line 2: it has a control character"),
            (Array("apple\n".utf8) + [0xC3, 0x28, 0x0A], "password_wordlist: words.txt, line 2: it is no UTF-8 text"),
        ])
    func refused(_ contents: [UInt8], _ message: String) throws {
        let error = try #require(throws: PasswordWordListError.self) {
            try PasswordWordList(contents: contents, path: "words.txt")
        }
        #expect(error.description == message)
    }
}
