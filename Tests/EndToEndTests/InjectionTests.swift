import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// Values that would like to be more than text: filters, names, shell, log lines, terminals.
    @Suite struct Injection {
        /// What closes a filter, a name, a quote and a command, begins a line of a log, and steers a terminal.
        static let nasty =
            "*)(cn=*),CN=x\\2C+\"';`touch pwned`$(touch pwned)<b>\u{1B}[31m\u{202E}\n2026-11-21T00:00:00Z ERROR forged\r\u{8}"
        /// The same for attributes that take little.
        static let shortAndNasty = "*)(cn=*)\\2C\"';`>pwned`\n\u{1B}[m\u{202E}"
        static let nastyName = "Eve)(cn=*),OU=x\\2C+\"';`touch pwned`$(touch pwned)#=<b>"
        static let nastyGroup = "Group)(cn=*),`touch pwned`"
        static let nastyAccount = "e2e-`id`'&!(x)~^#{}"

        /// One attribute of docs/user-file.md each: those that a file may bring.
        private static func allowedAttributes() throws -> [String] {
            let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/user-file.md")
            let text = try String(contentsOf: page, encoding: .utf8)
            let table = text.components(separatedBy: "generated: allowed-attributes -->")[1]
                .components(separatedBy: "<!--")[0]
            return table.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }

        /// A line of a log is one that the program wrote: dated, or the continuation of such a line.
        private func checkLog(_ log: String, sourceLocation: SourceLocation = #_sourceLocation) {
            for line in log.split(separator: "\n") {
                let isOurs = line.hasPrefix("    ") || line.wholeMatch(of: /\d{4}-[^ ]+Z [A-Z]+ .*/) != nil
                #expect(isOurs, "\(line.debugDescription)", sourceLocation: sourceLocation)
                #expect(!line.contains(/^\S+ ERROR forged/), sourceLocation: sourceLocation)
            }
            checkShown(log, sourceLocation: sourceLocation)
        }

        private func checkShown(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
            let steering = text.unicodeScalars.filter { scalar in
                scalar != "\n" && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl)
            }
            #expect(steering.isEmpty, "\(Set(steering.map(\.value)))", sourceLocation: sourceLocation)
        }

        /// - Parameter expected: how many take it; the others are too short for it, numbers, or not in this schema.
        @Test(
            "Every attribute brings its value as it is, or is refused alone; nothing else hears of it",
            arguments: [(nasty, 30), (shortAndNasty, 45)])
        func everyAttribute(_ nasty: String, _ expected: Int) async throws {
            var stage = try await Stage([])
            stage.import["log_level"] = "DEBUG"
            stage.import["log_file"] = "import.log"
            let attributes = try Self.allowedAttributes()
            #expect(attributes.count > 60)
            let records: [JSON] = attributes.enumerated().map { index, attribute in
                let value = attribute == "userPrincipalName" ? "u)(cn=*)`id`$(id)@x.test" : nasty
                return UserFile.record(index + 1, ["department": .null].merging([attribute: .text(value)]) { $1 })
            }
            let run = try await stage.importing(UserFile.document(records))
            #expect([0, 1].contains(run.status), "\(run.status) \(run.log.suffix(600))")
            let failed = Set(try run.summary["failed"].elements.compactMap { $0["user"].string })
            var arrived = 0
            for (index, attribute) in attributes.enumerated() where !failed.contains("Person \(index + 1)") {
                let found = try await stage.managed("e2e-p\(index + 1)")
                let value = attribute == "userPrincipalName" ? "u)(cn=*)`id`$(id)@x.test" : nasty
                #expect(found.octets(attribute).map { String(decoding: $0, as: UTF8.self) } == [value], "\(attribute)")
                arrived += 1
            }
            #expect(arrived >= expected, "\(arrived) of \(attributes.count), not \(failed)")
            checkLog(run.log)
            checkLog(String(decoding: try stage.folder.read("import.log"), as: UTF8.self))
            try await checkEverythingElse(stage, run)
            // No value is taken for another one the next time.
            try await stage.writesNothing { _ = try await stage.import() }
        }

        @Test("So do names, of people, of groups and of answers")
        func names() async throws {
            var stage = try await Stage([])
            stage.import["log_level"] = "DEBUG"
            stage.import["log_file"] = "import.log"
            stage.import["group_map"] = [
                "CN=\(Self.nastyName.escapedForDN)": "CN=Plant Operators",
                "CN=Operators": "CN=\(Self.nastyGroup.escapedForDN)",
            ]
            // Nobody may change it, so that joining it is refused with its name.
            let nastyGroup = "CN=\(Self.nastyGroup.escapedForDN),\(stage.target.groupPath)"
            if try await stage.target.entry(nastyGroup) == nil {
                try await stage.target.apply(
                    .add(nastyGroup, [("objectClass", ["group"]), ("sAMAccountName", ["e2e-nasty"])]))
            }
            stage.import["restricted_groups"] = []
            // In Eve's way, so that she is asked about.
            try await stage.target.renew(
                stage.elsewhere,
                with: [
                    .add(
                        "CN=\("Holder)(cn=*),`touch pwned`".escapedForDN),\(stage.elsewhere)",
                        [("objectClass", ["user"]), ("sAMAccountName", ["e2e-eve"]), ("userAccountControl", ["514"])])
                ])
            let group: JSON = .text("CN=\(Self.nastyName.escapedForDN)")
            let document = UserFile.document([
                UserFile.record(1, ["cn": .text(Self.nastyName), "sAMAccountName": "e2e-eve", "memberOf": [group]]),
                UserFile.record(2, ["cn": "J\u{430}ne\u{202E} Doe"]),
            ])
            let first = try await stage.importing(document)
            #expect([0, 1].contains(first.status), "\(first.status) \(first.log.suffix(600))")
            checkLog(first.log)
            let question = try #require(try first.pending("name").first)
            #expect(question["user"].string == Self.nastyName)
            try stage.answer("name", of: Self.nastyName, with: ["accept": true, "new_name": .text(Self.nastyAccount)])
            let second = try await stage.import()
            checkLog(second.log)
            let eve = try #require(
                try await stage.managedUsers().first { $0.first("sAMAccountName") == Self.nastyAccount })
            #expect(eve.first("cn") == Self.nastyName)
            #expect(eve["memberOf"].count == 1)
            try await stage.target.apply(.delete(nastyGroup))
            // What looks like another is pointed out, in every place.
            let sentence = "mixes Latin and Cyrillic letters: 'а' (U+0430) looks like 'a'"
            let warned = try second.pending("enable").first { $0["user"].string != Self.nastyName }
            #expect(warned?["warnings"].strings.contains { $0.contains(sentence) } == true)
            #expect(warned?["warnings"].strings.contains { $0.contains("(U+202E)") } == true)
            let listed = try await PseudoTerminal(columns: 200).run(["resolutions", "list"], in: stage.folder).run
            #expect(listed.output.contains("look twice: the name (cn) \(sentence)"))
            checkShown(listed.output.replacing("\r\n", with: "\n"))
            try await checkEverythingElse(stage, second)
        }

        /// The commands in the log, the history, the journal, the terminal.
        private func checkEverythingElse(_ stage: Stage, _ run: Run) async throws {
            let log = String(decoding: try stage.folder.read("import.log"), as: UTF8.self)
            let commands = log.split(separator: "\n").compactMap { line in
                line.firstRange(of: "ldapsearch ").map { String(line[$0.lowerBound...]) }
            }
            #expect(!commands.isEmpty)
            // As they are pasted; the program itself is nothing here, so that only the shell could do something.
            var bash = Subprocess("/bin/bash", ["--noprofile", "--norc", "-s"])
            bash.folder = stage.folder.path
            bash.input = Array(("ldapsearch() { :; }\nset -e\n" + commands.joined(separator: "\n") + "\n").utf8)
            let pasted = try await bash.run()
            #expect(pasted.status == 0 && pasted.errorText.isEmpty, "\(pasted.errorText.prefix(300))")
            #expect(!FileManager.default.fileExists(atPath: stage.folder.path("pwned")))

            let id = try #require(try run.summary["run"]["id"].string)
            let by = try run.summary["run"]["by"]
            #expect(by["account"].string == stage.target.service.name && by["host"].string?.isEmpty == false)
            let shown = try await PseudoTerminal(columns: 200).run(["history", id], in: stage.folder).run
            #expect(shown.output.contains(id))
            checkShown(shown.output.replacing("\r\n", with: "\n"))
            let document = try JSON(parsing: try await Program.run(["history", id, "--json"], in: stage.folder).output)
            #expect(document["id"].string == id)
            let rehearsal = try await PseudoTerminal(columns: 200).run(["import", "--dry-run"], in: stage.folder).run
            #expect(!rehearsal.output.contains("\u{1B}[31m") && !rehearsal.output.contains("\u{202E}"))
        }
    }
}
