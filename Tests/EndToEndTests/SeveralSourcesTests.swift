import LabSupport
import Testing

extension EndToEnd {
    /// `import --config-folder`: several sources into one target, none of which reaches the people of another.
    @Suite struct SeveralSources {
        @Test("Each is imported into its own container, with its own key, answers and state; one document tells of all")
        func both() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1, 2], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                let run = try await sources.import().ended(with: 0)
                let summary = try run.summary
                #expect(summary["status"] == 0)
                let imports = summary["imports"].elements
                #expect(imports.map(\.["configuration"].string) == [TwoSources.officeFile, TwoSources.plantFile])
                #expect(imports.map(\.["status"]) == [0, 0])
                #expect(imports.map(\.["report"]["created"].strings) == [["Person 1", "Person 2"], ["Second 1"]])
                #expect(imports.allSatisfy { !$0.keys.contains("error") })
                #expect(try await sources.people(sources.officePath).keys.sorted() == ["e2e-p1", "e2e-p2"])
                #expect(try await sources.people(sources.plantPath).keys.sorted() == ["e2e-s1"])
                for (file, people) in [("office", ["Person 1", "Person 2"]), ("plant", ["Second 1"])] {
                    let answers = try JSON(parsing: sources.stage.folder.read("\(file)-resolutions.json"))
                    #expect(answers["resolutions"].elements.compactMap(\.["user"].string).sorted() == people)
                }
                try await sources.stage.writesNothing { try await sources.import().ended(with: 0) }
            }
        }

        /// What can be wrong with one of them.
        enum Fault: String, CaseIterable {
            case missingFile, emptyFile, forgedFile, unsignedFile, fileOfTheOther, olderFile, brokenConfiguration
            case missingContainer, missingGroup, domainControllerAway, wrongPassword, noUsersLeft

            var status: Int32 {
                switch self {
                case .missingFile, .emptyFile: 66
                case .forgedFile, .unsignedFile, .fileOfTheOther: 65
                case .olderFile: 75
                case .brokenConfiguration, .missingContainer, .missingGroup: 78
                case .domainControllerAway: 69
                case .wrongPassword: 77
                case .noUsersLeft: 3
                }
            }

            func befall(_ sources: inout TwoSources) async throws {
                let folder = sources.stage.folder
                let file = "office-users.json"
                switch self {
                case .missingFile: try folder.remove(file)
                case .emptyFile: try folder.write("", to: file)
                case .forgedFile: try folder.write(folder.text(file).replacing("Person 2", with: "Person X"), to: file)
                case .unsignedFile: try folder.write(UserFile.parts(of: folder.read(file)).body, to: file)
                case .fileOfTheOther:
                    try folder.write(try await UserFile.signed(folder.read("plant-users.json")), to: file)
                case .olderFile: try await sources.bringOffice([1], sequence: 1)
                case .brokenConfiguration: sources.office["group_path"] = 7
                case .missingContainer: sources.office["managed_user_path"] = "OU=No,\(sources.stage.target.base)"
                case .missingGroup: sources.office["group_map"] = ["CN=Operators": "CN=Nobodies"]
                case .domainControllerAway: sources.office["server"] = "ldaps://127.0.0.1:1"
                case .wrongPassword:
                    sources.office["bind"] = [
                        "user": .text(sources.stage.target.service.name), "password": "Wrong-Password-1",
                    ]
                case .noUsersLeft: try await sources.bringOffice([], sequence: 3)
                }
            }
        }

        @Test(
            "What is wrong with one touches nobody of it, and none of the others misses anything",
            arguments: Fault.allCases)
        func fault(_ fault: Fault) async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1, 2], sequence: 1)
                try sources.bringPlant([1, 2], sequence: 1)
                try await sources.import().ended(with: 0)
                try await sources.bringOffice([1, 2], sequence: 2)
                try await sources.import().ended(with: 0)
                let before = try await sources.people(sources.officePath)
                try sources.bringPlant([2, 3], sequence: 2)
                try await fault.befall(&sources)
                let run = try await sources.import().ended(with: fault.status)
                #expect(try await sources.people(sources.officePath) == before)
                let imports = try run.summary["imports"].elements
                #expect(imports.map(\.["status"]) == [.number(Int(fault.status)), 0])
                #expect(imports[0].keys.contains("error") == (fault != .noUsersLeft))
                #expect(imports[1]["report"]["created"] == ["Second 3"])
                #expect(imports[1]["report"]["disabled"].strings.isEmpty)
                #expect(try await sources.people(sources.plantPath).keys.sorted() == ["e2e-s1", "e2e-s2", "e2e-s3"])
                #expect(run.log.contains(TwoSources.officeFile))
                #expect(!run.log.contains("Wrong-Password-1"))
            }
        }

        @Test("Both may give the same group: of its members, each knows its own")
        func sharedGroup() async throws {
            try await TwoSources.run { sources in
                let stranger = "CN=Stranger,\(sources.stage.elsewhere)"
                try await sources.stage.target.apply(
                    .add(sources.stage.elsewhere, [("objectClass", ["organizationalUnit"])]),
                    .add(stranger, [("objectClass", ["user"]), ("sAMAccountName", ["e2e-stranger"])]),
                    .modify("CN=Plant Operators,\(sources.stage.target.groupPath)", .add, "member", [stranger]))
                try await sources.bringOffice([1, 2], sequence: 1)
                try sources.bringPlant([1, 2], sequence: 1)
                try await sources.import().ended(with: 0)
                let all: Set = ["Person 1", "Person 2", "Second 1", "Second 2", "Stranger"]
                #expect(try await sources.members(of: "Plant Operators") == all)

                try await sources.bringOffice([1, 2], sequence: 2, groups: [])
                let run = try await sources.import().ended(with: 0)
                #expect(try await sources.members(of: "Plant Operators") == ["Second 1", "Second 2", "Stranger"])
                let reports = try run.summary["imports"].elements.map(\.["report"])
                #expect(reports[0]["left"].elements.count == 2)
                #expect(reports[1]["left"].elements.isEmpty)

                // Nor does it matter which comes first.
                try await sources.bringOffice([1, 2], sequence: 3)
                try sources.bringPlant([1, 2], sequence: 2, groups: [])
                try await sources.import().ended(with: 0)
                #expect(try await sources.members(of: "Plant Operators") == ["Person 1", "Person 2", "Stranger"])
                #expect(try await sources.members(of: "Everyone Managed") == all.subtracting(["Stranger"]))
            }
        }

        @Test(
            "Containers that overlap, and one resolutions file for two, are refused before anything is written",
            arguments: ["equal", "nested", "around", "resolutions"])
        func overlapping(how: String) async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                switch how {
                case "equal": sources.plant["managed_user_path"] = .text(sources.officePath.lowercased())
                case "nested": sources.plant["managed_user_path"] = "OU=Inner,\(sources.officePath)"
                case "around": sources.plant["managed_user_path"] = .text(sources.stage.target.userPath)
                default: sources.plant["resolutions_file"] = "./office-resolutions.json"
                }
                try await sources.stage.writesNothing {
                    let run = try await sources.import()
                    run.ended(with: 78, saying: TwoSources.officeFile, TwoSources.plantFile, "nothing was written")
                    #expect(run.output.isEmpty)
                }
                #expect(!sources.stage.folder.exists("state/import"))
            }
        }

        @Test("A rehearsal of all of them writes nothing, and tells of each")
        func dryRun() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try sources.writeConfigurations()
                let before = try sources.stage.folder.fingerprint()
                try await sources.stage.writesNothing {
                    let run = try await Program.run(
                        ["import", "--config-folder", TwoSources.folder, "--dry-run", "--json"],
                        in: sources.stage.folder)
                    let summary = try run.ended(with: 0).summary
                    #expect(summary["dry_run"] == true)
                    for entry in summary["imports"].elements {
                        #expect(entry["report"]["dry_run"] == true)
                        #expect(!entry["report"]["planned"].elements.isEmpty)
                    }
                }
                #expect(try sources.stage.folder.fingerprint() == before)
            }
        }

        @Test("--fail-on-pending is about each; a key that is given is for all")
        func optionsForAll() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([], sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                let pending = try await sources.import("--fail-on-pending").ended(with: 2)
                #expect(try pending.summary["imports"].elements.map(\.["status"]) == [0, 2])
                try sources.stage.folder.write(Stage.key, to: "key")
                let keyed = try await sources.import("--hmac-file", "key").ended(with: 65)
                #expect(try keyed.summary["imports"].elements.map(\.["status"]) == [0, 65])
                let noKey = try await sources.import("--hmac-file", "nowhere").ended(with: 78, saying: "nowhere")
                #expect(noKey.output.isEmpty)
            }
        }

        @Test("People get the summary of each, and a line for each at the end")
        func forPeople() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice([1], sequence: 1)
                try sources.bringPlant([1, 2], sequence: 1)
                sources.office["input_file"] = "nowhere.json"
                try sources.writeConfigurations()
                let (run, _) = try await PseudoTerminal().run(
                    ["import", "--config-folder", TwoSources.folder], in: sources.stage.folder)
                run.ended(
                    with: 66, saying: "there is no such file", "plant-users.json imported", "2 imports", "status 66",
                    "status 0", "created 2")
            }
        }

        @Test("A signal ends the import that is at work in order, and none is begun after it")
        func signal() async throws {
            try await TwoSources.run { sources in
                try await sources.bringOffice(Array(1...300), sequence: 1)
                try sources.bringPlant([1], sequence: 1)
                try sources.writeConfigurations()
                let (run, _) = try await PseudoTerminal().run(
                    ["import", "--config-folder", TwoSources.folder, "--json", "--log-level", "info"],
                    in: sources.stage.folder,
                    [.init("create Person 2: done", "", after: ["/bin/sh", "-c", "kill -TERM $PROGRAM"])])
                run.ended(with: 143, saying: "\"imports\"", "\"status\" : 143")
                #expect(try await sources.people(sources.plantPath).isEmpty)
                #expect((2..<300).contains(try await sources.people(sources.officePath).count))
            }
        }

        @Test(
            "What is about one source has no place beside several",
            arguments: [
                ["--config", "import-config.json"], ["--interactive"], ["--confirm"], ["--watch"], ["--allow-older"],
                ["--accept-unanchored"], ["--accept-new-container"], ["--user", "jdoe"], ["--group", "CN=Operators"],
                ["--filter", "(cn=*)"],
            ])
        func refused(option: [String]) async throws {
            try await Program.run(["import", "--config-folder", "sources"] + option, in: try TemporaryFolder())
                .ended(with: 64, saying: option[0])
        }

        @Test("A folder that is not there, or has no configuration in it")
        func noFolder() async throws {
            let folder = try TemporaryFolder()
            try await Program.run(["import", "--config-folder", "nowhere"], in: folder).ended(
                with: 78, saying: "nowhere")
            try await Program.run(["import", "--config-folder", "."], in: folder).ended(with: 78, saying: "*.json")
        }
    }
}
