import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Creating, updating, coming back")
struct CreationTests {
    @Test("A new user is created disabled, joins at once and waits to be enabled")
    func create() throws {
        var new = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", in: ["Operators"], ["mail": "jane@source.test", "department": nil])]
        ) { $0.commonNamePrefix = "P-" }
        try expect(
            new,
            tells: """
                create P-Jane Doe
                join P-Jane Doe → Plant Operators
                ? enable P-Jane Doe (new)
                """)
        try new.run()
        let created = try #require(new.directory.account("jdoe"))
        #expect(created.name == Fixture.name("CN=P-Jane Doe,OU=Managed,DC=target,DC=test"))
        #expect(created.isDisabled && created.password == nil)
        #expect(created.userPrincipalName == "jdoe@target.test")
        #expect(created.expiry == Fixture.usualEnd)
        #expect(created.anchor == Fixture.anchor(1))
        #expect(created.attributes["mail"] == "jane@source.test" && created.attributes["department"] == nil)
        #expect(created.groups == ["Plant Operators"])

        new.answers = [answer(.enable, "P-Jane Doe", id: 1, password: "Geheim-1")]
        try expect(new, tells: "enable P-Jane Doe")
        try new.run()
        new.answers = []
        try expect(new, tells: "")
    }

    @Test("An answer given beforehand enables a new user in the same run")
    func createAndEnable() throws {
        let prepared = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            answers: [answer(.enable, "Jane Doe", password: "Geheim-1")])
        try expect(prepared, tells: "create Jane Doe\nenable Jane Doe")
        try #expect(prepared.run().isEmpty)
        #expect(prepared.directory.account("jdoe")?.isDisabled == false)
    }

    @Test("Records marked disabled are not created")
    func disabledRecords() throws {
        try #expect(ImportCase(file: [record(1, "Jane Doe", "jdoe", in: ["Operators"], disabled: true)]).story == "")
    }

    @Test("A mapped principal name is taken as it is")
    func mappedPrincipalName() throws {
        let mapped = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", ["userPrincipalName": "jane@company.test"])])
        try mapped.run()
        #expect(mapped.directory.account("jdoe")?.userPrincipalName == "jane@company.test")
    }

    @Test(
        "Only what differs is written",
        arguments: [
            ("one", "two", "update Jane Doe: info=two"), ("one", "One", "update Jane Doe: info=One"),
            ("one", "one", ""), (nil, "two", "update Jane Doe: info=two"), ("one", nil, "update Jane Doe: info="),
            (nil, nil, ""), ("Zo\u{00EB}", "Zoe\u{0308}", "update Jane Doe: info=Zoe\u{0308}"),
            (["a", "b"], ["b", "a"], ""), (["a", "b"], ["a", "c"], "update Jane Doe: info=a+c"),
            (["a", "b"], "a", "update Jane Doe: info=a"),
        ] as [(AttributeValues, AttributeValues, String)])
    func updates(old: AttributeValues, new: AttributeValues, story: String) throws {
        let update = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", ["info": new])],
            directory: [account(1, "Jane Doe", "jdoe", ["info": old, "department": "kept"])])
        try #expect(update.story.utf8.elementsEqual(story.utf8))
        try update.run()
        #expect((update.directory.account("jdoe")?.attributes["info"] ?? .none) == new)
        #expect(update.directory.account("jdoe")?.attributes["department"] == "kept")
        try expect(update, tells: "")
    }

    @Test("Coming back needs the approval again, and the password may be kept")
    func returned() throws {
        var back = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", in: ["Operators"])],
            directory: [account(1, "Jane Doe", "jdoe", disabled: true, password: Secret("old"))])
        try expect(
            back,
            tells: """
                join Jane Doe → Plant Operators
                ? enable Jane Doe (returned)
                """)
        back.answers = [answer(.enable, "Jane Doe", id: 1, keepPassword: true)]
        try expect(back, tells: "join Jane Doe → Plant Operators\nenable Jane Doe")
        try back.run()
        #expect(back.directory.account("jdoe")?.password == Secret("old"))
        #expect(back.directory.account("jdoe")?.isDisabled == false)
    }

    @Test(
        "An acceptance that cannot be performed stays pending and says why",
        arguments: [
            (answer(.enable, "Jane Doe", id: 1), "accepted without a password: give one, or set keep_password"),
            (
                answer(.enable, "Jane Doe", id: 1, keepPassword: true),
                "keep_password, but no password was ever set: give one"
            ),
            (answer(.enable, "Jane Doe", id: 1, password: ""), "accepted with an empty password: give one"),
            (
                answer(.enable, "Jane Doe", id: 1, password: "", keepPassword: true),
                "accepted with an empty password: give one"
            ),
        ])
    func unusableEnable(answer: Resolution, notice: String) throws {
        let unusable = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(1, "Jane Doe", "jdoe", disabled: true, password: nil)], answers: [answer])
        let lines = try unusable.approved().lines
        #expect(lines.filter { $0.hasPrefix("?") }.count == 1)
        #expect(lines.last == "i answer for Jane Doe: \(notice)")
    }

    @Test("An account that never had a password is still a new one")
    func neverEnabled() throws {
        let waiting = ImportCase(file: [record(1, "Jane Doe", "jdoe")])
        try waiting.run()
        try expect(waiting, tells: "? enable Jane Doe (new)")
    }

    @Test(
        "How accounts are opened is the configuration's",
        arguments: [(false, false), (true, false), (false, true), (true, true)])
    func enabling(mustChange: Bool, cannotChange: Bool) throws {
        let opened = ImportCase(
            file: [record(1, "Jane Doe", "jdoe"), record(2, "John", "john")],
            directory: [
                account(1, "Jane Doe", "jdoe", disabled: true), account(2, "John", "john", disabled: true),
            ],
            answers: [
                answer(.enable, "Jane Doe", id: 1, password: "Geheim-1"),
                answer(.enable, "John", id: 2, keepPassword: true),
            ]
        ) {
            $0.usersMustChangePassword = mustChange
            $0.usersCannotChangePassword = cannotChange
        }
        try opened.run()
        #expect(opened.directory.account("jdoe")?.mustChangePassword == mustChange)
        // Who keeps his password has nothing to change.
        #expect(opened.directory.account("john")?.mustChangePassword == false)
        #expect(opened.directory.account("john")?.cannotChangePassword == cannotChange)
    }

    @Test("A rejected question is not asked again; the latest answered entry wins")
    func rejection() throws {
        var rejected = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe", disabled: true)],
            answers: [
                answer(.enable, "Jane Doe", id: 1, accept: false, at: "2026-11-02T00:00:00"),
                answer(.enable, "Jane Doe", id: 1, accept: true, password: "Geheim-1", at: "2026-11-01T00:00:00"),
                answer(.enable, "Jane Doe", id: 1, accept: nil, at: "2026-11-03T00:00:00"),
            ])
        try expect(rejected, tells: "- enable Jane Doe (returned)")
        rejected.answers[1].timestamp = Fixture.time("2026-11-02T00:00:00")
        try expect(rejected, tells: "enable Jane Doe")
        rejected.answers[0].timestamp = nil
        try expect(rejected, tells: "enable Jane Doe")
    }

    @Test("An answer counts for the anchor it was given for; without one, for new and unanchored people only")
    func answersAndAnchors() throws {
        var disabled = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe", disabled: true)],
            answers: [answer(.enable, "Jane Doe", id: 2, password: "Geheim-1")])
        try expect(disabled, tells: "? enable Jane Doe (returned)")
        disabled.answers = [answer(.enable, "Jane Doe", password: "Geheim-1")]
        try expect(disabled, tells: "? enable Jane Doe (returned)")
        disabled.answers = [answer(.enable, "Somebody Else", id: 1, password: "Geheim-1")]
        try expect(disabled, tells: "enable Jane Doe")
        disabled.directory = InMemoryDirectory([account(nil, "Jane Doe", "jdoe", disabled: true)])
        disabled.answers = [answer(.enable, "JANE DOE", password: "Geheim-1")]
        try #expect(disabled.story.contains("enable Jane Doe\n"))
    }
}
