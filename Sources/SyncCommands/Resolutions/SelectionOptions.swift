public import Approvals
public import ArgumentParser
public import SyncPlan

extension ActionKind: ExpressibleByArgument {}
extension Resolution.State: ExpressibleByArgument {}

/// Which entries by what they are about.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp("Only entries of this kind. May be repeated.", valueName: "kind"))
    var kinds: [ActionKind] = []

    @Option(
        help: ArgumentHelp(
            "Only entries about users whose cn (prefix included) or account name matches this shell pattern, such as "
                + "'*doe'; upper and lower case count as the same.", valueName: "pattern"))
    var user: String?

    func filter(state: Resolution.State? = nil) -> ResolutionFilter {
        ResolutionFilter(kinds: Set(kinds), user: user.map { ShellPattern($0) }, state: state)
    }
}

/// Which entries are to be answered: by their ids, or by what they are about.
struct SelectionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Ids, as `resolutions list` shows them; the first four characters or more are enough.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var filter: FilterOptions

    func validate() throws {
        guard !ids.isEmpty || !filter.filter().isEmpty else {
            throw ValidationError("Say which: ids, or --kind and --user; `ad-user-sync resolutions list` shows them.")
        }
        guard ids.isEmpty || filter.filter().isEmpty else {
            throw ValidationError("Either ids, or --kind and --user.")
        }
    }

    var selection: ResolutionSelection { ids.isEmpty ? .filter(filter.filter()) : .ids(ids) }
}

/// The configuration that names the file.
struct AnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file of the import.", valueName: "file"), completion: .file())
    var config = "import-config.json"

}

/// What is done once an answer stands in the file.
struct ApplicationOptions: ParsableArguments {
    @Flag(help: "Perform these answers right away, and nothing else; the user file must be the one imported last.")
    var apply = false

    @OptionGroup var key: KeyOptions
}
