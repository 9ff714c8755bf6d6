import Directory
import DistinguishedNames
import LDAP
import SyncConfiguration
import SyncRun
import UserFile

/// What an export wrote.
struct ExportReport: Encodable {
    struct Group: Encodable {
        let group: String
        let members: Int
    }

    struct Unit: Encodable {
        let unit: String
        let users: Int
    }

    /// A rule of `exclude`, and whom it is the first to match.
    struct Exclusion: Encodable {
        let rule: UserExclusion
        let users: Int

        enum CodingKeys: String, CodingKey { case account, filter, path, users }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            switch rule {
            case .account(let pattern): try container.encode(pattern.description, forKey: .account)
            case .filter(let filter): try container.encode(filter.description, forKey: .filter)
            case .path(let path): try container.encode(path.description, forKey: .path)
            }
            try container.encode(users, forKey: .users)
        }
    }

    let file: String
    let signed: Bool
    let users: Int
    let disabled: Int
    let sequence: Int?
    let pages: Int?
    let groups: [Group]
    let units: [Unit]
    let excluded: [Exclusion]
    /// Of the groups and those in them: who has a member of another domain.
    let foreignMembers: [String]
    /// Of the export before this one; nil for the first.
    let previousUsers: Int?
    /// What there is less of than the limit lets pass without a word.
    let shrunk: [String]
    /// Units and groups that are suddenly empty, within the limit.
    let emptied: [String]
    let run: RunRecord

    init(file: String, isSigned: Bool, export: Export, rules: [UserExclusion], shrinkage: Shrinkage?, run: RunRecord) {
        self.file = file
        signed = isSigned
        users = export.users
        disabled = export.disabled
        sequence = export.header.sequence
        groups = (export.header.completeness?.members ?? []).map {
            Group(group: $0.group.description, members: $0.count)
        }
        pages = export.header.completeness?.pages
        units = (export.header.completeness?.units ?? []).map { Unit(unit: $0.unit, users: $0.count) }
        let counts = Dictionary(export.excluded.map { ($0.rule, 1) }, uniquingKeysWith: +)
        excluded = rules.enumerated().map { Exclusion(rule: $1, users: counts[$0] ?? 0) }
        foreignMembers = export.foreignMembers.map { "\($0)".printable }
        previousUsers = export.header.completeness?.previous?.users
        shrunk = shrinkage?.alarms ?? []
        emptied = shrinkage?.remarks ?? []
        self.run = run
    }

    enum CodingKeys: String, CodingKey {
        case file, signed, users, disabled, sequence, pages, groups, units, excluded, shrunk, emptied, run
        case previousUsers = "previous_users"
        case foreignMembers = "foreign_members"
    }

    func text(_ terminal: Terminal) -> String {
        var table = TextTable()
        table.add(
            "users",
            "\(users), of them disabled \(disabled)" + (previousUsers.map { "; the last export had \($0)" } ?? ""))
        for group in groups { table.add(group.group.printable, "\(group.members) members") }
        for exclusion in excluded { table.add("excluded", "\(exclusion.users) by \(exclusion.rule.words)") }
        table.add("signed", signed ? "yes" : terminal.paint("no: pass a key with --hmac-file", .yellow))
        table.add("sequence", sequence.map(String.init) ?? "none")
        table.add("took", run.duration)
        table.add("by", run.by.words)
        let lines = [terminal.paint("\(file) written", .bold)] + table.lines(columns: terminal.columns)
        return
            (lines + section("Shrunk: look before it is imported", shrunk, .red, terminal)
            + section("Suddenly empty", emptied, .yellow, terminal)).joined(separator: "\n") + "\n"
    }

    private func section(
        _ title: String, _ sentences: [String], _ colour: Terminal.Colour, _ terminal: Terminal
    ) -> [String] {
        guard !sentences.isEmpty else { return [] }
        var table = TextTable()
        for sentence in sentences { table.add(sentence) }
        return ["", terminal.paint(title, colour)] + table.lines(columns: terminal.columns)
    }
}
