import ActiveDirectory
import Directory
import DistinguishedNames
import SyncConfiguration

/// The groups below a base, in the forms they are shown in.
struct GroupList: Sendable {
    let base: DistinguishedName
    let groupPath: DistinguishedName
    let groups: [ListedGroup]

    /// Relative to `group_path`, as `search_groups` and `group_map` have it; nil for a group that is not below it.
    private func relative(_ group: ListedGroup) -> DistinguishedName? { group.name.relative(to: groupPath) }

    // MARK: the file

    /// In the form of a `group_filter_file`.
    var fileText: String {
        let count = counted(groups.count, "group")
        var lines: [GroupFilterLine] = [
            .remark("\(count) below \(base)"),
            .remark("To choose: copy this file to group_filter.txt, take out the groups that nobody needs,"),
            .remark("and name it as group_filter_file in export-config.json. What follows a # is a remark."),
            .blank,
        ]
        for group in groups {
            let remark = Self.remark(group)
            if let name = relative(group) {
                lines.append(.group(name, remark: remark))
            } else {
                lines.append(.remark("not below group_path: \(group.name)    \(remark)"))
            }
        }
        let column = GroupFilterLine.remarkColumn(of: lines)
        return lines.map { $0.text(remarksAt: column) }.joined(separator: "\n") + "\n"
    }

    private static func remark(_ group: ListedGroup) -> String {
        var parts = [counted(group.memberCount, "member")]
        if !group.nested.isEmpty {
            let names = group.nested.map { $0.leaf.map { "\($0)" } ?? "\($0)" }.joined(separator: ", ")
            parts.append("\(group.nested.count) nested: \(names)")
        }
        if let description = group.description { parts.append(description) }
        return parts.joined(separator: "; ").printable
    }

    // MARK: for people and programs

    func text(writtenTo file: String?, _ terminal: Terminal) -> String {
        var table = TextTable()
        for group in groups {
            table.add("\(relative(group) ?? group.name)".printable, Self.remark(group))
        }
        let count = counted(groups.count, "group")
        let place = file.map { ", written to \($0)" } ?? ""
        return
            ([terminal.paint("\(count) below \(base)\(place)", .bold)] + table.lines(columns: terminal.columns))
            .joined(separator: "\n") + "\n"
    }

    struct Report: Encodable {
        struct Group: Encodable {
            /// As `search_groups` has it.
            let group: String?
            let name: String
            let path: String
            let description: String?
            let members: Int
            let nested: [String]
        }

        let base: String
        let file: String?
        let groups: [Group]
    }

    func report(writtenTo file: String?) -> Report {
        Report(
            base: "\(base)", file: file,
            groups: groups.map { group in
                Report.Group(
                    group: relative(group).map { "\($0)" }, name: group.name.leaf?.value ?? "", path: "\(group.name)",
                    description: group.description, members: group.memberCount, nested: group.nested.map { "\($0)" })
            })
    }
}
