import AccessControl
import Delegation
import Directory
import DistinguishedNames

/// The delegation in lines: what is granted in one for each place, what is not in one for each right.
struct DelegationSection {
    let findings: [DelegationFinding]
    let excess: [ExcessRight]

    func add(to sheet: inout CheckSheet) {
        for place in places { addGranted(at: place, &sheet) }
        addGrantedGroups(&sheet)
        for finding in findings { addFault(finding, &sheet) }
        addExcess(&sheet)
    }

    /// What comes from one entry in one line.
    private func addExcess(_ sheet: inout CheckSheet) {
        var isTold: Set<ExcessRight> = []
        for right in excess where !isTold.contains(right) {
            let others = excess.filter { $0.place == right.place && $0.entry == right.entry }
            isTold.formUnion(others)
            let words = others.map(\.words).joined(separator: "; ")
            let entry = right.entry.map { ", by the entry \($0)" } ?? ""
            sheet.note(right.place.shortName, "more than needed: may \(words)\(entry)")
        }
    }

    /// Those that are no groups, each once.
    private var places: [DelegatedPlace] {
        var seen: Set<DelegatedPlace> = []
        return findings.map(\.place).filter { !$0.isGroup && seen.insert($0).inserted }
    }

    private func addGranted(at place: DelegatedPlace, _ sheet: inout CheckSheet) {
        let granted = findings.filter { $0.place == place && $0.verdict == .granted }.map(\.right.permission)
        var words: [String] = []
        var read = 0
        var written: [String] = []
        for permission in granted {
            switch permission {
            case .read: read += 1
            case .write(let attribute): written.append("\(attribute.name)")
            case .createUsers, .resetPasswords, .readPermissions, .changePermissions, .writeMembers, .delete:
                words.append("\(permission)")
            }
        }
        if read > 0 { words.append("read \(read) attributes") }
        if !written.isEmpty { words.append("write \(written.joined(separator: ", "))") }
        if !words.isEmpty { sheet.ok(place.shortName, "may \(words.joined(separator: "; "))") }
    }

    private func addGrantedGroups(_ sheet: inout CheckSheet) {
        let count = findings.count { $0.place.isGroup && $0.verdict == .granted }
        guard count > 0 else { return }
        sheet.ok("groups", "may write member of \(count == 1 ? "the mapped group" : "\(count) mapped groups")")
    }

    private func addFault(_ finding: DelegationFinding, _ sheet: inout CheckSheet) {
        let right = finding.right
        switch finding.verdict {
        case .granted: return
        case .missing:
            let group = finding.place.isGroup ? " of \(finding.place.name)" : ""
            sheet.fault(
                finding.place.shortName, "may not \(right.permission)\(group): needed to \(right.purpose)",
                .notAuthorised)
        case .missingOnSome(let users, of: let count):
            let names = users.prefix(3).map { $0.leaf?.value ?? "\($0)" }.joined(separator: ", ")
            sheet.fault(
                finding.place.shortName,
                "may not \(right.permission) of \(users.count) of \(count) users (\(names.printable)"
                    + "\(users.count > 3 ? ", …" : "")): needed to \(right.purpose). They do not inherit from the "
                    + "container, or an entry denies it", .notAuthorised)
        case .unknown:
            // Reading cannot be judged before there is somebody to read; everything else is worth a line.
            if case .read = right.permission { return }
            sheet.note(
                finding.place.shortName, "nothing tells whether it may \(right.permission) (to \(right.purpose))")
        }
    }
}

extension DelegatedPlace {
    /// For the first column; which container it is, the section above has told.
    fileprivate var shortName: String {
        switch self {
        case .container(let name): name.leaf.map { "\($0)" } ?? "\(name)"
        case .users: "its users"
        case .group(let name), .account(let name): name.leaf.map { "\($0)" } ?? "\(name)"
        }
    }

    fileprivate var isGroup: Bool {
        if case .group = self { true } else { false }
    }
}
