import LDAP

extension ConfigurationDraft {
    /// The attributes without which nobody recognises a person.
    private static let attributes = ["givenName", "sn", "displayName", "mail"]

    static func export(
        _ connection: InitConnection, _ passwordPlace: String, _ answers: InitQuestions.Export, hmacFile: String?
    ) -> ConfigurationDraft {
        var paths: [(key: String, value: Value)] = [
            ("user_path", .text("\(answers.userPath)")), ("group_path", .text("\(answers.groupPath)")),
        ]
        if !answers.searchGroups.isEmpty {
            paths.append(("search_groups", .list(answers.searchGroups.map { "\($0)" })))
        }
        paths.append(("attributes", .list(attributes)))
        return ConfigurationDraft(
            groups: [
                Self.connection(connection, passwordPlace), paths,
                [("export_file", .text("users.json"))] + secret(hmacFile),
            ])
    }

    static func `import`(
        _ connection: InitConnection, _ passwordPlace: String, _ answers: InitQuestions.Import, hmacFile: String?
    ) -> ConfigurationDraft {
        ConfigurationDraft(
            groups: [
                Self.connection(connection, passwordPlace),
                [
                    ("input_file", .text("users.json")), ("managed_user_path", .text("\(answers.container.name)")),
                    ("group_path", .text("\(answers.groupPath)")),
                ] + secret(hmacFile),
            ])
    }

    private static func secret(_ file: String?) -> [(key: String, value: Value)] {
        file.map { [("hmac_file", .text($0))] } ?? []
    }

    private static func connection(
        _ connection: InitConnection, _ passwordPlace: String
    ) -> [(key: String, value: Value)] {
        var bind: [(String, Value)] = [("user", .text(connection.user))]
        switch connection.password.origin {
        case .environment: break
        case .file(let file): bind.append(("password_file", .text(file)))
        case .typed: bind.append(("password_file", .text(passwordPlace)))
        }
        var tls: [(String, Value)] = []
        if let caFile = connection.caFile { tls.append(("ca_file", .text(caFile))) }
        if connection.server.writesStartTLS { tls.append(("start_tls", .flag(true))) }
        return [("server", .text(connection.server.written)), ("bind", .object(bind))]
            + (tls.isEmpty ? [] : [("tls", .object(tls))])
    }

    /// The keys a file may hold, for `--help`.
    static func keys(of side: CheckRun.Side) -> Set<String> {
        let shared: Set = [
            "server", "bind.user", "bind.password_file", "tls.ca_file", "tls.start_tls", "group_path", "hmac_file",
        ]
        return switch side {
        case .export: shared.union(["user_path", "search_groups", "attributes", "export_file"])
        case .import: shared.union(["input_file", "managed_user_path"])
        }
    }
}
