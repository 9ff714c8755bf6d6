import Directory
import DistinguishedNames

/// The names a record wants in the target, after the operator's answers to earlier conflicts.
struct WantedNames: Sendable {
    var commonName: String
    var accountName: String
    /// As the file maps it; nil where it maps none.
    var mappedPrincipalName: String?
    /// The answers that shaped these names; they stay in force.
    var answers: [Resolution] = []
    /// Answers to take an account over, by the aspect they were asked about.
    var takeOvers: [NameConflict.Aspect: Resolution.TakeOver] = [:]
    var problems: [NameConflict.Aspect: String] = [:]

    init(record: SourceUser, prefix: String) {
        commonName = prefix + record.commonName
        accountName = record.accountName
        if case .one(let value)? = record.attributes["userPrincipalName"] {
            mappedPrincipalName = value.text
        }
    }

    /// The name a new account gets to sign in with: the mapped one, or the account name at the target's domain.
    func principalName(in domain: Domain) -> String {
        mappedPrincipalName ?? WantedNames.defaultPrincipalName(accountName, in: domain)
    }

    static func defaultPrincipalName(_ accountName: String, in domain: Domain) -> String {
        "\(accountName)@\(domain.dnsName)"
    }

    func name(_ aspect: NameConflict.Aspect, in domain: Domain) -> String {
        switch aspect {
        case .commonName: commonName
        case .accountName: accountName
        case .principalName: principalName(in: domain)
        }
    }

    /// Applies the latest answer about each of the names.
    mutating func apply(_ entries: [Resolution], of answers: Answers, domain: Domain) {
        guard !entries.isEmpty else { return }
        let original = self
        for aspect in [NameConflict.Aspect.commonName, .accountName, .principalName] {
            let name = NameKey(original.name(aspect, in: domain))
            let about = entries.filter { $0.name.map(NameKey.init) == name }
            guard let answer = answers.latestAnswered(about) else { continue }
            // A refusal changes no wish: the conflict stays, and the question about it stays answered.
            guard answer.accept == true else { continue }
            if let newName = answer.newName {
                if let problem = NameRules.problem(with: newName, as: aspect) {
                    problems[aspect] = problem
                } else {
                    replace(aspect, with: newName)
                    self.answers.append(answer)
                }
            } else if let takeOver = answer.takeOver {
                takeOvers[aspect] = takeOver
                self.answers.append(answer)
            } else {
                problems[aspect] = "accepted, but with neither new_name nor take_over_account"
            }
        }
    }

    private mutating func replace(_ aspect: NameConflict.Aspect, with newName: String) {
        switch aspect {
        case .commonName: commonName = newName
        case .accountName: accountName = newName
        case .principalName: mappedPrincipalName = newName
        }
    }
}
