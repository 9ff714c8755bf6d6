public import Directory

/// What is known of the person a question is about: the record, the account, the names he is to have here.
public struct Dossier: Sendable {
    /// Nil for an account that no record speaks of.
    public let record: SourceUser?
    /// Nil for somebody who has none yet, or who may have one of several.
    public let account: DirectoryUser?
    public let person: Person
    /// Nil where an existing one stays as it is.
    public let wantedPrincipalName: String?
}

extension Plan {
    /// - Returns: nil for a question about several people, or one that this plan does not ask.
    public func dossier(of question: Question) -> Dossier? {
        guard question.people.isEmpty else { return nil }
        let accounts = question.concern.accounts
        let subject = subjects.first { subject in
            question.concern.records.contains(subject.record.position)
                || subject.user.map { accounts.contains($0.guid) } ?? false
        }
        if let subject {
            return Dossier(
                record: subject.record, account: subject.user, person: subject.person,
                wantedPrincipalName: subject.wantedPrincipalName(in: domain))
        }
        return unmatched.first { accounts.contains($0.guid) }.map { user in
            Dossier(
                record: nil, account: user,
                person: Person(
                    commonName: user.commonName, accountName: user.accountName, anchor: user.stamp.anchor),
                wantedPrincipalName: nil)
        }
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
