import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Who is who")
struct MatchingTests {
    @Test("The anchor tells the person, whatever the names say")
    func byAnchor() throws {
        let case1 = ImportCase(
            file: [record(1, "Jane Roe", "jroe")],
            directory: [account(1, "Jane Doe", "jdoe")])
        try expect(
            case1,
            tells: """
                rename Jane Doe to Jane Roe
                update Jane Roe: sAMAccountName=jroe, userPrincipalName=jroe@target.test
                """)
    }

    @Test("Nothing differs: nothing happens")
    func unchanged() throws {
        let unchanged = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", in: ["Operators"], ["mail": "jane@source.test"])],
            directory: [account(1, "Jane Doe", "jdoe", in: ["Plant Operators"], ["mail": "jane@source.test"])])
        try expect(unchanged, tells: "")
        try #expect(unchanged.plan().statistics.unchanged == 1)
    }

    @Test(
        "An account without an anchor is adopted: by prefixed cn, else by account name, whatever the case",
        arguments: [
            ("Jane Doe", "jdoe", "adopt P-Jane Doe: adminDescription=(anchor)", "cn"),
            ("JANE DOE", "JDoe", "rename P-Jane Doe to P-JANE DOE", "cn"),
            ("Jane Roe", "JDOE", "rename P-Jane Doe to P-Jane Roe", "sAMAccountName"),
        ])
    func adoption(commonName: String, accountName: String, line: String, field: String) throws {
        let adoption = ImportCase(
            file: [record(1, commonName, accountName)], directory: [account(nil, "P-Jane Doe", "jdoe")]
        ) { $0.commonNamePrefix = "P-" }
        let story = try adoption.story
        #expect(story.contains(line))
        #expect(story.contains("adopt P-\(commonName): "))
        #expect(story.hasSuffix("i P-\(commonName) found by \(field)"))
        try adoption.run()
        #expect(adoption.directory.account("jdoe")?.anchor == Fixture.anchor(1))
        try expect(adoption, tells: "")
    }

    @Test("A namesake does not inherit a leaver's account")
    func otherAnchorsAreNeverMatchedByName() throws {
        let namesake = ImportCase(
            file: [record(2, "Jane Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe")])
        try expect(
            namesake,
            tells: """
                disable Jane Doe (missing)
                ? name Jane Doe: cn Jane Doe is held by Jane Doe (a managed user; no take-over: it is a managed account of somebody else)
                ? name Jane Doe: sAMAccountName jdoe is held by Jane Doe (a managed user; no take-over: it is a managed account of somebody else)
                """)
    }

    @Test("One record, two accounts it could mean: asked")
    func ambiguousAccounts() throws {
        var two = ImportCase(
            file: [record(1, "Jane Doe", "jd")],
            directory: [account(nil, "Jane Doe", "jdoe"), account(nil, "Janet", "jd")])
        try expect(two, tells: "? name Jane Doe: sAMAccountName jd could be jd or jdoe")
        two.answers = [answer(.name, "Jane Doe", name: "jd", takeOver: .account("jd"))]
        try expect(
            two,
            tells: """
                adopt Jane Doe: adminDescription=(anchor)
                ? name Jane Doe: cn Jane Doe is held by Jane Doe (a managed user; no take-over: it is a managed account of somebody else)
                i Jane Doe found by the operator's answer
                """)
    }

    @Test("Two records, one account they could mean: both are asked, whichever comes first")
    func ambiguousRecords() throws {
        var two = ImportCase(
            file: [record(1, "Jane Doe", "jd"), record(2, "Janet", "jdoe")],
            directory: [account(nil, "Jane Doe", "jdoe")])
        let story = """
            ? name Jane Doe: sAMAccountName jd could be jdoe
            ? name Janet: sAMAccountName jdoe could be jdoe
            """
        try expect(two, tells: story)
        two.file.reverse()
        try expect(two, tells: story)
    }

    @Test("Two records given the same account by answers: neither gets it")
    func answersThatContradictEachOther() throws {
        var two = ImportCase(
            file: [record(1, "Jane Doe", "jd"), record(2, "Janet", "jdoe")],
            directory: [account(nil, "Jane Doe", "jdoe")],
            answers: [
                answer(.name, "Jane Doe", id: 1, name: "jd", takeOver: .account("jdoe")),
                answer(.name, "Janet", id: 2, name: "jdoe", takeOver: .account("jdoe")),
            ])
        let story = try two.story
        #expect(!story.contains("adopt"))
        two.file.reverse()
        try expect(two, tells: story)
    }

    @Test("Two accounts with the same anchor: asked, and the answer counts")
    func copiedAnchor() throws {
        var copied = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(1, "Jane Doe", "jdoe"), account(1, "Copy of Jane", "copy")])
        try expect(copied, tells: "? name Jane Doe: sAMAccountName jdoe could be copy or jdoe")
        copied.answers = [answer(.name, "Jane Doe", id: 1, name: "jdoe", takeOver: .account("jdoe"))]
        try expect(copied, tells: "")
    }

    @Test("Text of somebody else in the anchor attribute is never overwritten")
    func foreignText() throws {
        let foreign = ImportCase(
            file: [record(1, "Jane Doe", "jdoe", ["mail": "jane@source.test"])],
            directory: [account(nil, "Jane Doe", "jdoe", stamp: "cost centre 12")])
        let lines = try foreign.approved().lines
        #expect(lines[0] == "update Jane Doe: mail=jane@source.test")
        #expect(lines[1].hasPrefix("! Jane Doe: adminDescription: the account cannot be stamped with its anchor"))
        #expect(lines.count == 2)
    }

    @Test("Anchors off: names tell, stamps do not count")
    func anchorsOff() throws {
        let off = ImportCase(
            file: [record(2, "Jane Doe", "jdoe"), record(3, "New", "new")],
            directory: [account(1, "Jane Doe", "jdoe"), account(nil, "Old", "old")]
        ) { $0.anchorAttribute = nil }
        try expect(
            off,
            tells: """
                disable Old (missing)
                create New
                ? enable New (new)
                """)
        try off.run()
        #expect(off.directory.account("new")?.anchor == nil)
    }

    @Test("An account in the container nobody knows is asked about; with anchors off or none in the file it is managed")
    func unknownAccounts() throws {
        var unknown = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")],
            directory: [account(1, "Jane Doe", "jdoe"), account(nil, "Visitor", "visitor")])
        try expect(unknown, tells: "? disable Visitor (unknown)")
        unknown.answers = [answer(.disable, "Visitor", accept: false)]
        try expect(unknown, tells: "- disable Visitor (unknown)")
        unknown.answers = [answer(.disable, "Visitor", accept: true)]
        try expect(unknown, tells: "disable Visitor (unknown)")

        let unanchored = ImportCase(
            file: [record(nil, "Jane Doe", "jdoe")],
            directory: [account(nil, "Jane Doe", "jdoe"), account(nil, "Visitor", "visitor")])
        try expect(unanchored, tells: "disable Visitor (missing)")
    }

    @Test("Protected accounts are told of and left alone, matched or not")
    func protectedAccounts() throws {
        let protected = ImportCase(
            file: [
                record(1, "Jane Roe", "jroe", in: ["Operators"], disabled: true), record(2, "New Admin", "admin"),
            ],
            directory: [
                account(1, "Jane Doe", "jdoe", in: ["Plant Guests"], protection: .adminCount),
                account(nil, "Admin", "admin", protection: .criticalSystemObject),
                account(3, "Gone", "gone", protection: .ownAccount),
            ])
        try expect(
            protected,
            tells: """
                i New Admin is protected: criticalSystemObject
                i Jane Roe is protected: adminCount
                i Gone is protected: ownAccount
                """)
    }
}
