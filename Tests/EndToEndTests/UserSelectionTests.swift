import LabSupport
import Testing

extension EndToEnd {
    /// Who is exported: paths, filter, object classes, exclusions.
    @Suite struct UserSelection {
        private static let robot = Crew(
            cn: "Robot", account: "svc-robot", groups: ["Operators"], attributes: ["employeeType": "robot"])

        private func accounts(_ stage: Stage) throws -> [String] {
            try JSON(parsing: stage.folder.read("users.json"))["users"].elements.compactMap {
                $0["sAMAccountName"].string
            }
        }

        /// Two more units, with one person each.
        private func stage() async throws -> Stage {
            let stage = try await Stage(Crew.four + [Self.robot])
            for (unit, person) in [
                ("East", Crew(cn: "Erna East", account: "e2e-erna", groups: ["Engineers"])),
                ("West", Crew(cn: "Willi West", account: "e2e-willi", groups: ["Visitors"])),
            ] {
                let path = "OU=\(unit),\(stage.sourcePath)"
                try await stage.source.apply(
                    [.add(path, [("objectClass", ["organizationalUnit"])])]
                        + person.changes(in: stage.source, below: path))
            }
            return stage
        }

        @Test("A filter narrows down who is exported; the counts of the file are those of who is in it")
        func filter() async throws {
            var stage = try await stage()
            stage.export["user_filter"] = "(|(department=operations)(displayName=*\\28x\\29*)(cn=J*K\\c3\\b6hler))"
            try await stage.export().ended(with: 0)
            #expect(try accounts(stage) == ["e2e-cobrien", "e2e-jdoe", "e2e-jkoehler"])
            let file = try JSON(parsing: stage.folder.read("users.json"))
            #expect(file["completeness"]["members"] == ["CN=Engineers": 1, "CN=Operators": 2, "CN=Visitors": 0])
            try await stage.import().ended(with: 0)
        }

        @Test("An attribute or class that the schema does not know is told, and nothing is written")
        func unknownAttribute() async throws {
            var stage = try await stage()
            stage.export["user_filter"] = "(!(emploeyType=robot))"
            try await stage.export().ended(
                with: 78, saying: "knows no attribute \"emploeyType\"", "(!(emploeyType=robot))")
            stage.export.remove("user_filter")
            stage.export["exclude"] = [["filter": "(1.2.3.4.5.6=x)"]]
            try await stage.export().ended(with: 78, saying: "knows no attribute \"1.2.3.4.5.6\"")
            stage.export.remove("exclude")
            stage.export["user_object_classes"] = ["user", "acmePerson"]
            try await stage.export().ended(with: 78, saying: "knows no object class \"acmePerson\"")
            #expect(!stage.folder.exists("users.json"))
        }

        @Test("Object classes: inetOrgPerson alone, or beside it what stands there by default")
        func objectClasses() async throws {
            var stage = try await stage()
            try await stage.source.apply(
                .add(
                    "CN=Ines Inet,\(stage.sourcePath)",
                    [
                        ("objectClass", ["inetOrgPerson"]), ("sAMAccountName", ["e2e-ines"]), ("sn", ["Inet"]),
                        ("userAccountControl", ["512"]),
                    ]))
            try await stage.export().ended(with: 0)
            let everybody = try accounts(stage)
            #expect(everybody.contains("e2e-ines") && everybody.count == 8)
            stage.export["user_object_classes"] = ["user"]
            try await stage.export().ended(with: 0)
            #expect(try accounts(stage) == everybody)
            stage.export["user_object_classes"] = ["inetOrgPerson"]
            stage.export["deactivation_limit"] = ["percent": 100, "count": 10]
            try await stage.export().ended(with: 0)
            #expect(try accounts(stage) == ["e2e-ines"])
        }

        @Test("Several paths: each user once, whatever their order; units by their whole names")
        func paths() async throws {
            var stage = try await stage()
            let paths = ["OU=West,\(stage.sourcePath)", "OU=East,\(stage.sourcePath)"]
            stage.export["user_path"] = .array(paths.map { .text($0) })
            try await stage.export().ended(with: 0)
            #expect(try accounts(stage) == ["e2e-erna", "e2e-willi"])
            let first = try JSON(parsing: stage.folder.read("users.json"))
            #expect(first["completeness"]["units"] == [paths[0]: 1, paths[1]: 1])
            stage.export["user_path"] = .array(paths.reversed().map { .text($0) })
            try await stage.export().ended(with: 0)
            #expect(try JSON(parsing: stage.folder.read("users.json"))["users"] == first["users"])
            let verified = try await Program.run(["verify", "users.json"], in: stage.folder).ended(with: 0).summary
            #expect(verified["complete"] == "proven")
        }

        @Test("Whoever is moved from one path to another is still one user, and the same one")
        func movedBetweenPaths() async throws {
            var stage = try await stage()
            let paths = ["OU=West,\(stage.sourcePath)", "OU=East,\(stage.sourcePath)"]
            stage.export["user_path"] = .array(paths.map { .text($0) })
            try await stage.export().ended(with: 0)
            try await stage.source.apply(.rename("CN=Erna East,\(paths[1])", to: "CN=Erna East", below: paths[0]))
            try await stage.export().ended(with: 0)
            #expect(try accounts(stage) == ["e2e-erna", "e2e-willi"])
        }

        @Test("Excluded users are counted by the first rule that matches, listed at DEBUG, and missing at the target")
        func exclusions() async throws {
            var stage = try await stage()
            try await stage.carryAcross()
            stage.export["exclude"] = [
                ["account": "SVC-*"], ["filter": "(|(employeeType=robot)(telephoneNumber=*))"],
                ["path": "OU=West,\(stage.sourcePath)"], ["account": "nobody"],
            ]
            stage.export["log_level"] = "debug"
            let run = try await stage.export().ended(
                with: 0, saying: "excluded by account SVC-*: svc-robot (CN=Robot,",
                "excluded by filter (|(employeeType=robot)")
            #expect(
                try run.summary["excluded"] == [
                    ["account": "SVC-*", "users": 1],
                    ["filter": "(|(employeeType=robot)(telephoneNumber=*))", "users": 1],
                    ["path": "OU=West,\(stage.sourcePath)", "users": 1], ["account": "nobody", "users": 0],
                ])
            #expect(try accounts(stage) == ["e2e-cobrien", "e2e-erna", "e2e-jdoe", "e2e-jkoehler"])
            let imported = try await stage.import().ended(with: 0)
            #expect(Set(try imported.summary["disabled"].strings).isSubset(of: ["Robot", "Willi West", "魏 伟"]))
            #expect(try await stage.managed("svc-robot").first("userAccountControl") == "514")
        }

        @Test(
            "A rule that suddenly leaves out many trips the brake of the export; one that leaves out all, writes nothing"
        )
        func brake() async throws {
            var stage = try await stage()
            stage.export["deactivation_limit"] = ["percent": 20, "count": 2]
            try await stage.export().ended(with: 0)
            stage.export["exclude"] = ["account": "e2e-[j-w]*"]
            try await stage.export().ended(with: 3, saying: "the file has 3 active users, 4 fewer")
            stage.export["exclude"] = [["account": "e2e-*"], ["account": "svc-*"]]
            try await stage.export().ended(with: 3, saying: "exclude leaves out all 7 users below OU=Crew")
            stage.export.remove("exclude")
            stage.export["user_filter"] = "(cn=nobody at all)"
            try await stage.export().ended(with: 3, saying: "that match user_filter (cn=nobody at all)")
            #expect(try accounts(stage).count == 3)
        }

        @Test("No value of a filter leaves its place: it finds what it names, and nothing else")
        func injection() async throws {
            var stage = try await stage()
            stage.export["user_filter"] = "(cn=x\\29\\28objectClass=\\2a)"
            try await stage.export("--allow-empty").ended(with: 0)
            #expect(try accounts(stage).isEmpty)
        }
    }
}
