import LabSupport
import Testing

/// Needs no domain.
@Suite("Help") struct HelpTests {
    @Test(
        "Tells every key of the configuration, in whatever way it is asked for",
        arguments: [
            ["import", "--help"], ["import", "-h"], ["import", "-help"], ["help", "import"],
            ["import", "--dry-run", "--help"], ["import", "--help-hidden"], ["--experimental-dump-help"],
        ])
    func keys(arguments: [String]) async throws {
        let run = try await Program.run(arguments, in: try TemporaryFolder()).ended(with: 0)
        for key in ["managed_user_path", "tls.ca_file", "group_map"] {
            #expect(run.output.contains("\(key) ("), "\(key)")
        }
    }

    @Test(
        "That of init tells those it asks for", arguments: [("export", "user_path"), ("import", "managed_user_path")])
    func keysOfInit(side: String, key: String) async throws {
        let run = try await Program.run(["init", side, "--help"], in: try TemporaryFolder()).ended(with: 0)
        #expect(run.output.contains("\(key) ("))
    }
}
