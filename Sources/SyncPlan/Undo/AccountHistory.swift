import Directory
import DistinguishedNames

/// What one run did to one field of an account, whatever the number of steps.
struct FieldHistory: Sendable {
    /// What the account had before the run.
    let before: FieldValue
    /// What it can have had after it: one value, unless answers are missing.
    private(set) var after: [FieldValue]
    /// At least one of the steps was confirmed.
    private(set) var isConfirmed: Bool
    let group: DirectoryGroupReference?

    init(_ change: FieldChange, _ certainty: PastStep.Certainty) {
        before = change.before
        group = change.group
        (after, isConfirmed) = ([change.before], false)
        add(change, certainty)
    }

    mutating func add(_ change: FieldChange, _ certainty: PastStep.Certainty) {
        switch certainty {
        case .confirmed: (after, isConfirmed) = ([change.after], true)
        case .open: if !after.contains(change.after) { after.append(change.after) }
        }
    }

    /// What the run left, as far as it is known: the last that was announced.
    var left: FieldValue { after.last ?? before }
}

/// What one run did to one account.
struct AccountHistory: Sendable {
    /// As the run called him last.
    private(set) var person: Person
    /// Where it stood when the run first touched it.
    let name: DistinguishedName
    /// Nil for one that cannot be found.
    let user: DirectoryUser?
    private(set) var fields: [AccountField: FieldHistory] = [:]
    /// In the order the run touched them.
    private(set) var order: [AccountField] = []
    private(set) var traces: [UndoTrace] = []
    private(set) var isCreated = false
    /// Some step, of whatever kind, was confirmed.
    private(set) var isConfirmed = false

    private init(_ step: PastStep, _ user: DirectoryUser?) {
        person = step.person
        name = step.account.name
        self.user = user
    }

    /// In the order the run first touched them.
    static func all(of run: PastRun, _ finder: AccountFinder) -> [AccountHistory] {
        var places: [Key: Int] = [:]
        var histories: [AccountHistory] = []
        for step in run.steps {
            let user = finder.user(of: step)
            let key = (user?.guid ?? step.account.guid).map(Key.account) ?? .created(step.account.name)
            let place = places[key] ?? histories.count
            if place == histories.count {
                places[key] = place
                histories.append(AccountHistory(step, user))
            }
            histories[place].add(step)
        }
        return histories
    }

    private enum Key: Hashable {
        case account(GUID)
        case created(DistinguishedName)
    }

    mutating func add(_ step: PastStep) {
        person = step.person
        isConfirmed = isConfirmed || step.certainty == .confirmed
        for trace in step.traces where !traces.contains(trace) { traces.append(trace) }
        if step.isCreation {
            isCreated = true
            // Born disabled: who opened it since did so after the creation.
            add(FieldChange(.isEnabled, from: .flag(false), to: .flag(false)), step.certainty)
            return
        }
        for change in step.changes where !isCreated || change.field.isAccess { add(change, step.certainty) }
    }

    private mutating func add(_ change: FieldChange, _ certainty: PastStep.Certainty) {
        if fields[change.field] == nil {
            fields[change.field] = FieldHistory(change, certainty)
            order.append(change.field)
        } else {
            fields[change.field]?.add(change, certainty)
        }
    }
}

extension AccountField {
    /// What is taken back of an account that the run created; its names and attributes stay.
    fileprivate var isAccess: Bool {
        switch self {
        case .isEnabled, .membership: true
        case .commonName, .place, .attribute, .expiry, .needsNoPassword: false
        }
    }
}

/// Who is who: the accounts of a run among those that are there.
struct AccountFinder: Sendable {
    private let byGUID: [GUID: DirectoryUser]
    private let byAnchor: [Anchor: [DirectoryUser]]
    private let byName: [DistinguishedName: DirectoryUser]

    init(_ users: [DirectoryUser]) {
        byGUID = Dictionary(users.map { ($0.guid, $0) }, uniquingKeysWith: { first, _ in first })
        var byAnchor: [Anchor: [DirectoryUser]] = [:]
        for user in users { if let anchor = user.stamp.anchor { byAnchor[anchor, default: []].append(user) } }
        self.byAnchor = byAnchor
        byName = Dictionary(users.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// By GUID; one that the run created by its anchor, and without one by all its names.
    func user(of step: PastStep) -> DirectoryUser? {
        if let guid = step.account.guid { return byGUID[guid] }
        if let users = step.person.anchor.flatMap({ byAnchor[$0] }) { return users.count == 1 ? users[0] : nil }
        guard let user = byName[step.account.name],
            user.stamp == .none, NameKey(user.accountName) == NameKey(step.person.accountName)
        else { return nil }
        return user
    }
}
