import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("What a run refuses as a whole")
struct RefusalTests {
    @Test("A container belongs to one source, whether the file has anchors or not")
    func otherSource() throws {
        var other = ImportCase(
            file: [record(1, "Jane Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe")])
        other.source = Fixture.anotherSource
        try expect(other, tells: "refused: another source")
        other.file = [record(nil, "Jane Doe", "jdoe")]
        other.policy.acceptsUnanchoredFile = true
        try expect(other, tells: "refused: another source")
        other.file = []
        try expect(other, tells: "refused: another source")
        other.policy.anchorAttribute = nil
        try expect(other, tells: "# the file is empty")
    }

    @Test("A file without anchors against a container with them needs the operator's word")
    func unanchoredFile() throws {
        var unanchored = ImportCase(
            file: [record(nil, "Jane Doe", "jdoe")],
            directory: [account(1, "Jane Doe", "jdoe"), account(nil, "John", "john"), account(2, "Gone", "gone")])
        unanchored.source = nil
        try expect(unanchored, tells: "refused: no anchors, the container has 2")
        unanchored.policy.acceptsUnanchoredFile = true
        try expect(
            unanchored,
            tells: """
                disable Gone (missing)
                disable John (missing)
                """)
        unanchored.policy.acceptsUnanchoredFile = false
        unanchored.policy.anchorAttribute = nil
        try #expect(!unanchored.story.hasPrefix("refused"))
    }

    @Test("With an accepted file without anchors, answers belong to the anchor of the account")
    func answersInAnUnanchoredRun() throws {
        var unanchored = ImportCase(
            file: [record(nil, "Jane Doe", "jdoe")], directory: [account(1, "Jane Doe", "jdoe", disabled: true)],
            answers: [answer(.enable, "Jane Doe", accept: true, password: "Geheim-1")]
        ) { $0.acceptsUnanchoredFile = true }
        unanchored.source = nil
        try expect(unanchored, tells: "? enable Jane Doe (returned)")
        try #expect(unanchored.plan().questions.first?.person.anchor == Fixture.anchor(1))
        unanchored.answers = [answer(.enable, "Jane Doe", id: 1, accept: true, password: "Geheim-1")]
        try expect(unanchored, tells: "enable Jane Doe")
    }

    @Test("With an accepted file without anchors, a name given to an anchor stays in force")
    func namesInAnUnanchoredRun() throws {
        var unanchored = ImportCase(
            file: [record(nil, "Jane Doe", "jdoe")], directory: [account(1, "Jane of Plant", "jdoe")],
            answers: [answer(.name, "Jane Doe", id: 1, name: "Jane Doe", newName: "Jane of Plant")]
        ) { $0.acceptsUnanchoredFile = true }
        unanchored.source = nil
        try expect(unanchored, tells: "")
    }

    @Test(
        "A prefix that all adopted accounts share and the configuration lacks stops the run before it renames anybody")
    func prefixMissing() throws {
        var lacking = ImportCase(
            file: [record(1, "Jane Doe", "jdoe"), record(2, "John Doe", "john"), record(3, "Ann", "ann")],
            directory: [
                account(nil, "Plant Jane Doe", "jdoe"), account(nil, "Plant John Doe", "john"),
                account(nil, "Plant Ann", "ann"),
            ])
        let story = "refused: 3 have the prefix Plant , such as Plant Ann"
        try expect(lacking, tells: story)
        lacking.file.reverse()
        try expect(lacking, tells: story)
        lacking.policy.commonNamePrefix = "Plant "
        try #expect(lacking.story.contains("adopt Plant Ann"))
    }

    @Test("One person who changed name is no prefix")
    func noPrefix() throws {
        let married = ImportCase(
            file: [record(1, "Doe", "jdoe"), record(2, "John", "john")],
            directory: [account(nil, "Jane Doe", "jdoe"), account(nil, "John", "john")])
        try #expect(married.story.contains("rename Jane Doe to Doe"))
    }

    @Test("A file with no users touches nobody, not even what an answer says")
    func emptyFile() throws {
        let empty = ImportCase(
            directory: [
                account(1, "Jane Doe", "jdoe", in: ["Plant Operators"]), account(nil, "Visitor", "visitor"),
            ],
            answers: [answer(.disable, "Visitor", accept: true)]
        ) { $0.deactivatedUsersKeepGroups = false }
        try expect(empty, tells: "# the file is empty")
        try expect(ImportCase(), tells: "")
    }
}
