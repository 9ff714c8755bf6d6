import ArgumentParser

/// What both sides of `init` understand; what is not given is asked for.
struct InitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A domain controller, as a URI or by its name, or the DNS name of the domain.", valueName: "server"))
    var server: String?

    @Option(help: ArgumentHelp("The account to sign in as: user@domain.", valueName: "name"))
    var user: String?

    @Option(
        help: ArgumentHelp(
            """
            A file that holds its password and nothing else. Without it, the password is asked for and kept in \
            secrets/bind-password beside the configuration.
            """, valueName: "file"), completion: .file())
    var passwordFile: String?

    @Option(
        help: ArgumentHelp("The certificate of the authority that issued the server's, as PEM.", valueName: "file"),
        completion: .file())
    var caFile: String?

    @Option(
        help: ArgumentHelp(
            "A file that holds the shared secret of both sides; the configuration will name it (hmac_file).",
            valueName: "file"), completion: .file())
    var hmacFile: String?

    @Option(help: ArgumentHelp("The container that groups are relative to: a distinguished name.", valueName: "name"))
    var groupPath: String?

    @Flag(help: "Replace the configuration file, and secrets/bind-password, where they are there already.")
    var force = false

    @Flag(help: "Ask nothing: what is needed and not given ends the command with status 64.")
    var noInteraction = false

    /// Refuses at once where somebody would have to be asked and cannot be.
    ///
    /// - Parameter own: the options of one side that it cannot do without, with their values.
    func requireAnswers(_ own: [(option: String, value: String?)], _ dialogue: InitDialogue, hasPassword: Bool) throws {
        guard !dialogue.isPossible else { return }
        let needed: [(option: String, value: String?)] =
            [("--server", server), ("--user", user), ("--password-file", hasPassword ? "" : passwordFile)]
            + own + [("--group-path", groupPath)]
        let missing = needed.filter { $0.value == nil }.map(\.option)
        guard !missing.isEmpty else { return }
        let reason =
            noInteraction ? "--no-interaction asks nothing" : "standard input is no terminal, so nobody can be asked"
        throw CommandFailure(.usage, "\(reason): give \(missing.joined(separator: ", ")) too; nothing was written")
    }
}
