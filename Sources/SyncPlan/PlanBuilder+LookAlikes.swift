import Directory
import DistinguishedNames
import LookAlikes

extension PlanBuilder {
    /// The questions that give somebody something, each with what is suspicious about his names: whoever is asked to
    /// approve a name should know what it is made of.
    func warned(_ questions: [Question]) -> [Question] {
        guard !questions.isEmpty else { return [] }
        let asked = Set(questions.compactMap(\.concern.records.first))
        let byPosition = Dictionary(
            subjects.indices.lazy.map { (subjects[$0].record.position, $0) }.filter { asked.contains($0.0) },
            uniquingKeysWith: { first, _ in first })
        let names = NamesInUse(subjects: subjects, target: planner.target, holders: holders)
        return questions.map { question in
            guard !question.isAboutSeveral, question.givesSomething,
                let index = question.concern.records.first.flatMap({ byPosition[$0] })
            else { return question }
            var warned = question
            warned.warnings = suspicions(of: subjects[index])
            if subjects[index].hasAccount {
                warned.warnings += remembered(question).filter { !warned.warnings.contains($0) }
            } else {
                warned.warnings += names.lookAlikes(of: subjects[index])
            }
            return warned
        }
    }

    /// What was noticed when the person was new, and the names were held against everybody else's. It stands with the
    /// question, for as long as that waits and he is called so.
    private func remembered(_ question: Question) -> [String] {
        planner.answers.all(for: question).filter { $0.user.isIdenticalText(to: question.person.commonName) }
            .flatMap(\.warnings)
    }

    /// Somebody who has an account is renamed without being asked about.
    func renamedSuspiciously() -> [Notice] {
        let renamed = Set(
            operations.compactMap { operation -> Person? in
                if case .rename = operation.verb { operation.person } else { nil }
            })
        guard !renamed.isEmpty else { return [] }
        var notices: [Notice] = []
        // Nobody who is settled has the anchor of somebody renamed: no two records have one anchor.
        for index in subjects.indices where !subjects[index].isSettled || subjects[index].anchor == nil {
            let subject = subjects[index]
            guard renamed.contains(subject.person) else { continue }
            notices += suspicions(of: subject).map { .suspiciousName(subject.person, $0) }
        }
        return notices
    }

    /// A sentence for each thing that is suspicious, with all the names it is found in.
    private func suspicions(of subject: Subject) -> [String] {
        var fields: [NameSuspicion: [String]] = [:]
        var order: [NameSuspicion] = []
        for (field, name) in subject.shownNames {
            for suspicion in NameSuspicion.all(in: name) {
                if fields[suspicion] == nil { order.append(suspicion) }
                fields[suspicion, default: []].append(field)
            }
        }
        return order.map { "the name (\((fields[$0] ?? []).joined(separator: ", "))) \($0)" }
    }
}

extension Question {
    fileprivate var givesSomething: Bool {
        switch kind {
        case .enable, .join, .name, .grant: true
        case .disable, .leave: false
        }
    }
}

extension Subject {
    /// The names by which others will know this person, with the attributes they stand in.
    fileprivate var shownNames: [(field: String, name: String)] {
        var result = [("cn", names.commonName), ("sAMAccountName", names.accountName)]
        if let name = names.mappedPrincipalName { result.append(("userPrincipalName", name)) }
        let attributes: [AttributeName] = ["displayName", "givenName", "sn", "mail"]
        for attribute in attributes {
            for value in record.attributes[attribute]?.all ?? [] {
                if let text = value.text { result.append((attribute.description, text)) }
            }
        }
        return result
    }
}

/// Everybody whose name a new one could be taken for: who has an account in the container, who is to get one, and who
/// holds the plain name that a new one passes for, wherever that is.
private struct NamesInUse {
    private struct Bearer {
        let person: Person
        /// Of a record, to tell somebody from himself.
        let position: Int?
    }

    private var byCommonName: [Skeleton: [Bearer]] = [:]
    private var byAccountName: [Skeleton: [Bearer]] = [:]

    init(subjects: [Subject], target: TargetSnapshot, holders: [NameHolder]) {
        guard subjects.contains(where: { !$0.hasAccount }) else { return }
        for user in target.users { add(Bearer(person: Person(user), position: nil)) }
        for subject in subjects where !subject.hasAccount {
            add(Bearer(person: subject.person, position: subject.record.position))
        }
        let managed = Set(target.users.map(\.guid))
        for holder in holders where !managed.contains(holder.guid) {
            let name = holder.name.leaf?.value ?? holder.name.description
            let person = Person(commonName: name, accountName: holder.accountName ?? name, anchor: nil)
            add(Bearer(person: person, position: nil))
        }
    }

    private mutating func add(_ bearer: Bearer) {
        byCommonName[Skeleton(bearer.person.commonName), default: []].append(bearer)
        byAccountName[Skeleton(bearer.person.accountName), default: []].append(bearer)
    }

    /// Who has a name that looks the same and is another. Who has the very same name is in the way of it, and told so.
    func lookAlikes(of subject: Subject) -> [String] {
        let (commonName, accountName) = (subject.names.commonName, subject.names.accountName)
        let others =
            (byCommonName[Skeleton(commonName)] ?? []).filter {
                NameKey($0.person.commonName) != NameKey(commonName)
            }
            + (byAccountName[Skeleton(accountName)] ?? []).filter {
                NameKey($0.person.accountName) != NameKey(accountName)
            }
        var seen = Set<Person>()
        return others.filter { $0.position != subject.record.position || $0.position == nil }.map(\.person)
            .filter { seen.insert($0).inserted }.sorted(by: Person.precedes).prefix(3)
            .map { "the name looks like that of somebody else: \($0.commonName) (\($0.accountName))" }
    }
}
