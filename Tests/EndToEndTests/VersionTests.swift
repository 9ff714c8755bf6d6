import LabSupport
import Testing

extension EndToEnd {
    /// What `--version` tells.
    @Suite struct Version {
        @Test("The first line is the version alone, which scripts read")
        func firstLine() async throws {
            let lines = try await Self.lines()
            #expect(lines.first?.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        }

        @Test(
            "Then come the libraries, as the system has them",
            arguments: [
                ("libldap", "2."), ("libsasl2", "2."), ("libkrb5", "libkrb5.so."), ("OpenSSL", "3."), ("libcurl", "7."),
                ("libzip", "1."),
            ])
        func libraries(_ name: String, _ beginning: String) async throws {
            let words = try await Self.lines().dropFirst().map { $0.split(separator: " ") }
            let found = try #require(words.first { $0.first == name[...] })
            #expect(found.count == 2 && found[1].hasPrefix(beginning))
        }

        @Test("A command tells the same", arguments: [["export", "--version"], ["resolutions", "list", "--version"]])
        func commands(_ arguments: [String]) async throws {
            #expect(try await Self.lines(arguments) == Self.lines())
        }

        private static func lines(_ arguments: [String] = ["--version"]) async throws -> [Substring] {
            let run = try await Program.run(arguments, in: try TemporaryFolder())
            run.ended(with: 0)
            return run.output.split(separator: "\n")
        }
    }
}
