import LabSupport
import Testing

extension EndToEnd {
    /// Servers, certificates, passwords, containers and groups that are not as they should be.
    @Suite struct Trouble {
        static let both: [Stage.Command] = [.export, .import]

        /// A stage with a file to import, and both configurations changed.
        private func run(
            _ command: Stage.Command, _ change: (Lab, inout JSON) throws -> Void
        ) async throws -> Run {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            try change(stage.lab, &stage.export)
            try change(stage.lab, &stage.import)
            let file = try stage.folder.read("users.json")
            let before = try await stage.target.highestCommittedUSN()
            let run = try await stage.run(command, [])
            #expect(try await stage.target.highestCommittedUSN() == before)
            #expect(try stage.folder.read("users.json") == file)
            #expect(run.output.isEmpty)
            return run
        }

        @Test("Nothing listens there", arguments: both)
        func unreachable(_ command: Stage.Command) async throws {
            try await run(command) { $1["server"] = "ldaps://127.0.0.254:636" }
                .ended(with: 69, saying: "127.0.0.254", "refused")
        }

        @Test("A certificate of an authority that is not trusted: the reason is told", arguments: both)
        func wrongAuthority(_ command: Stage.Command) async throws {
            try await run(command) { lab, configuration in
                configuration["tls"] = [
                    "ca_file": .text(command == .export ? lab.target.caFile : lab.source.caFile)
                ]
            }.ended(with: 69, saying: "certificate")
        }

        @Test("A certificate that does not name the server we meant", arguments: both)
        func wrongHost(_ command: Stage.Command) async throws {
            // The right machine, by a name that its certificate does not have: the address as IPv6 writes it.
            try await run(command) { lab, configuration in
                let address = (command == .export ? lab.source : lab.target).uri.dropFirst("ldaps://".count)
                configuration["server"] = "ldaps://[::ffff:\(address)]"
            }.ended(with: 69, saying: "certificate")
        }

        @Test("A CA file that is not there", arguments: both)
        func missingAuthority(_ command: Stage.Command) async throws {
            try await run(command) { $1["tls"] = ["ca_file": "nowhere.pem"] }
                .ended(with: 78, saying: "nowhere.pem")
        }

        @Test("The second server serves when the first does not", arguments: both)
        func failover(_ command: Stage.Command) async throws {
            var stage = try await Stage([.jane])
            stage.export["server"] = ["ldaps://127.0.0.254", stage.export["server"]]
            stage.import["server"] = ["ldaps://127.0.0.254", stage.import["server"]]
            try await stage.carryAcross()
        }

        @Test("StartTLS serves as well as ldaps", arguments: both)
        func startTLS(_ command: Stage.Command) async throws {
            var stage = try await Stage([.jane])
            stage.export["server"] = .text(stage.source.plainURI)
            stage.import["server"] = .text(stage.target.plainURI)
            stage.export["tls"]["start_tls"] = true
            stage.import["tls"]["start_tls"] = true
            try await stage.carryAcross()
        }

        @Test("Without encryption no password is sent: a bad configuration", arguments: both)
        func unencrypted(_ command: Stage.Command) async throws {
            try await run(command) { lab, configuration in
                configuration["server"] = .text(command == .export ? lab.source.plainURI : lab.target.plainURI)
            }.ended(with: 78)
        }

        @Test("A wrong password of the service account", arguments: both)
        func wrongPassword(_ command: Stage.Command) async throws {
            let run = try await run(command) { lab, configuration in
                let domain = command == .export ? lab.source : lab.target
                configuration["bind"] = ["user": .text(domain.service.name), "password": "Wrong-Password-1"]
            }.ended(with: 77, saying: "the user or the password is wrong")
            #expect(!run.log.contains("Wrong-Password-1"))
        }

        @Test("The password comes from the environment before anything else", arguments: both)
        func environmentPassword(_ command: Stage.Command) async throws {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let domain = command == .export ? stage.source : stage.target
            stage.export["bind"] = ["user": .text(domain.service.name)]
            stage.import["bind"] = ["user": .text(domain.service.name)]
            try await stage.run(command, []).ended(with: 78, saying: "AD_USER_SYNC_BIND_PASSWORD")
            let password = try domain.service.password()
            try await stage.run(command, [], ["AD_USER_SYNC_BIND_PASSWORD": password]).ended(with: 0)
        }

        @Test("A container that does not exist", arguments: both)
        func missingContainer(_ command: Stage.Command) async throws {
            try await run(command) { lab, configuration in
                let (key, base) =
                    command == .export ? ("user_path", lab.source.base) : ("managed_user_path", lab.target.base)
                if configuration.keys.contains(key) { configuration[key] = "OU=Nowhere,\(base)" }
            }.ended(with: 78, saying: "OU=Nowhere")
        }

        @Test("A group that does not exist", arguments: both)
        func missingGroup(_ command: Stage.Command) async throws {
            try await run(command) { _, configuration in
                if configuration.keys.contains("search_groups") { configuration["search_groups"] = ["CN=Nobodies"] }
                if configuration.keys.contains("group_map") {
                    configuration["group_map"] = ["CN=Operators": "CN=Nobodies"]
                    configuration["restricted_groups"] = []
                }
            }.ended(with: 78, saying: "CN=Nobodies")
        }

        @Test("Every problem of a configuration at once, each with its key", arguments: both)
        func badConfiguration(_ command: Stage.Command) async throws {
            try await run(command) { _, configuration in
                configuration["group_path"] = 7
                configuration["servr"] = "ldaps://x"
                configuration["log_level"] = "LOUD"
            }.ended(with: 78, saying: "group_path", "servr", "server", "log_level", "LOUD")
        }

        @Test("No configuration at all", arguments: ["export", "import"])
        func noConfiguration(_ command: String) async throws {
            try await Program.run([command], in: try TemporaryFolder())
                .ended(with: 78, saying: "\(command)-config.json", "--config")
        }

        @Test(
            "A file that cannot be written leaves the old one",
            arguments: ["no/such/folder/users.json", "/proc/users.json"])
        func unwritable(_ path: String) async throws {
            var stage = try await Stage([.jane])
            stage.export["export_file"] = .text(path)
            try await stage.export().ended(with: 73, saying: path)
        }

        @Test("An unknown option is a matter of usage")
        func usage() async throws {
            try await Program.run(["import", "--nonsense"], in: try TemporaryFolder()).ended(with: 64)
            try await Program.run(["--version"], in: try TemporaryFolder()).ended(with: 0)
        }
    }
}
