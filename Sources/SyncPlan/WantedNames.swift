import Directory
import DistinguishedNames

/// The names a record wants in the target, after the operator's answers to earlier conflicts.
struct WantedNames: Sendable {
    var commonName: String
    var accountName: String
    /// As the file maps it; nil where it maps none.
    var mappedPrincipalName: String?
    /// What the operator's answers come down to.
    var decisions: Decisions {
        get { if case .decisions(let decisions)? = made { decisions } else { Decisions() } }
        set { made = .decisions(newValue) }
    }
    private var made: Made?
    /// Whether there were answers about them.
    var areDecided: Bool { made != nil }

    struct Decisions: Sendable {
        /// Accepted answers about this person's names; they stay in force.
        var answers: [Resolution] = []
        /// Answers to take an account over, by the aspect they were asked about.
        var takeOvers: [NameConflict.Aspect: Resolution.TakeOver] = [:]
        /// The accounts that those answers were given about, where they say so.
        var holders: [NameConflict.Aspect: GUID] = [:]
        /// Names that the operator said no to.
        var refusals: Set<NameConflict.Aspect> = []
        var problems: [NameConflict.Aspect: String] = [:]
    }

    /// In a place of their own: few names were ever asked about.
    private indirect enum Made {
        case decisions(Decisions)
    }

    init(record: SourceUser, prefix: String) {
        commonName = prefix.isEmpty ? record.commonName : prefix + record.commonName
        accountName = record.accountName
        if case .one(let value)? = record.attributes[.userPrincipalName] {
            mappedPrincipalName = value.text
        }
    }

    /// The name a new account gets to sign in with: the mapped one, or the account name at the target's domain.
    func principalName(in domain: Domain) -> String {
        mappedPrincipalName ?? WantedNames.newPrincipalName(accountName, in: domain)
    }

    static func newPrincipalName(_ accountName: String, in domain: Domain) -> String {
        "\(accountName)@\(domain.principalNameSuffix)"
    }

    /// What AD takes an account by, whatever its `userPrincipalName` is ([MS-ADTS] 5.1.1.1.1).
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

    /// Applies the latest answer about each of the names; where it gives a new one, also the answer about that.
    mutating func apply(_ entries: [Resolution], of answers: Answers, for person: Person, domain: Domain) {
        guard !entries.isEmpty else { return }
        let original = self
        for aspect in NameConflict.Aspect.allCases {
            var name = original.name(aspect, in: domain)
            var visited = Set<NameKey>()
            while visited.insert(NameKey(name)).inserted,
                let newName = apply(latestAnswer(about: name, aspect, entries, of: answers, for: person), to: aspect)
            {
                name = newName
            }
        }
        keep(entries, of: answers)
    }

    private func latestAnswer(
        about name: String, _ aspect: NameConflict.Aspect, _ entries: [Resolution], of answers: Answers,
        for person: Person
    ) -> Resolution? {
        answers.latestAnswered(
            entries.filter { entry in
                entry.name.map(NameKey.init) == NameKey(name) && entry.concerns(aspect, of: name, person)
            })
    }

    /// - Returns: the new name, where the answer gives one.
    private mutating func apply(_ answer: Resolution?, to aspect: NameConflict.Aspect) -> String? {
        guard let answer else { return nil }
        // A refusal changes no wish: the conflict stays, and the question about it stays answered.
        guard answer.accept == true else {
            decisions.refusals.insert(aspect)
            return nil
        }
        if let newName = answer.newName {
            if let problem = NameRules.problem(with: newName, as: aspect) {
                decisions.problems[aspect] = problem
                return nil
            }
            replace(aspect, with: newName)
            return newName
        }
        if let takeOver = answer.takeOver {
            decisions.takeOvers[aspect] = takeOver
            decisions.holders[aspect] = answer.holder
        } else {
            decisions.problems[aspect] = "accepted, but with neither new_name nor take_over_account"
        }
        return nil
    }

    /// Also answers about names this person had or will have again: they stay as long as the account exists.
    private mutating func keep(_ entries: [Resolution], of answers: Answers) {
        let byQuestion = Dictionary(grouping: entries) { [NameKey($0.name ?? ""), NameKey($0.id ?? "")] }
        let latest = Set(byQuestion.values.compactMap(answers.latestAnswered))
        decisions.answers = entries.filter { entry in
            entry.accept == true && (entry.newName != nil || entry.takeOver != nil) && latest.contains(entry)
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

extension Resolution {
    /// Whether an answer about `name` is about this aspect of it. `cn` and account name may be the same text; the `id` of
    /// the question then tells which is meant, and an answer without one is about both.
    func concerns(_ aspect: NameConflict.Aspect, of name: String, _ person: Person) -> Bool {
        guard let id else { return true }
        return !NameConflict.Aspect.allCases.contains { other in
            other != aspect && ActionID(person: person, aspect: other, name: name).description == id
        }
    }
}
