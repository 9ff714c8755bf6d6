import Directory
import DistinguishedNames
import SyncRun
import UserFile

/// What an export wrote.
struct ExportReport: Encodable {
    struct Group: Encodable {
        let group: String
        let members: Int
    }

    let file: String
    let signed: Bool
    let users: Int
    let disabled: Int
    let sequence: Int?
    let groups: [Group]
    let run: RunRecord

    init(file: String, isSigned: Bool, document: UserFileDocument, run: RunRecord) {
        self.file = file
        signed = isSigned
        users = document.users.count
        disabled = document.users.count { $0.isDisabled }
        sequence = document.header.sequence
        groups = (document.header.completeness?.members ?? []).map {
            Group(group: $0.group.description, members: $0.count)
        }
        self.run = run
    }

    func text(_ terminal: Terminal) -> String {
        var table = TextTable()
        table.add("users", "\(users), of them disabled \(disabled)")
        for group in groups { table.add(group.group.printable, "\(group.members) members") }
        table.add("signed", signed ? "yes" : terminal.paint("no: pass a key with --hmac-file", .yellow))
        table.add("sequence", sequence.map(String.init) ?? "none")
        table.add("took", run.duration)
        table.add("by", run.by.words)
        return ([terminal.paint("\(file) written", .bold)] + table.lines()).joined(separator: "\n") + "\n"
    }
}
