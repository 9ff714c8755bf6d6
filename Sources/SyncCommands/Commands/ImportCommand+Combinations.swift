import ArgumentParser

/// Options that make no sense together.
extension ImportCommand {
    func validate() throws {
        try validateQuestions()
        guard !(watch && (interactive || confirm || dryRun || allowOlder || acceptNewContainer)) else {
            throw ValidationError(
                "--watch imports what arrives, and asks nobody: leave out --interactive, --confirm, --dry-run, "
                    + "--allow-older and --accept-new-container.")
        }
        try validateFolder()
    }

    private func validateQuestions() throws {
        guard !(confirm && noInteraction) else {
            throw ValidationError("--no-interaction never asks, and --confirm does: leave one of them out.")
        }
        guard !(interactive && noInteraction) else {
            throw ValidationError("--no-interaction never asks, and --interactive does: leave one of them out.")
        }
        guard !(interactive && (dryRun || confirm)) else {
            throw ValidationError(
                "--interactive imports and then asks on its page: use --dry-run or --confirm in a run of its own.")
        }
        guard interactive || !choose else {
            throw ValidationError("--choose is about the page that --interactive opens: add it.")
        }
        guard !(choose && part.isGiven) else {
            throw ValidationError(
                "--choose imports nobody beforehand, and --user, --group and --filter name some: leave one of them out."
            )
        }
        guard !(confirm && dryRun) else {
            throw ValidationError("--dry-run writes nothing that could be confirmed: leave --confirm out.")
        }
    }

    /// What insists on something, or chooses, or asks, is about one source.
    private func validateFolder() throws {
        guard configFolder != nil else { return }
        let given = [
            ("--config", config != nil), ("--interactive", interactive), ("--confirm", confirm), ("--watch", watch),
            ("--allow-older", allowOlder), ("--accept-unanchored", acceptUnanchored),
            ("--accept-new-container", acceptNewContainer), ("--user", !part.users.isEmpty),
            ("--group", !part.groups.isEmpty), ("--filter", part.filter != nil),
        ].filter(\.1).map(\.0)
        guard given.isEmpty else {
            throw ValidationError(
                "--config-folder imports from several sources, and \(given.joined(separator: ", ")) is about one: leave "
                    + "it out, or import from that source alone, with --config.")
        }
    }
}
