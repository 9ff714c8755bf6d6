import ArgumentParser
import Directory
import LDAPFilters
import SourceRecords

/// For whom an import is, when it is not for everybody in the file.
struct PartOptions: ParsableArguments {
    @Option(
        name: .customLong("user"),
        help: ArgumentHelp(
            "Only this person: account name, user principal name, mail address, cn, anchor, or a part of a name that one "
                + "person has. May be repeated.", valueName: "name"))
    var users: [String] = []

    @Option(
        name: .customLong("group"),
        help: ArgumentHelp(
            "Only members of this source group: CN=Operators, or its common name. May be repeated; --filter narrows it.",
            valueName: "name"))
    var groups: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only those of the file whom this LDAP filter matches, such as '(&(department=Ops)(memberOf=Operators))'.",
            valueName: "filter"))
    var filter: String?

    var isGiven: Bool { !users.isEmpty || !groups.isEmpty || filter != nil }

    func validate() throws {
        guard users.isEmpty || (groups.isEmpty && filter == nil) else {
            throw ValidationError("--user names people, --group and --filter describe them: use one or the other.")
        }
        _ = try selection()
    }

    func selection() throws -> PeopleSelection {
        do throws(FilterSyntaxError) {
            return PeopleSelection(names: users, groups: groups, filter: try filter.map(RecordFilter.init(parsing:)))
        } catch {
            throw ValidationError("--filter, \(error.described(in: filter ?? "").printable)")
        }
    }
}
