import Directory
import Testing

@testable import Approvals

@Suite("What the domain asks of a password")
struct PasswordRulesTests {
    static func rules(
        _ minimumLength: Int = 7, complex: Bool = true, accountName: String = "jdoe", displayName: String? = nil,
        source: PasswordPolicy.Source = .domain
    ) -> PasswordRules {
        PasswordRules(
            policy: PasswordPolicy(minimumLength: minimumLength, requiresComplexity: complex, source: source),
            accountName: accountName, displayName: displayName)
    }

    @Test(
        "Three of five kinds of characters",
        arguments: [
            "Abcdef1", "abcdef1-", "ABCDEF1-", "Abcdef-", "Äbcdef1", "abcdé-1", "ab日本語12", "Пароль1", "Abcdef1 €",
        ])
    func complex(_ password: String) {
        #expect(Self.rules().problems(with: Secret(password)).isEmpty)
    }

    @Test(
        "Spaces, other currencies, other digits and marks are none of them",
        arguments: [
            "Abcdefg", "abcdefg-", "1234567-", "abc defg", "Abcdef€", "abcdef1£", "Abcdef١", "ABCDEF1", "abc 123 €",
            "日本語パスab",
        ])
    func simple(_ password: String) throws {
        let problems = Self.rules().problems(with: Secret(password))
        #expect(problems.count == 1)
        #expect(try #require(problems.first).hasPrefix("It has characters of too few kinds: the domain asks for three"))
        #expect(Self.rules(complex: false).problems(with: Secret(password)).isEmpty)
    }

    @Test("Every character of ASCII is of one kind, but space and controls", arguments: 0..<128 as Range<UInt8>)
    func ascii(_ byte: UInt8) {
        let expected: PasswordCategory? =
            switch byte {
            case 0x30...0x39: .digit
            case 0x41...0x5A: .uppercase
            case 0x61...0x7A: .lowercase
            case 0x21...0x7E: .symbol
            default: nil
            }
        #expect(PasswordCategory(Unicode.Scalar(byte)) == expected)
    }

    @Test(
        "Names that must not stand in it",
        arguments: [
            ("jdoe", nil, "Xjdoe-12", ["It contains the account name “jdoe”."]),
            ("jdoe", nil, "XJDOE-12", ["It contains the account name “jdoe”."]),
            ("jd", nil, "Xjd-1234", []),
            ("j.doe", nil, "jdoe-J.D1", []),
            ("x1234", "Erin M. Hagens", "MyERIN-12", ["It contains “Erin”, a part of the display name."]),
            (
                "x1234", "Erin M. Hagens", "hagens-Erin1",
                [
                    "It contains “Erin”, a part of the display name.",
                    "It contains “Hagens”, a part of the display name.",
                ]
            ),
            ("x1234", "Erin M. Hagens", "MMMm-1234", []),
            ("x1234", "Erin M. Hagens", "Eri-hagen1", []),
            (
                "x1234", "One,Two.Six-Ten_Ace Elf#Fox\tSky", "Xsky-Fox1",
                [
                    "It contains “Fox”, a part of the display name.", "It contains “Sky”, a part of the display name.",
                ]
            ),
            ("x1234", "Jürgen Müller", "X-JÜRGEN-1", ["It contains “Jürgen”, a part of the display name."]),
            ("jdoe", "JDoe", "Xjdoe-12", ["It contains the account name “jdoe”."]),
            ("x1234", ".*+?[", "Abcdef-1", []),
            ("x1234", "", "Abcdef-1", []),
        ] as [(String, String?, String, [String])])
    func names(_ accountName: String, _ displayName: String?, _ password: String, _ problems: [String]) {
        let rules = Self.rules(accountName: accountName, displayName: displayName)
        #expect(rules.problems(with: Secret(password)) == problems)
        let lax = Self.rules(complex: false, accountName: accountName, displayName: displayName)
        #expect(lax.problems(with: Secret(password)).isEmpty, "names are part of the complexity setting")
    }

    @Test("Ü is not U and a diaeresis: what is compared are code points")
    func normalisation() {
        let rules = Self.rules(displayName: "J\u{FC}rgen")
        #expect(rules.problems(with: Secret("X-ju\u{308}rgen-1")).isEmpty)
        #expect(!rules.problems(with: Secret("X-j\u{FC}rgen-1")).isEmpty)
    }

    @Test(
        "Length is counted in UTF-16 code units, up to 256",
        arguments: [
            (7, "Abcde-1", []),
            (8, "Abcde-1", ["It has 7 characters; the domain asks for at least 8."]),
            (8, "Abcd-1😀", []),
            (0, "a", []),
            (300, "aa", ["It has 2 characters; the domain asks for at least 300."]),
            (2, "a", ["It has 1 character; the domain asks for at least 2."]),
            (7, String(repeating: "a", count: 256), []),
            (7, String(repeating: "a", count: 257), ["It has 257 characters; Active Directory takes at most 256."]),
            (7, String(repeating: "😀", count: 129), ["It has 258 characters; Active Directory takes at most 256."]),
        ] as [(Int, String, [String])])
    func length(_ minimum: Int, _ password: String, _ problems: [String]) {
        let rules = Self.rules(minimum, complex: false)
        #expect(rules.problems(with: Secret(password)) == problems)
    }

    @Test("An empty password is refused whatever the policy says", arguments: [0, 7])
    func empty(_ minimum: Int) {
        #expect(Self.rules(minimum, complex: false).problems(with: Secret("")) == ["It is empty."])
    }

    @Test("Control characters are refused", arguments: ["\0", "\t", "\n", "\r", "\u{7F}", "\u{85}", "\u{2028}"])
    func control(_ character: String) {
        #expect(
            Self.rules().problems(with: Secret("Abcdef-1" + character)) == [
                "It contains a control character, which nobody can type at a sign-in."
            ])
    }

    @Test("All problems are told at once, and none quotes the password")
    func all() {
        let problems = Self.rules(20, accountName: "jdoe", displayName: "John Doe").problems(with: Secret("qqjdoe\t"))
        #expect(problems.count == 5)
        #expect(!problems.contains { $0.contains("qq") })
    }

    @Test("The rules in sentences")
    func sentences() {
        #expect(
            Self.rules(8, displayName: "Jane M. Doe").sentences == [
                "It has at least 8 characters and at most 256.",
                """
                It has characters of at least three of these kinds: uppercase letters, lowercase letters, digits, \
                ASCII punctuation and symbols, letters that have no case.
                """,
                "It contains none of these, in uppercase or lowercase: “jdoe”, “Jane”, “Doe”.",
            ])
        #expect(Self.rules(0, complex: false).sentences == ["It has at least 1 character and at most 256."])
        #expect(
            Self.rules(8, complex: false, source: .domainForWantOfFineGrained).sentences.last
                == "A fine-grained password policy applies to this user and cannot be read here: it may ask for more.")
        #expect(Self.rules(8, complex: false, source: .fineGrained).sentences.count == 1)
    }
}
