public import Directory
import DistinguishedNames

/// What is known of the person a question is about: the record, the account, the names he is to have here.
public struct Dossier: Sendable {
    /// Nil for an account that no record speaks of.
    public let record: SourceUser?
    /// Nil for somebody who has none yet, or who may have one of several.
    public let account: DirectoryUser?
    public let person: Person
    /// Nil where an existing one stays as it is.
    public let wantedPrincipalName: String?

    public init(record: SourceUser?, account: DirectoryUser?, person: Person, wantedPrincipalName: String?) {
        self.record = record
        self.account = account
        self.person = person
        self.wantedPrincipalName = wantedPrincipalName
    }
}

extension Plan {
    /// - Returns: nil for a question about several people, or one that this plan does not ask.
    public func dossier(of question: Question) -> Dossier? {
        guard !question.isAboutSeveral else { return nil }
        let accounts = question.concern.accounts
        let subject = subjects.first { subject in
            question.concern.records.contains(subject.record.position)
                || subject.user.map { accounts.contains($0.guid) } ?? false
        }
        if let subject {
            return Dossier(
                record: subject.record, account: subject.user, person: subject.person,
                wantedPrincipalName: subject.wantedPrincipalName(in: groups.target.domain))
        }
        return unmatched.first { accounts.contains($0.guid) }.map { user in
            Dossier(record: nil, account: user, person: Person(user), wantedPrincipalName: nil)
        }
    }

    /// Whom an entry of the resolutions file is about: nobody in particular, for one about several.
    public func concern(of entry: Resolution) -> Concern {
        let name = NameKey(entry.user)
        return subjects.first { subject in
            entry.anchor.map { $0 == subject.person.anchor } ?? (NameKey(subject.person.commonName) == name)
        }?.concern ?? Concern()
    }

    /// The people of some records, as their operations name them.
    public func people(ofRecords positions: Set<Int>) -> Set<Person> {
        Set(subjects.lazy.filter { positions.contains($0.record.position) }.map(\.person))
    }

    /// Those of the records that have no account yet.
    public func records(withoutAccount positions: Set<Int>) -> Set<Int> {
        Set(subjects.lazy.filter { positions.contains($0.record.position) && $0.isNew }.map(\.record.position))
    }
}

extension Question {
    /// For a question about enabling: a password was set before and may stay.
    public var mayKeepPassword: Bool {
        if case .enable(_, _, let mayKeepPassword) = consequence { mayKeepPassword } else { false }
    }
}

extension Plan {
    /// What stands in the way of a name that somebody is to get; nil when nothing does.
    public func problem(with aspect: NameConflict.Aspect, ofRecords positions: Set<Int>) -> String? {
        for question in questions where !question.concern.records.isDisjoint(with: positions) {
            guard case .nameConflict(let conflict) = question.reason, conflict.aspect == aspect else { continue }
            return conflict.answerProblem ?? conflict.explanation
        }
        return failures.first { $0.position.map(positions.contains) ?? false }?.reason
    }
}
