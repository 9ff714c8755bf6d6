import Approvals
import Directory
import SyncPlan

extension ActionKind {
    /// As the list shows it.
    var word: String {
        switch self {
        case .enable: "Enable"
        case .disable: "Disable"
        case .join: "Join"
        case .leave: "Leave"
        case .name: "Name"
        case .grant: "Grant"
        }
    }

    /// What the button that says yes is called.
    var acceptWord: String {
        switch self {
        case .enable: "Enable"
        case .disable: "Disable"
        case .join, .grant: "Add to the group"
        case .leave: "Remove from the group"
        case .name: "Use this name"
        }
    }

    /// Whether yes is the whole answer.
    var takesPlainYes: Bool {
        switch self {
        case .disable, .join, .leave, .grant: true
        case .enable, .name: false
        }
    }
}

extension ApprovalAction.State {
    var word: String {
        switch self {
        case .waiting: "waiting"
        case .accepted: "accepted"
        case .rejected: "rejected"
        }
    }
}

extension ListQuery.State {
    var word: String {
        switch self {
        case .open: "Open"
        case .waiting: "Waiting"
        case .accepted: "Accepted, not done"
        case .rejected: "Rejected"
        case .all: "All"
        }
    }
}

extension ApprovalAction {
    var isAboutMany: Bool { !members.isEmpty }

    /// What is asked: words, and the name they are about.
    var asked: (words: String, object: String?) {
        switch kind {
        case .enable: ("Enable the account", nil)
        case .disable: (isAboutMany ? "Disable \(members.count) accounts" : "Disable the account", nil)
        case .join: ("Join", group)
        case .leave:
            isAboutMany ? ("End \(counted(members.count, "membership", "memberships"))", nil) : ("Leave", group)
        case .name: ("Name taken:", name)
        case .grant: ("Member of", group)
        }
    }

    /// Whom it is about, in words.
    var subject: String { isAboutMany ? counted(people.count, "person", "people") : person.commonName }

    /// What the button that says yes is called.
    var acceptWord: String { isAboutMany && kind == .leave ? "Remove from the groups" : kind.acceptWord }

    /// Each of those it is about, in words: who goes, or who leaves what.
    var memberWords: String {
        switch kind {
        case .leave: counted(members.count, "membership", "memberships")
        case .enable, .disable, .join, .name, .grant: counted(members.count, "person", "people")
        }
    }
}

func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
}

/// For `<time>`: the script shows it in the operator's own zone.
struct MomentView {
    let machine: String
    let text: String

    init(_ timestamp: Timestamp) {
        machine = timestamp.roundedDownToSecond.iso8601(.withZone)
        text = machine.split(separator: "T").joined(separator: " ").replacingZone
    }
}

extension String {
    fileprivate var replacingZone: String { hasSuffix("Z") ? dropLast() + " UTC" : self }
}
