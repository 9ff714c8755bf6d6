import Foundation
import Glibc
import LabSupport
import Testing

extension EndToEnd {
    /// Who is told how a run ended: commands, URLs, mail, Prometheus.
    @Suite struct Notices {
        /// A command that keeps what it reads in a file of the folder.
        private static func keeping(_ name: String, on events: JSON = ["success", "failure", "pending", "brake"])
            -> JSON
        {
            ["on": events, "command": ["/bin/sh", "-c", "cat > \"$0\"", .text(name)]]
        }

        private func told(_ name: String, _ stage: Stage) throws -> JSON {
            try JSON(parsing: stage.folder.read(name))
        }

        @Test("A receiver that is away twice gets the summary of the run, pending actions and all")
        func posting() async throws {
            var stage = try await Stage()
            let receiver = try Receiver(answers: [503, 503])
            stage.import["hooks"] = [["url": .text("http://127.0.0.1:\(receiver.port)/hooks?token=T0K3N")]]
            let run = try await stage.carryAcross()
            let requests = try receiver.requests
            #expect(requests.count == 3)
            #expect(Set(requests.map(\.body)).count == 1)
            let notice = try JSON(parsing: requests[2].body)
            #expect(notice["events"] == ["success", "pending"])
            #expect(notice["command"] == "import" && notice["status"] == 0)
            #expect(notice["configuration"].string?.hasSuffix("/import-config.json") == true)
            #expect(notice["configuration"].string?.hasPrefix("/") == true)
            // The very document that the run printed.
            #expect(try notice["report"] == run.summary)
            #expect(notice["report"]["created"].strings.contains("Conan O'Brien"))
            #expect(!run.log.contains("T0K3N"))
            // What waited before is no news.
            try await stage.import().ended(with: 0)
            #expect(try receiver.requests.count == 3)
        }

        @Test("A command gets it on its standard input, and none of our secrets with it")
        func command() async throws {
            var stage = try await Stage()
            stage.export["hooks"] = [
                Self.keeping("exported"), ["on": ["success"], "command": ["/bin/sh", "-c", "env > environment"]],
            ]
            let variables = ["AD_USER_SYNC_HMAC": Stage.key, "OTHER": "variable"]
            let run = try await stage.run(.export, [], variables).ended(with: 0)
            let notice = try told("exported", stage)
            #expect(notice["events"] == ["success"])
            #expect(try notice["report"] == run.summary)
            let environment = try stage.folder.text("environment")
            #expect(environment.contains("OTHER=variable") && !environment.contains("AD_USER_SYNC_"))
            for file in ["exported", "environment"] { #expect(try !stage.folder.text(file).contains(Stage.key)) }
        }

        @Test("A mail program gets a whole message, whatever people and files are called")
        func mail() async throws {
            var stage = try await Stage()
            stage.import["hooks"] = [
                [
                    "command": ["/bin/sh", "-c", "cat > mail"], "format": "mail", "to": ["o'brien@example.test"],
                    "from": "sync@example.test",
                ]
            ]
            try await stage.carryAcross()
            // Taken apart by somebody else's reader.
            let script = """
                import email, email.policy, json, sys
                mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
                json.dump({"to": mail["To"], "from": mail["From"], "subject": mail["Subject"], "date": str(mail["Date"].datetime),
                    "defects": [str(defect) for defect in mail.defects], "text": mail.get_content()}, sys.stdout)
                """
            var python = Subprocess("/usr/bin/python3", ["-c", script])
            python.input = try stage.folder.read("mail")
            let mail = try JSON(parsing: await python.succeed().output)
            #expect(mail["defects"] == [])
            #expect(mail["to"] == "o'brien@example.test" && mail["from"] == "sync@example.test")
            #expect(mail["subject"].string?.hasPrefix("ad-user-sync import on ") == true)
            #expect(mail["subject"].string?.hasSuffix(": done, 5 waiting for an answer") == true, "\(mail["subject"])")
            let text = mail["text"].string ?? ""
            for words in ["users.json imported", "Conan O'Brien", "魏 伟", "Jürgen Köhler", "resolutions.json"] {
                #expect(text.contains(words), "\(words): \(text)")
            }
            #expect(!text.contains("\u{1B}"))
        }

        @Test("A dry run, and one that somebody says no to, tells nobody")
        func dryRun() async throws {
            var stage = try await Stage()
            try await stage.export().ended(with: 0)
            stage.import["hooks"] = [Self.keeping("told")]
            stage.import["metrics_file"] = "import.prom"
            try await stage.import("--dry-run").ended(with: 0)
            #expect(!stage.folder.exists("told") && !stage.folder.exists("import.prom"))
        }

        @Test("A hook that fails or hangs is a warning, and changes nothing that was imported")
        func failingHooks() async throws {
            var stage = try await Stage()
            stage.import["hooks"] = [
                ["command": ["/bin/sh", "-c", "echo no mail today >&2; exit 75"]],
                ["command": ["/bin/sh", "-c", "echo $$ > pid; sleep 300"], "timeout": 1],
                ["url": "http://127.0.0.1:1/T0K3N", "retries": 0], ["command": ["/no/such/program"]],
                Self.keeping("told"),
            ]
            let run = try await stage.carryAcross()
            for words in [
                "WARNING", "/bin/sh was not told (success, pending): it ended with status 75: no mail today",
                "it did not end within 1 s and was ended", "http://127.0.0.1 was not told",
                "/no/such/program was not told",
            ] {
                #expect(run.log.contains(words), "\(words): \(run.log)")
            }
            #expect(!run.log.contains("T0K3N"))
            #expect(stage.folder.exists("told"))
            #expect(try await stage.managedUsers().count == 4)
            let shell = try #require(pid_t(try stage.folder.text("pid").filter(\.isNumber)))
            #expect(ForeignProcess.isGone(shell))
        }

        @Test(
            "Success, failure, pending, brake: each reaches the hook it is for, and the metrics, which promtool reads")
        func life() async throws {
            var stage = try await Stage([])
            stage.import["leave_limit"] = ["percent": 20, "count": 2]
            stage.import["metrics_file"] = "import.prom"
            stage.import["hooks"] = .array(
                ["success", "failure", "pending", "brake"].map { Self.keeping($0, on: [.text($0)]) })
            let people = (1...4).map { UserFile.record($0) }
            try await stage.importing(UserFile.document(people)).ended(with: 0)
            var metrics = try await Metrics("import.prom", in: stage.folder)
            #expect(metrics["users"] == 4 && metrics["pending"] == 4 && metrics["last_run_exit_status"] == 0)
            #expect(metrics[change: "created"] == 4 && metrics[change: "joined"] == 8)
            #expect(metrics["last_run_duration_seconds"].map { $0 > 0 && $0 < 60 } == true)
            let success = try #require(metrics["last_success_timestamp_seconds"])
            #expect(abs(success - Date.now.timeIntervalSince1970) < 120)
            let written = try #require(ISO8601DateFormatter().date(from: "\(UserFile.now)Z"))
            #expect(metrics["file_timestamp_seconds"] == written.timeIntervalSince1970)
            #expect(!metrics.contains("Person") && metrics.contains("command=\"import\""))
            #expect(try told("success", stage)["events"] == ["success", "pending"])
            #expect(try told("pending", stage)["report"]["required_interactions"].elements.count == 4)
            #expect(!stage.folder.exists("failure") && !stage.folder.exists("brake"))

            // The server is away: the success of before stays.
            let server = stage.import["server"]
            stage.import["server"] = "ldaps://127.0.0.1:1"
            try await stage.import().ended(with: 69)
            metrics = try await Metrics("import.prom", in: stage.folder)
            #expect(metrics["last_run_exit_status"] == 69 && metrics["last_success_timestamp_seconds"] == success)
            #expect(metrics["users"] == 4 && metrics["pending"] == 4 && metrics[change: "created"] == nil)
            let failure = try told("failure", stage)
            #expect(failure["status"] == 69 && failure["events"] == ["failure"] && failure["report"] == .null)
            #expect(failure["error"].string?.contains("127.0.0.1:1") == true)
            #expect(failure["text"].string?.hasSuffix("failed (status 69)") == true)

            // Far fewer memberships than before.
            stage.import["server"] = server
            let leavers = people.map { person in
                var person = person
                person["memberOf"] = []
                return person
            }
            try await stage.importing(UserFile.document(leavers, sequence: 2)).ended(with: 3)
            metrics = try await Metrics("import.prom", in: stage.folder)
            #expect(metrics["last_run_exit_status"] == 3 && metrics["last_success_timestamp_seconds"] == success)
            #expect(try told("brake", stage)["events"] == ["pending", "brake"])

            // A single record.
            var broken = people
            broken[3]["c"] = "Germany"
            try await stage.importing(UserFile.document(broken, sequence: 3)).ended(with: 1)
            metrics = try await Metrics("import.prom", in: stage.folder)
            #expect(metrics["last_run_exit_status"] == 1 && metrics["last_run_failures"] == 1)
            #expect(try told("failure", stage)["text"].string?.hasSuffix("1 failed") == true)
        }

        @Test("The metrics of an export; one that finds nobody is held back")
        func exportMetrics() async throws {
            var stage = try await Stage([.jane])
            stage.export["metrics_file"] = "export.prom"
            stage.export["hooks"] = [Self.keeping("told")]
            // Whatever stood there.
            try stage.folder.write("not { metrics\n", to: "export.prom")
            try await stage.export().ended(with: 0)
            let metrics = try await Metrics("export.prom", in: stage.folder)
            #expect(
                metrics["users"] == 1 && metrics["last_run_exit_status"] == 0
                    && !metrics.contains("ad_user_sync_pending"))
            let success = metrics["last_success_timestamp_seconds"]
            try await stage.source.apply(.delete(Crew.jane.dn(below: stage.sourcePath)))
            try await stage.export().ended(with: 3)
            let later = try await Metrics("export.prom", in: stage.folder)
            #expect(later["last_run_exit_status"] == 3 && later["last_success_timestamp_seconds"] == success)
            let notice = try told("told", stage)
            #expect(notice["events"] == ["brake"])
            #expect(notice["error"].string?.contains("--allow-empty") == true)
        }

        @Test("A metrics file that cannot be written is a warning; an import of some people leaves it alone")
        func metricsFile() async throws {
            var stage = try await Stage()
            try await stage.export().ended(with: 0)
            stage.import["metrics_file"] = "nowhere/import.prom"
            try await stage.import().ended(with: 0, saying: "WARNING", "metrics_file: nowhere/import.prom")
            stage.import["metrics_file"] = "import.prom"
            try await stage.import("--user", "e2e-jdoe").ended(with: 0)
            #expect(!stage.folder.exists("import.prom"))
        }

        @Test("A run that a signal ends is told as failed")
        func interrupted() async throws {
            var stage = try await Stage()
            try await stage.export().ended(with: 0)
            stage.import["hooks"] = [Self.keeping("told")]
            stage.import["metrics_file"] = "import.prom"
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try await SignalledRun.run(["import"], in: stage.folder, when: nil).ended(with: 143)
            let notice = try told("told", stage)
            #expect(notice["events"] == ["failure"] && notice["status"] == 143)
            #expect(try await Metrics("import.prom", in: stage.folder)["last_run_exit_status"] == 143)
        }

        @Test(
            "At one signal a hook may end what it does; at a second one it is killed, and the program ends",
            arguments: [1, 2])
        func hangingAtASignal(signals: Int) async throws {
            var stage = try await Stage()
            try await stage.export().ended(with: 0)
            stage.import["hooks"] = [
                ["command": ["/bin/sh", "-c", "echo $$ > pid; sleep 4; echo > done"], "timeout": 60]
            ]
            try stage.folder.write(try stage.import.bytes, to: "import-config.json")
            try await SignalledRun.run(["import"], in: stage.folder, when: "pid", times: signals).ended(with: 143)
            #expect(stage.folder.exists("done") == (signals == 1))
            let shell = try #require(pid_t(try stage.folder.text("pid").filter(\.isNumber)))
            #expect(ForeignProcess.isGone(shell))
        }
    }
}
