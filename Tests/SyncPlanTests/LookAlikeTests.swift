import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Names that look like others are pointed out to whoever approves them")
struct LookAlikeTests {
    private func warnings(_ world: ImportCase, _ kind: ActionKind = .enable) throws -> [String] {
        try world.plan().questions.filter { $0.kind == kind }.flatMap(\.warnings)
    }

    @Test("A letter of another alphabet, with all the names it stands in, in the question and in the entry")
    func mixed() throws {
        let world = ImportCase(
            file: [record(1, "J\u{430}ne Doe", "jdoe", in: ["Safety"], ["displayName": "J\u{430}ne Doe", "sn": "Doe"])])
        let sentence = "the name (cn, displayName) mixes Latin and Cyrillic letters: 'а' (U+0430) looks like 'a'"
        #expect(try warnings(world) == [sentence])
        #expect(try warnings(world, .join) == [sentence])
        let question = try #require(try world.plan().questions.first { $0.kind == .enable })
        #expect(question.pendingResolution(at: Fixture.now).warnings == [sentence])
    }

    @Test("Names of one language are not pointed out")
    func ordinary() throws {
        let names = ["Jane Doe", "Jürgen Köhler", "Иван Петров", "魏 伟", "Conan O'Brien"]
        let world = ImportCase(file: names.enumerated().map { record($0 + 1, $1, "p\($0)") })
        #expect(try warnings(world).isEmpty)
    }

    @Test("A new name that looks like that of somebody in the container")
    func managed() throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe"), record(2, "J\u{430}n\u{435} D\u{43E}\u{435}", "jd")],
            directory: [account(1, "Jane Doe", "jdoe")])
        #expect(try warnings(world).contains("the name looks like that of somebody else: Jane Doe (jdoe)"))
    }

    @Test("In plain letters, too: one for l, nought for o; and NFC for NFD")
    func plain() throws {
        let world = ImportCase(
            file: [
                record(1, "Paul", "paul"), record(2, "Jürgen", "x"), record(3, "Other", "pau1"),
                record(4, "Ju\u{308}rgen", "y"),
            ],
            directory: [account(1, "Paul", "paul"), account(2, "Jürgen", "x")])
        #expect(
            try warnings(world) == [
                "the name looks like that of somebody else: Jürgen (x)",
                "the name looks like that of somebody else: Paul (paul)",
            ])
    }

    @Test("Two new ones that look like each other")
    func bothNew() throws {
        let world = ImportCase(file: [record(1, "Sara", "s1"), record(2, "S\u{430}ra", "s2")])
        let found = try warnings(world)
        #expect(found.contains("the name looks like that of somebody else: Sara (s1)"))
        #expect(found.contains("the name looks like that of somebody else: S\u{430}ra (s2)"))
    }

    @Test("An account anywhere in the domain whose account name is passed for")
    func anywhere() throws {
        let world = ImportCase(
            file: [record(1, "Some Body", "\u{430}dministrator")],
            directory: [account(nil, "Administrator", "Administrator", at: Fixture.elsewhere)])
        #expect(
            try warnings(world).contains(
                "the name looks like that of somebody else: Administrator (Administrator)"))
    }

    @Test("Who has the very same name is in the way of it, not like it")
    func namesake() throws {
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe"), record(2, "Jane Doe", "jdoe2")],
            directory: [account(1, "Jane Doe", "jdoe")])
        #expect(try world.plan().questions.flatMap(\.warnings).isEmpty)
    }

    @Test("Somebody who has an account is renamed without being asked about, and told of")
    func renamed() throws {
        let world = ImportCase(
            file: [record(1, "J\u{430}ne Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe")])
        #expect(
            try world.plan().notices == [
                .suspiciousName(
                    Person(commonName: "J\u{430}ne Doe", accountName: "jdoe", anchor: Fixture.anchor(1)),
                    "the name (cn) mixes Latin and Cyrillic letters: 'а' (U+0430) looks like 'a'")
            ])
    }

    @Test("An account that may have an empty password is told of, and loses the flag when it is enabled")
    func needsNoPassword() throws {
        var open = account(1, "Jane Doe", "jdoe", disabled: true)
        open.accountControl |= 0x20
        let world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")], directory: [open],
            answers: [answer(.enable, "Jane Doe", id: 1, password: "Geheim-1")])
        let person = Person(commonName: "Jane Doe", accountName: "jdoe", anchor: Fixture.anchor(1))
        #expect(try world.plan().notices == [.needsNoPassword(person)])
        let changes = try world.approved().operations.compactMap(\.change.accountControl)
        #expect(changes.map(\.before.rawValue) == [0x222] && changes.map(\.after.rawValue) == [0x200])
    }

    @Test("A new account is an ordinary one, closed, that needs a password")
    func newUser() {
        #expect(UserAccountControl.newUser.rawValue == 0x202)
    }

    @Test("Whose name it looks like is still told when the account exists and waits to be enabled, until he is renamed")
    func remembered() throws {
        var world = ImportCase(
            file: [record(1, "Jane Doe", "jdoe"), record(2, "J\u{430}ne Doe", "jdoe2")],
            directory: [account(1, "Jane Doe", "jdoe")])
        let sentence = "the name looks like that of somebody else: Jane Doe (jdoe)"
        let asked = try world.plan().questions
        #expect(try warnings(world).contains(sentence))
        try world.run()
        world.answers = asked.map { $0.pendingResolution(at: Fixture.now) }
        #expect(try warnings(world).filter { $0 == sentence }.count == 1)

        world.file[1] = record(2, "Janet Doe", "jdoe2").at(2)
        try world.run()
        #expect(try warnings(world) == [])
    }
}
