import Directory
import FoundationEssentials
import SyncPlan
import Testing

@testable import SyncCommands

/// What is remembered of the resolutions file, and what becomes of it when the file is gone.
@Suite struct LostResolutionsTests {
    private static let time = "2026-11-20T08:15:00Z"

    private func entry(_ kind: ActionKind, _ accept: Bool?) -> Resolution {
        Resolution(kind: kind, user: "Jane Doe", accept: accept)
    }

    private func lost(_ entries: [Resolution], isElsewhere: Bool = false) throws -> LostResolutions {
        LostResolutions(
            path: "resolutions.json", answers: try #require(RememberedAnswers(entries, in: "/srv/resolutions.json")),
            importedAt: Self.time, isElsewhere: isElsewhere)
    }

    @Test("Counted by what depends on them")
    func counts() throws {
        let entries =
            [(.grant, true), (.name, true), (.name, true), (.enable, true), (.join, false), (.disable, false)]
            as [(ActionKind, Bool)]
        let answers = try #require(
            RememberedAnswers(
                entries.map { entry($0, $1) } + [entry(.leave, false), entry(.enable, nil), entry(.grant, nil)],
                in: "/srv/resolutions.json"))
        #expect(
            answers.words
                == "1 grant, 2 rejections of a disable or leave, 1 rejection, 2 names, 1 accepted answer, 2 questions")
        #expect(answers.file == "/srv/resolutions.json")
    }

    @Test("A file with no entries is not missed")
    func empty() { #expect(RememberedAnswers([], in: "resolutions.json") == nil) }

    @Test("Without what alone keeps access in force, nothing is done", arguments: [ActionKind.disable, .leave, .grant])
    func refused(kind: ActionKind) throws {
        let lost = try lost([entry(kind, kind == .grant), entry(.enable, nil)])
        let failure = try #require(throws: CommandFailure.self) { try lost.refuse() }
        #expect(failure.status == .badData)
        // The file may come back by itself: another user file would not help.
        #expect(!failure.needsAnotherFile)
        for words in [
            "resolutions.json: there is no such file, but the import of \(Self.time) left 1 ",
            ", 1 question in /srv/resolutions.json", "Restore it from a backup", #"{"resolutions": []}"#,
        ] {
            #expect(failure.message.contains(words))
        }
    }

    @Test(
        "What is asked again is a warning",
        arguments: [(.enable, nil), (.join, false), (.name, true), (.enable, true), (.grant, false), (.grant, nil)]
            as [(ActionKind, Bool?)])
    func warned(kind: ActionKind, accept: Bool?) throws {
        let lost = try lost([entry(kind, accept)])
        #expect(throws: Never.self) { try lost.refuse() }
        #expect(lost.warning.contains("what it held is asked again"))
    }

    @Test("A file that is still where it was is named")
    func elsewhere() throws {
        let lost = try lost([entry(.join, false)], isElsewhere: true)
        #expect(lost.warning.contains("in /srv/resolutions.json: "))
        #expect(lost.warning.contains("That file is still there: name it in resolutions_file, or move it here"))
        #expect(!lost.warning.contains("backup"))
    }

    @Test("A state of before is read, and misses nothing; one of now comes back as it was")
    func state() throws {
        let before = #"{"digest": "5f3c", "sequence": 7, "imported_at": "\#(Self.time)"}"#
        var state = try JSONDecoder().decode(ImportState.self, from: Data(before.utf8))
        #expect(state.answers == nil)
        state.answers = RememberedAnswers([entry(.grant, true)], in: "/srv/resolutions.json")
        #expect(try JSONDecoder().decode(ImportState.self, from: JSONEncoder().encode(state)) == state)
    }
}
