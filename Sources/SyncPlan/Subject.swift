import Directory
import DistinguishedNames

/// One record on its way through the planner.
struct Subject: Sendable {
    enum Match: Sendable, Equatable {
        case new
        case matched(DirectoryUser, Adoption?)
        /// An account outside the container that an operator gave to this person.
        case takeOver(DirectoryUser)
        /// Several accounts could be meant; or one account, by several records.
        case ambiguous([DirectoryUser])
    }

    /// How an account was found that its anchor alone does not tell.
    enum Adoption: String, Sendable {
        case commonName = "cn"
        case accountName = "sAMAccountName"
        case answer = "the operator's answer"
    }

    let record: SourceUser
    var names: WantedNames
    var match: Match
    /// Where the account is to stand, where a rule says so.
    let place: DistinguishedName?
    /// Known to need nothing at all; of others it may turn out yet.
    var isSettled = false
    /// What is wrong with the record, if it cannot be imported.
    var fault: RecordFailure? {
        get { if case .found(let failure)? = foundFault { failure } else { nil } }
        set { foundFault = newValue.map(Fault.found) }
    }
    private var foundFault: Fault?

    /// In a place of its own: hardly anybody has one, and there are a hundred thousand subjects.
    private indirect enum Fault {
        case found(RecordFailure)
    }

    init(record: SourceUser, names: WantedNames, match: Match, place: DistinguishedName?) {
        self.record = record
        self.names = names
        self.match = match
        self.place = place
    }

    var user: DirectoryUser? {
        switch match {
        case .matched(let user, _), .takeOver(let user): user
        case .new, .ambiguous: nil
        }
    }

    var isNew: Bool {
        if case .new = match { true } else { false }
    }

    var hasAccount: Bool {
        switch match {
        case .matched, .takeOver: true
        case .new, .ambiguous: false
        }
    }

    var isTakeOver: Bool {
        if case .takeOver = match { true } else { false }
    }

    var concern: Concern {
        switch match {
        case .new: Concern(records: [record.position])
        case .matched(let user, _), .takeOver(let user): Concern(records: [record.position], accounts: [user.guid])
        case .ambiguous(let users): Concern(records: [record.position], accounts: Set(users.map(\.guid)))
        }
    }

    /// Known by the anchor of the record, or else of the account that its names led to.
    var person: Person {
        Person(
            commonName: names.commonName, accountName: names.accountName, anchor: anchor)
    }

    var anchor: Anchor? { record.anchor ?? user?.stamp.anchor }

    /// An account that carries no anchor, or none at all: answers that name the user by `cn` count.
    var acceptsAnswersByName: Bool { user?.stamp.anchor == nil }

    /// Nothing is to exist for a record that is disabled and has no account.
    var isWanted: Bool {
        switch match {
        case .new: !record.isDisabled && fault == nil
        case .matched, .takeOver: fault == nil
        case .ambiguous: false
        }
    }

    /// Where the account is to stand: in its place; without one, a new account directly below the container, an existing one
    /// where it is.
    func wantedName(in container: Container) -> DistinguishedName {
        let present: DistinguishedName? = if case .matched(let user, _) = match { user.name.parent } else { nil }
        return (place ?? present ?? container.name).appending(.commonName(names.commonName))
    }

    /// Whether `user`, whose account it is, stands where it is to stand.
    func isInPlace(_ user: DirectoryUser) -> Bool { place == nil || user.name.parent == place }

    /// Nil leaves the principal name of an existing account alone.
    func wantedPrincipalName(in domain: Domain) -> String? {
        if let mapped = names.mappedPrincipalName { return mapped }
        guard let user else { return names.principalName(in: domain) }
        return wantedPrincipalName(of: user, in: domain)
    }

    /// The same for the account it has, for who has it at hand already.
    func wantedPrincipalName(of user: DirectoryUser, in domain: Domain) -> String? {
        if let mapped = names.mappedPrincipalName { return mapped }
        // A principal name made from the account name follows it, and the suffix; one that somebody chose stays.
        guard domain.makesOtherPrincipalNames || !user.accountName.isIdenticalText(to: names.accountName) else {
            return nil
        }
        let derived = [
            WantedNames.defaultPrincipalName(user.accountName, in: domain),
            WantedNames.newPrincipalName(user.accountName, in: domain),
        ].map { NameKey($0) }
        guard let current = user.userPrincipalName, derived.contains(NameKey(current)) else { return nil }
        return WantedNames.newPrincipalName(names.accountName, in: domain)
    }
}
