import Directory
import SyncTestSupport
import Testing

@testable import Approvals

@Suite("Passwords that are made")
struct PasswordMakerTests {
    static let seeds: Range<UInt64> = 0..<200
    static let fruit = ["apple", "Banane", "cerise", "dattero", "Ähre", "straße", "日本"]

    static func list(_ words: [String] = fruit) throws -> PasswordWordList {
        try PasswordWordList(contents: Array(words.joined(separator: "\n").utf8), path: "words.txt")
    }

    static func make(_ maker: PasswordMaker, for rules: PasswordRules, seed: UInt64) throws -> String {
        var generator = SeededGenerator(seed: seed)
        return try maker.make(for: rules, using: &generator).reveal()
    }

    @Test(
        "Pronounceable: consonants and vowels in turn, none that looks like another, and two digits", arguments: seeds)
    func shape(_ seed: UInt64) throws {
        let password = try Self.make(PasswordMaker(.pronounceable), for: PasswordRulesTests.rules(), seed: seed)
        let syllables = "([bdfghjkmnprstvwz][aeiou]){3}"
        let pattern = try Regex(
            "[BDFGHJKMNPRSTVWZ][aeiou]([bdfghjkmnprstvwz][aeiou]){2}-\(syllables)-\(syllables)-[3479]{2}")
        #expect(password.wholeMatch(of: pattern) != nil, "\(password)")
    }

    @Test("The alphabet has each character once, and none that is taken for another")
    func alphabet() {
        let all = PronounceablePassword.consonants + PronounceablePassword.vowels + PronounceablePassword.digits
        #expect(Set(all).count == all.count)
        let capitals = PronounceablePassword.consonants.map { Character($0.uppercased()) }
        #expect(Set(all + capitals).isDisjoint(with: "lI1|0O2568cqxy"))
    }

    @Test("Every character of the alphabet comes up at every place")
    func everyCharacter() throws {
        var generator = SeededGenerator(seed: 1)
        let made = (0..<500).map { _ in Array(PronounceablePassword().make(using: &generator).lowercased()) }
        let places = made[0].indices.map { place in Set(made.map { $0[place] }) }
        for place in 0..<20 where place % 7 != 6 {
            let expected = place % 7 % 2 == 0 ? PronounceablePassword.consonants : PronounceablePassword.vowels
            #expect(places[place] == Set(expected), "place \(place)")
        }
        #expect(places[21] == Set(PronounceablePassword.digits))
        #expect(places[22] == Set(PronounceablePassword.digits))
    }

    @Test("Pronounceable ones have as many bits as the alphabet gives at every place: over 60")
    func entropy() {
        // 16^9 × 5^9 × 4^2 passwords.
        var count = 16.0
        for _ in 0..<9 { count *= 16 * 5 }
        let bits = PasswordMaker(.pronounceable).entropyBits
        #expect(abs(bits - 60.897) < 0.001)
        #expect(bits >= 60)
        #expect(count.exponent == Int(bits))
    }

    @Test("They become longer where the policy asks for more", arguments: [0, 7, 23, 24, 30, 31, 64, 128, 250])
    func length(_ minimum: Int) throws {
        for suffix in [nil, Secret("$#39")] {
            let maker = PasswordMaker(.pronounceable, suffix: suffix)
            let password = try Self.make(maker, for: PasswordRulesTests.rules(minimum), seed: 3)
            #expect(password.utf16.count >= max(minimum, 23))
            #expect(password.utf16.count < max(minimum, 24) + 7 + 4, "no longer than need be")
        }
    }

    static let hostileNames: [(accountName: String, displayName: String?)] = [
        ("a", nil), ("ba", "Ba Ba"), ("bak", "bak. zev-hod #niga"), ("47", "34 479 -"), ("toni", "Toni Bako Tumi Hodu"),
        (".*", ".*+?[(\\"), ("apple", "Banane"), ("Z\u{F6}e", "\u{202E}kab"), ("", ""), ("-", "- , . # \t _"),
        ("jdoe", String(repeating: "bab dad gag kak mam nan pap rar sas tat ", count: 20)),
    ]

    @Test("Whatever the names, what is made passes the rules", arguments: hostileNames.indices)
    func passes(_ index: Int) throws {
        let (accountName, displayName) = Self.hostileNames[index]
        let makers = [
            PasswordMaker(.pronounceable), PasswordMaker(.pronounceable, suffix: Secret("!")),
            PasswordMaker(.words(try Self.list(), count: 4), suffix: Secret("$#39")),
        ]
        for minimum in [7, 14, 20] {
            let rules = PasswordRulesTests.rules(minimum, accountName: accountName, displayName: displayName)
            for maker in makers {
                for seed in 0..<20 as Range<UInt64> {
                    let password = try Self.make(maker, for: rules, seed: seed)
                    #expect(rules.problems(with: Secret(password)).isEmpty)
                }
            }
        }
    }

    @Test("Words: so many, of the list, joined by hyphens, the first letter a capital", arguments: 1...6)
    func words(_ count: Int) throws {
        let maker = PasswordMaker(.words(try Self.list(), count: count))
        let known = Set(Self.fruit)
        let capitalised = Set(["Apple", "Banane", "Cerise", "Dattero", "Ähre", "Straße", "日本"])
        for seed in Self.seeds {
            let rules = PasswordRulesTests.rules(1, complex: false)
            let words = try Self.make(maker, for: rules, seed: seed).split(separator: "-").map(String.init)
            #expect(words.count == count)
            #expect(capitalised.contains(words[0]))
            #expect(words.dropFirst().allSatisfy(known.contains))
        }
    }

    @Test("Words: the bits are those of the list and the count", arguments: [(2, 1, 1.0), (4, 3, 6.0), (7, 5, 14.037)])
    func wordEntropy(_ size: Int, _ count: Int, _ bits: Double) throws {
        let list = try Self.list((0..<size).map { "w\($0)" })
        #expect(abs(PasswordMaker(.words(list, count: count)).entropyBits - bits) < 0.001)
        #expect(abs(PasswordMaker(.words(list, count: count), suffix: Secret("long")).entropyBits - bits) < 0.001)
    }

    @Test("The same seed gives the same password, another seed another")
    func seeded() throws {
        let maker = PasswordMaker(.pronounceable)
        let made = try Self.seeds.map { try Self.make(maker, for: PasswordRulesTests.rules(), seed: $0) }
        #expect(try Self.seeds.map { try Self.make(maker, for: PasswordRulesTests.rules(), seed: $0) } == made)
        #expect(Set(made).count == made.count)
    }

    /// Words, suffix, rules, and what the error says.
    static let unmetRules:
        [(words: [String], suffix: String?, rules: PasswordRules, keys: [PasswordMakerError.Key], says: String)] = [
            (["ab", "cd"], nil, PasswordRulesTests.rules(20), [.wordCount], "at least 20"),
            (["ab", "cd"], nil, PasswordRulesTests.rules(complex: true, accountName: "x"), [.wordCount], "at least 7"),
            (["日本日本", "本日本日"], nil, PasswordRulesTests.rules(), [.suffix], "too few kinds"),
            (["apple", "apples"], "-7", PasswordRulesTests.rules(accountName: "Apple"), [.wordlist], "“Apple”"),
            (["pear", "plum"], "-Jdoe7", PasswordRulesTests.rules(), [.suffix], "“jdoe”"),
            (["pear", "plum"], "-7\t", PasswordRulesTests.rules(), [.suffix], "a control character"),
            (
                ["pear", "plum"], String(repeating: "x7", count: 128), PasswordRulesTests.rules(),
                [.wordCount, .suffix], "at most 256"
            ),
        ]

    @Test("What a list cannot meet is told with the key, and without a password", arguments: unmetRules.indices)
    func unmet(_ index: Int) throws {
        let (words, suffix, rules, keys, says) = Self.unmetRules[index]
        let maker = PasswordMaker(.words(try Self.list(words), count: 2), suffix: suffix.map { Secret($0) })
        let error = try #require(throws: PasswordMakerError.self) {
            _ = try Self.make(maker, for: rules, seed: 1)
        }
        #expect(error.keys == keys)
        #expect(error.description.contains(says), "\(error)")
        #expect(error.description.contains("Change \(keys.map(\.rawValue).joined(separator: " or "))"))
        #expect(!words.contains { error.description.contains($0) }, "\(error)")
    }
}
