import SyncPlan
import Testing

@testable import Approvals

@Suite("Which entries an operator speaks of")
struct SelectionTests {
    private let file = [
        entry("abcd000001", .enable, "Jane Doe", accept: nil), entry("abcd000002", .join, "Jane Doe", accept: nil),
        entry("abce000003", .enable, "Conan O'Brien", accept: true), entry("wxyz000004", .name, "Petra", accept: true),
        entry("wxyz000005", .grant, "Petra", accept: true), entry("mnop000006", .leave, "Petra", accept: false),
    ]

    private func ids(_ selection: ResolutionSelection, _ purpose: ResolutionSelection.Purpose) throws -> [String] {
        try selection.entries(of: file, to: purpose).compactMap(\.id)
    }

    private func problems(_ ids: [String], _ purpose: ResolutionSelection.Purpose) -> [String] {
        do {
            _ = try ResolutionSelection.ids(ids).entries(of: file, to: purpose)
            return []
        } catch {
            return error.problems
        }
    }

    @Test(
        "By id, or by a beginning that no other has, in the order of the file and once",
        arguments: [
            (["abcd000001"], ["abcd000001"]), (["abcd000002", "ABCD000001"], ["abcd000001", "abcd000002"]),
            (["abcd000001", "abcd000001"], ["abcd000001"]),
        ])
    func byID(given: [String], found: [String]) throws {
        #expect(try ids(.ids(given), .answer) == found)
    }

    @Test("Four characters are enough, three are not")
    func beginning() throws {
        #expect(try ids(.ids(["mnop"]), .reset) == ["mnop000006"])
        #expect(problems(["mno"], .reset) == ["mno: too short: a beginning of an id has 4 characters or more"])
    }

    @Test("An id that is a beginning of another is meant itself")
    func exact() throws {
        let file = [entry("abcd", .enable, "A", accept: nil), entry("abcdef", .enable, "B", accept: nil)]
        #expect(try ResolutionSelection.ids(["abcd"]).entries(of: file, to: .answer).map(\.id) == ["abcd"])
    }

    @Test("Everything that is wrong is told at once, with the id")
    func faults() {
        #expect(
            problems(["abcd", "zzzzzzzz", "abce", "mnop", "wxyz000004"], .answer) == [
                "abcd: more than one entry: abcd000001, abcd000002", "zzzzzzzz: no entry has this id",
                "abce: enable for Conan O'Brien was accepted already; reset it first",
                "mnop: leave for Petra was rejected already; reset it first",
                "wxyz000004: name for Petra was accepted and is in force; reset it first",
            ])
        #expect(problems(["abcd000001"], .reset) == ["abcd000001: enable for Jane Doe waits already"])
    }

    @Test("An answer by hand beside its question: the one that can be meant is meant")
    func beside() throws {
        let file = [entry("abcd000001", .enable, "A", accept: false), entry("abcd000001", .enable, "A", accept: nil)]
        #expect(try ResolutionSelection.ids(["abcd"]).entries(of: file, to: .answer).map(\.accept) == [nil])
        #expect(try ResolutionSelection.ids(["abcd"]).entries(of: file, to: .reset).map(\.accept) == [false])
    }

    @Test("A filter takes what waits, or what was answered; what is in force only by its kind")
    func filters() throws {
        let jane = ResolutionFilter(user: ShellPattern("jane*"))
        #expect(try ids(.filter(jane), .answer) == ["abcd000001", "abcd000002"])
        let petra = ResolutionFilter(user: ShellPattern("petra"))
        #expect(try ids(.filter(petra), .reset) == ["mnop000006"])
        let named = ResolutionFilter(kinds: [.name, .leave], user: ShellPattern("petra"))
        #expect(try ids(.filter(named), .reset) == ["wxyz000004", "mnop000006"])
        #expect(try ids(.filter(ResolutionFilter(kinds: [.enable])), .answer) == ["abcd000001"])
    }

    @Test("A filter that finds nothing says whether something else matched")
    func nothing() {
        #expect(throws: AnsweringError(["nothing in the file matches"])) {
            try ids(.filter(ResolutionFilter(user: ShellPattern("nobody"))), .answer)
        }
        #expect(
            throws: AnsweringError([
                "nothing that matches waits (a decision about many is answered by its id): 1 rejected, 2 standing"
            ])
        ) {
            try ids(.filter(ResolutionFilter(user: ShellPattern("petra"))), .answer)
        }
    }

    @Test("A state can be asked for, and the account name counts as a name")
    func states() {
        var entry = file[0]
        entry.accountName = "jdoe"
        #expect(ResolutionFilter(user: ShellPattern("jd?e"), state: .waiting).matches(entry))
        #expect(!ResolutionFilter(user: ShellPattern("jd?e"), state: .accepted).matches(entry))
        #expect(ResolutionFilter().isEmpty && !ResolutionFilter(state: .waiting).isEmpty)
    }

    @Test(
        "Patterns are the shell's, without case",
        arguments: [
            ("*", "", true), ("*", "Jane", true), ("jane", "JANE", true), ("jane", "jane doe", false),
            ("jane*", "Jane Doe", true), ("*doe", "Jane Doe", true), ("*a*d*", "Jane Doe", true),
            ("*a*z*", "Jane Doe", false), ("?ane", "Jane", true), ("?ane", "ane", false), ("J[ao]ne", "jone", true),
            ("J[!ao]ne", "jane", false), ("J[^ao]ne", "june", true), ("[a-c]x", "BX", true), ("[a-c]x", "dx", false),
            ("[]x]", "]", true), ("[a-]", "-", true), ("[z-a]", "m", false), ("a[b", "a[b", true), (#"\*"#, "*", true),
            (#"\*"#, "x", false), ("köhler", "KÖHLER", true), ("魏*", "魏 伟", true), ("?", "é", true),
            // Two people in a directory, although Swift's strings are equal.
            ("Zoe\u{308}", "Zo\u{EB}", false), ("a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ])
    func pattern(pattern: String, name: String, matches: Bool) {
        #expect(ShellPattern(pattern).matches(name) == matches)
    }
}
