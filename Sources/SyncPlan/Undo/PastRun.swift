public import Directory
public import DistinguishedNames

/// What a run did to the directory, as its journal tells it, in the terms of the planner.
public struct PastRun: Sendable, Equatable {
    public let id: String
    /// In the order they were announced; what was refused, or never sent, is not among them.
    public let steps: [PastStep]

    public init(id: String, steps: [PastStep]) {
        self.id = id
        self.steps = steps
    }

    /// Every account it names; one that it created is known by its names only.
    public var accounts: Set<GUID> { Set(steps.compactMap(\.account.guid)) }

    /// Every attribute it changed, each once, save the names to sign in with, which are read anyway.
    public var attributes: [AttributeName] {
        var seen: Set<AttributeName> = [.accountName, .userPrincipalName]
        return steps.flatMap(\.changes).compactMap { change in
            guard case .attribute(let name) = change.field, seen.insert(name).inserted else { return nil }
            return name
        }
    }
}

/// One operation of a run that happened, or may have happened.
public struct PastStep: Sendable, Equatable {
    public enum Certainty: Sendable {
        /// The server confirmed it.
        case confirmed
        /// Announced, and no answer is known: how things stand now has to tell.
        case open
    }

    public let person: Person
    public let account: UserReference
    public let certainty: Certainty
    /// The account did not exist before.
    public let isCreation: Bool
    public let changes: [FieldChange]
    /// What it did that nobody can take back.
    public let traces: [UndoTrace]

    public init(
        person: Person, account: UserReference, certainty: Certainty, isCreation: Bool = false,
        changes: [FieldChange], traces: [UndoTrace] = []
    ) {
        self.person = person
        self.account = account
        self.certainty = certainty
        self.isCreation = isCreation
        self.changes = changes
        self.traces = traces
    }
}

/// One thing about an account that a run changes, and an undo compares and takes back for itself.
public enum AccountField: Hashable, Sendable {
    case commonName
    /// The container it stands in.
    case place
    /// Names to sign in with included.
    case attribute(AttributeName)
    case expiry
    /// Not disabled (`ACCOUNTDISABLE` of `userAccountControl`).
    case isEnabled
    /// `PASSWD_NOTREQD` of `userAccountControl`.
    case needsNoPassword
    /// Of a group, by its GUID.
    case membership(GUID)
}

/// What an account has in one field. Texts compare octet by octet.
public enum FieldValue: Sendable, Equatable {
    case values(AttributeValues)
    case expiry(AccountExpiry)
    case flag(Bool)
    case place(DistinguishedName)

    public static func text(_ text: String) -> FieldValue { .values(.one(.text(text))) }

    var text: String? {
        if case .values(let values) = self { values.all.first?.text } else { nil }
    }
}

/// One field before and after.
public struct FieldChange: Sendable, Equatable {
    public let field: AccountField
    public let before: FieldValue
    public let after: FieldValue
    /// As it was called then, of a membership.
    public let group: DirectoryGroupReference?

    public init(_ field: AccountField, from before: FieldValue, to after: FieldValue) {
        self.field = field
        self.before = before
        self.after = after
        group = nil
    }

    /// Of a membership.
    public init(of group: DirectoryGroupReference, isJoin: Bool) {
        field = .membership(group.guid)
        before = .flag(!isJoin)
        after = .flag(isJoin)
        self.group = group
    }
}

/// What stays, whatever is taken back.
public enum UndoTrace: String, Sendable, Hashable, CaseIterable {
    case creation = "created by the run: the account stays, disabled, and is not deleted"
    case openCreation = "created by the run, and enabled since: the account stays, enabled, and is not deleted"
    case password = "given a password: it stays, since nobody has the one before it"
    case mustChangePassword = "told to change the password at the next sign-in (pwdLastSet): that stays"
    case cannotChangePassword = "forbidden to change the password: the entries in the access list stay"
    case passwordNotRequired = "needed no password before (PASSWD_NOTREQD): that is never made so again"
}
