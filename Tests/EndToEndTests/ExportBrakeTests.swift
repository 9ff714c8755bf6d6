import LabSupport
import Testing

extension EndToEnd {
    /// What an export says about itself, and what it says when much of what it saw last is gone.
    @Suite struct ExportBrakes {
        /// Twelve people directly in the unit, and as many in a unit of their own.
        private static func crew(_ numbers: ClosedRange<Int>, in groups: [String] = ["Operators"]) -> [Crew] {
            numbers.map { Crew(cn: "Person \($0)", account: "e2e-p\($0)", groups: groups) }
        }

        private func stage(units: [String: ClosedRange<Int>], direct: ClosedRange<Int> = 1...3) async throws -> Stage {
            let stage = try await Stage(Self.crew(direct))
            for (unit, numbers) in units.sorted(by: { $0.key < $1.key }) {
                let path = "OU=\(unit.escapedForDN),\(stage.sourcePath)"
                try await stage.source.apply(
                    [.add(path, [("objectClass", ["organizationalUnit"])])]
                        + Self.crew(numbers, in: ["Engineers"]).flatMap { $0.changes(in: stage.source, below: path) })
            }
            return stage
        }

        private func file(_ stage: Stage) throws -> JSON { try JSON(parsing: stage.folder.read("users.json")) }

        @Test("The file tells users by unit, members by group, pages, server, and the export before; verify agrees")
        func record() async throws {
            let stage = try await stage(units: ["Plant": 4...6, "Büro, Süd": 7...7])
            let first = try await stage.export().ended(with: 0)
            let record = try file(stage)["completeness"]
            #expect(record["users"] == 7)
            #expect(record["units"] == [".": 3, "OU=Büro\\, Süd": 1, "OU=Plant": 3])
            #expect(record["members"] == ["CN=Engineers": 4, "CN=Operators": 3, "CN=Visitors": 0])
            // Of two connections, one each: nobody knew yet how few people there are.
            #expect(record["pages"] == 2)
            #expect(record["server"] == (try file(stage)["source"]["server"]))
            #expect(record["previous"] == .null)
            #expect(try first.summary["shrunk"] == [])
            try await stage.export().ended(with: 0)
            let (second, previous) = (try file(stage), try file(stage)["completeness"]["previous"])
            #expect(second["completeness"]["pages"] == 1)
            #expect(previous["users"] == 7 && previous["disabled"] == 0 && previous["sequence"] == 1)
            #expect(previous["export_id"] != second["export_id"])
            let verified = try await Program.run(["verify", "users.json"], in: stage.folder).ended(with: 0).summary
            #expect(verified["complete"] == "proven" && verified["previous_users"] == 7)
        }

        @Test("Fewer active users than the limit lets pass: the file is written, status 3, said once")
        func shrunk() async throws {
            var stage = try await stage(units: [:], direct: 1...6)
            stage.export["deactivation_limit"] = ["percent": 20, "count": 2]
            try await stage.export().ended(with: 0)
            for number in 1...3 {
                try await stage.source.apply(.delete("CN=Person \(number),\(stage.sourcePath)"))
            }
            let run = try await stage.export().ended(
                with: 3, saying: "the file has 3 active users, 3 fewer than in the last export")
            #expect(try run.summary["shrunk"].elements.count == 3)
            #expect(try file(stage)["users"].elements.count == 3)
            #expect(run.log.contains("ERROR"))
            let again = try await stage.export().ended(with: 0)
            #expect(try again.summary["shrunk"] == [])
        }

        @Test("Disabled ones count as gone; disabled ones that are deleted later do not")
        func disabled() async throws {
            var stage = try await stage(units: [:], direct: 1...6)
            stage.export["deactivation_limit"] = ["percent": 20, "count": 2]
            try await stage.export().ended(with: 0)
            let names = (1...3).map { "CN=Person \($0),\(stage.sourcePath)" }
            try await stage.source.apply(names.map { .replace($0, "userAccountControl", "514") })
            try await stage.export().ended(with: 3, saying: "3 active users, 3 fewer")
            try await stage.source.apply(names.map { LDIFChange.delete($0) })
            try await stage.export().ended(with: 0)
        }

        @Test("A unit that cannot be read any more shows no user and no error, and is told; it moved is no alarm")
        func unitWithoutRights() async throws {
            var stage = try await stage(units: ["Plant": 4...6])
            stage.export["deactivation_limit"] = ["percent": 60, "count": 2]
            try await stage.export().ended(with: 0)
            try await stage.source.apply(.rename("OU=Plant,\(stage.sourcePath)", to: "OU=Works"))
            try await stage.export().ended(with: 0)
            try await stage.deny(reading: "OU=Works,\(stage.sourcePath)")
            let run = try await stage.export().ended(with: 3, saying: "the unit OU=Works has 0 users")
            #expect(try run.summary["shrunk"].strings.contains { $0.hasPrefix("CN=Engineers has 0 members") })
        }

        @Test("Within the limit, a group that is suddenly empty is told, and no more")
        func emptied() async throws {
            let stage = try await stage(units: [:])
            try await stage.export().ended(with: 0)
            try await stage.source.apply(
                .modify("CN=Operators,\(stage.source.groupPath)", .replace, "member", [String]()))
            let run = try await stage.export().ended(with: 0, saying: "WARNING", "CN=Operators has 0 members")
            #expect(try run.summary["emptied"].elements.count == 1)
        }

        @Test("No user at all where there were some, or nothing is known: no file is written; --allow-empty insists")
        func noUsers() async throws {
            let stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let before = try stage.folder.read("users.json")
            try await stage.deny(reading: stage.sourcePath)
            try await stage.export().ended(
                with: 3, saying: "no users found", "the last export found 1 users", "svc-export", "--allow-empty")
            #expect(try stage.folder.read("users.json") == before)
            // Who insists need not be told that it has shrunk.
            try await stage.export("--allow-empty").ended(with: 0)

            let empty = try await Stage([])
            try await empty.export().ended(with: 3, saying: "no export before it is known")
            #expect(throws: (any Error).self) { try empty.folder.read("users.json") }
            try await empty.export("--allow-empty").ended(with: 0)
            // Known to be empty: no news.
            try await empty.export().ended(with: 0)
        }

        @Test("At a terminal it stands out", arguments: [80, 120])
        func terminal(columns: Int) async throws {
            var stage = try await stage(units: [:], direct: 1...6)
            stage.export["deactivation_limit"] = ["percent": 20, "count": 2]
            try await stage.export().ended(with: 0)
            for number in 1...3 {
                try await stage.source.apply(.delete("CN=Person \(number),\(stage.sourcePath)"))
            }
            var terminal = PseudoTerminal()
            terminal.columns = columns
            let (run, _) = try await terminal.run(["export"], in: stage.folder)
            run.ended(with: 3, saying: "Shrunk: look before it is imported", "the last export had 6")
            #expect(
                run.output.split(separator: "\r\n").filter { !$0.contains("ERROR") }.allSatisfy { $0.count <= columns })
        }
    }
}

extension Stage {
    /// Takes the right to see what is in a unit from the service account of the source. AD then answers searches with
    /// nothing, and success.
    func deny(reading unit: String) async throws {
        let account = try await source.serviceIdentifier()
        try await Subprocess(
            "/usr/bin/samba-tool",
            ["dsacl", "set", "-s", source.smbConf, "--objectdn=\(unit)", "--sddl=(D;;LC;;;\(account))"]
        ).succeed()
    }
}
