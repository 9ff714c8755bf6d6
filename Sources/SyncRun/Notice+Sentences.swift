import Directory
public import SyncPlan

extension Notice {
    public var sentence: String {
        switch self {
        case .protected(let person, let protection):
            "\(person.commonName) (\(person.accountName)) is left alone: \(protection.rawValue)"
        case .adopted(let person, let field):
            "\(person.commonName) (\(person.accountName)) was found by \(field) and gets its anchor"
        case .unusableAnswer(let id, let person, let problem):
            "the answer \(id.map { "\($0) " } ?? "")for \(person.commonName) cannot be used: \(problem)"
        case .needsNoPassword(let person):
            "\(person.commonName) (\(person.accountName)) may have an empty password (PASSWD_NOTREQD in "
                + "userAccountControl): take the flag away; enabling the account by an approval does it too"
        case .suspiciousName(let person, let why):
            "\(person.commonName) (\(person.accountName)) has a new name to look at: \(why)"
        case .managersNotHere(let people):
            "the manager is not managed here, so none is set: " + people.shown
        case .switchedOff(let step, let people): step.sentence(about: people)
        case .restrictedByNesting(let group, let chain):
            "\(group) is treated as restricted, because it leads to power over the domain: "
                + chain.joined(separator: " → ")
        }
    }
}

extension LifeCycle.Step {
    fileprivate func sentence(about people: [Person]) -> String {
        let what =
            switch self {
            case .create: "not created"
            case .update: "not brought up to date (attributes, names, groups)"
            case .delete: "not deactivated although disabled at the source"
            case .deleteMissing: "not deactivated although missing from the file"
            case .restore: "not offered to be enabled although back"
            }
        guard !people.isEmpty else { return "\(rawValue) is switched off; it would have concerned nobody" }
        return "\(rawValue) is switched off; \(what): " + people.shown
    }
}

extension [Person] {
    /// The first ten of them, and how many more.
    fileprivate var shown: String {
        let shown = prefix(10).map { "\($0.commonName) (\($0.accountName))" }.joined(separator: ", ")
        return count > 10 ? "\(shown) and \(count - 10) more" : shown
    }
}

extension Brake {
    public var sentence: String {
        switch self {
        case .emptyFile: "the file has no users: nobody is deactivated"
        case .incompleteFile(let reason):
            "the file does not prove that it is complete (\(reason)): nobody is deactivated or leaves a group"
        case .tooManyDeactivations(let id, let count, let active, let limit):
            "\(count) of \(active) active users would be deactivated, more than deactivation_limit allows at once "
                + "(\(limit.words)): nobody is, until the question \(id) is answered"
        case .tooManyLeaves(let id, let departures, let limit):
            "\(departures.sentence), more than leave_limit allows at once (\(limit.words)): \(departures.byGroup). Nobody "
                + "leaves, until the question \(id) is answered"
        }
    }
}

extension ChangeLimit {
    fileprivate var words: String { "\(count) and \(percent) %" }
}
