import Glibc
import LabSupport
import SyncConfiguration
import Testing

@testable import SyncCommands

/// What is looked at before several imports begin, and what they end with.
@Suite struct SeveralSourcesTests {
    private func configuration(
        _ container: String, resolutions: String = "resolutions.json"
    ) throws -> ImportConfiguration {
        let text = """
            {"server": "ldaps://target.test", "bind": {"user": "svc@target.test", "password_file": "p"},
             "input_file": "users.json", "managed_user_path": "\(container)", "group_path": "OU=Groups,DC=target,DC=test",
             "resolutions_file": "\(resolutions)", "state_folder": "state"}
            """
        return try ImportConfiguration(contents: Array(text.utf8), file: "test.json", permissions: nil)
    }

    private func problems(_ configurations: [ImportConfiguration]) -> [String] {
        SeparateSources(zip(["a.json", "b.json", "c.json"], configurations).map { ($0, $1) }).problems
    }

    @Test(
        "Containers that are equal or lie in one another, however they are written",
        arguments: [
            ("OU=Plant,DC=target,DC=test", "OU=Plant,DC=target,DC=test"),
            ("OU=Plant,DC=target,DC=test", "ou=plant, dc=TARGET, dc=test"),
            ("OU=Plant,DC=target,DC=test", "OU=Night,OU=Plant,DC=target,DC=test"),
            ("OU=Night,OU=Shift,OU=Plant,DC=target,DC=test", "OU=Plant,DC=target,DC=test"),
        ])
    func overlapping(one: String, other: String) throws {
        let found = problems([
            try configuration(one, resolutions: "1.json"), try configuration(other, resolutions: "2.json"),
        ])
        #expect(found.count == 1)
        for word in ["a.json", "b.json", "managed_user_path"] { #expect(found.first?.contains(word) == true) }
    }

    @Test(
        "Containers beside one another are none of that",
        arguments: [
            ("OU=Plant,DC=target,DC=test", "OU=Office,DC=target,DC=test"),
            ("OU=Plant,DC=target,DC=test", "OU=Plant,DC=other,DC=test"),
            ("OU=Plant,DC=target,DC=test", "OU=Plant 2,DC=target,DC=test"),
            ("OU=A,OU=Plant,DC=target,DC=test", "OU=A,OU=Office,DC=target,DC=test"),
        ])
    func separate(one: String, other: String) throws {
        #expect(
            problems([
                try configuration(one, resolutions: "1.json"), try configuration(other, resolutions: "2.json"),
            ]).isEmpty)
    }

    @Test(
        "A resolutions file of two, however its path is written",
        arguments: ["answers.json", "./answers.json", "../here/answers.json", "link.json"])
    func sharedResolutions(other: String) throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path("here"), 0o700)
        symlink(folder.path("here/answers.json"), folder.path("here/link.json"))
        // Through a link it is known once it is there; a link to nothing could not be written through.
        if other == "link.json" { try folder.write("{}", to: "here/answers.json") }
        let found = problems([
            try configuration("OU=A,DC=target,DC=test", resolutions: folder.path("here/answers.json")),
            try configuration("OU=B,DC=target,DC=test", resolutions: folder.path("here/\(other)")),
        ])
        #expect(found.count == 1)
        for word in ["a.json", "b.json", "resolutions_file"] { #expect(found.first?.contains(word) == true) }
    }

    @Test("All that is wrong is told, each two by their names")
    func everyProblem() throws {
        let same = try configuration("OU=A,DC=target,DC=test")
        #expect(problems([same, same, same]).count == 6)
        #expect(problems([same]).isEmpty)
    }

    @Test(
        "The gravest status is what they end with",
        arguments: [
            ([], .done), ([.done, .done], .done), ([.pending, .done], .pending),
            ([.partlyFailed, .pending], .partlyFailed),
            ([.heldBack, .partlyFailed], .heldBack), ([.heldBack, .noInput, .done], .noInput),
            ([.noInput, .tryAgain], .noInput), ([.badData, .unavailable, .noInput], .badData),
            ([.badConfiguration, .badData, .notAuthorised], .badConfiguration),
            ([.inputOutput, .badConfiguration], .inputOutput), ([.done, .terminated, .internalError], .terminated),
        ] as [([ExitStatus], ExitStatus)])
    func gravest(statuses: [ExitStatus], gravest: ExitStatus) {
        #expect(ExitStatus.gravest(of: statuses) == gravest)
        #expect(ExitStatus.gravest(of: statuses.reversed()) == gravest)
    }

    @Test("Every *.json of the folder counts, in the order of the names, octet by octet; hidden ones and others do not")
    func files() throws {
        let folder = try TemporaryFolder()
        for name in [
            "b.json", "a.json", "B.json", "ä.json", "10.json", "9.json", ".hidden.json", "a.json.bak", "README",
        ] {
            try folder.write("{}", to: name)
        }
        let names = ["10.json", "9.json", "B.json", "a.json", "b.json", "ä.json"]
        #expect(try ConfigurationFolder(path: folder.path).files() == names.map(folder.path))
        #expect(try ConfigurationFolder(path: folder.path + "/").files() == names.map(folder.path))
    }

    @Test("A folder that is not there, and one with nothing in it", arguments: ["nowhere", "."])
    func noFiles(name: String) throws {
        let folder = try TemporaryFolder()
        let failure = #expect(throws: CommandFailure.self) { try ConfigurationFolder(path: folder.path(name)).files() }
        #expect(failure?.status == .badConfiguration)
    }
}
