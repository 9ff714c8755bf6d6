import Directory
import DistinguishedNames
public import SyncPlan

extension ApprovedPlan {
    /// Operations as sentences; then `?` what is asked, `-` what was answered with no, `!` what fails, `#` what is held
    /// back, `i` what is worth knowing.
    public var lines: [String] {
        operations.map(\.line) + pending.map { "? \($0.line)" } + rejected.map { "- \($0.line)" }
            + plan.failures.map { "! \($0.person.commonName): \($0.field?.description ?? ""): \($0.reason)" }
            + brakes.map { "# \($0.line)" } + notices.map { "i \($0.line)" }
    }
}

extension Operation {
    public var line: String {
        let who = person.commonName
        switch verb {
        case .create: return "create \(who)"
        case .update(let adopted): return (adopted ? "adopt \(who)" : "update \(who)") + change.fields
        case .rename(let old): return "rename \(old) to \(who)"
        case .move(let old): return "move \(who) from \(old)"
        case .takeOver(let old): return "take over \(old) as \(who)"
        case .park: return "park \(who)" + change.fields
        case .giveBack(let place): return "give back \(who) to \(place)"
        case .disable(let reason): return "disable \(who) (\(reason.line))"
        case .enable: return "enable \(who)"
        case .join(let group): return "join \(who) → \(group)"
        case .leave(let group): return "leave \(who) ← \(group)"
        }
    }
}

extension DirectoryChange {
    /// What an update changes: `: mail=jane@source.test, expires 2026-12-21T08:15:00`.
    fileprivate var fields: String {
        switch self {
        case .update(_, let update):
            var parts = update.replacements.map { replacement in
                "\(replacement.name)=" + replacement.new.all.map(\.line).sorted().joined(separator: "+")
            }
            if let expiry = update.expiry { parts.append("expires \(expiry.new.line)") }
            return ": " + parts.joined(separator: ", ")
        case .rename(_, let leaf): return ": cn=\(leaf.value)"
        default: return ""
        }
    }
}

extension AttributeValue {
    fileprivate var line: String {
        guard let text else { return "(\(octets.count) bytes)" }
        return Anchor(stamp: text) == nil ? text : "(anchor)"
    }
}

extension AccountExpiry {
    fileprivate var line: String {
        switch self {
        case .never: "never"
        case .at(let time): time.iso8601(.withoutZone)
        }
    }
}

extension Operation.Deactivation {
    fileprivate var line: String {
        switch self {
        case .disabledAtSource: "source"
        case .missing: "missing"
        case .unknown: "unknown"
        case .undone: "undone"
        }
    }
}

extension Question {
    public var line: String {
        let who = isAboutSeveral ? members.map(\.line).joined(separator: ", ") : person.commonName
        switch reason {
        case .newUser: return "enable \(who) (new)"
        case .returned: return "enable \(who) (returned)"
        case .deactivation(let why): return "disable \(who) (\(why.line))"
        case .tooManyDeactivations(let active): return "disable \(members.count) of \(active): \(who)"
        case .restrictedGroup: return "join \(who) → \(group?.leaf?.value ?? "") (restricted)"
        case .privilegedGroup: return "join \(who) → \(group?.leaf?.value ?? "") (privileged)"
        case .tooManyLeaves(let departures): return "leave \(departures.count) of \(departures.memberships): \(who)"
        case .leavingNeedsApproval, .leavingIsDecided: return "leave \(who) ← \(group?.leaf?.value ?? "")"
        case .nameConflict(let conflict): return "name \(who): \(conflict.line)"
        }
    }
}

extension Question.Member {
    fileprivate var line: String {
        person.commonName + (group.map { " ← \($0.leaf?.value ?? "")" } ?? "")
    }
}

extension NameConflict {
    fileprivate var line: String {
        let field = "\(aspect.rawValue) \(name) "
        switch cause {
        case .held(let holder):
            let relation =
                switch holder.relation {
                case .stranger: "a stranger"
                case .movedOut: "himself, moved out"
                case .managed: "a managed user"
                case .notAnAccount: "no account"
                }
            let takeOver =
                switch holder.takeOver {
                case .possible: "take-over possible"
                case .onlyByName: "take-over by name"
                case .refused(let why): "no take-over: \(why)"
                }
            return field + "is held by \(holder.name.leaf?.value ?? "") (\(relation); \(takeOver))"
        case .wantedByRecords(let positions):
            return field + "is wanted by record \(positions.map(String.init).joined(separator: ", ")) too"
        case .ambiguous(let accounts): return field + "could be \(accounts.joined(separator: " or "))"
        }
    }
}

extension Brake {
    fileprivate var line: String {
        switch self {
        case .emptyFile: "the file is empty"
        case .incompleteFile(let reason): "the file is incomplete: \(reason)"
        case .tooManyDeactivations(_, let count, let active, _): "\(count) of \(active) would be deactivated"
        case .tooManyLeaves(_, let departures, _): "\(departures.count) of \(departures.memberships) would leave"
        }
    }
}

extension Notice {
    fileprivate var line: String {
        switch self {
        case .protected(let person, let protection): "\(person.commonName) is protected: \(protection)"
        case .adopted(let person, let field): "\(person.commonName) found by \(field)"
        case .unusableAnswer(_, let person, let problem): "answer for \(person.commonName): \(problem)"
        case .needsNoPassword(let person): "\(person.commonName) needs no password"
        case .suspiciousName(let person, let why): "\(person.commonName): \(why)"
        case .managersNotHere(let people): "no manager here: \(people.map(\.commonName).joined(separator: ", "))"
        case .switchedOff(let step, let people):
            "\(step.rawValue) is off: \(people.map(\.commonName).joined(separator: ", "))"
        case .restrictedByNesting(let group, let chain): "\(group) → \(chain.joined(separator: " → "))"
        }
    }
}

extension PlanRefusal {
    var line: String {
        switch self {
        case .otherSource: "refused: another source"
        case .unanchoredFile(let count): "refused: no anchors, the container has \(count)"
        case .prefixMissing(let prefix, let example, let count):
            "refused: \(count) have the prefix \(prefix), such as \(example.commonName)"
        }
    }
}
