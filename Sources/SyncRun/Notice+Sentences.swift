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
        case .restrictedByNesting(let group, let chain):
            "\(group) is treated as restricted, because it leads to power over the domain: "
                + chain.joined(separator: " → ")
        }
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
