public import Directory
public import DistinguishedNames

/// Something a run did that is not taken back, and why.
public struct LeftAlone: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// Not what the run left; by another run of ours, where a journal tells which.
        case changedSince(by: String?)
        case nameTaken(by: DistinguishedName)
        /// By an account that the run created: it stays, and so do its names.
        case nameCreated(DistinguishedName)
        case protected(AccountProtection)
        /// The account is not there any more.
        case gone
        /// The run's account is gone; another run has created the one that is there.
        case createdAnew(by: String)
        /// The account stands outside the managed container, where nothing is written.
        case movedAway(to: DistinguishedName)
        /// The container the account was taken from is not there any more.
        case placeGone(DistinguishedName)
        /// This account may not create users there.
        case placeClosed(DistinguishedName)
        /// The domain's own place, such as that of its controllers: no run takes an account from there.
        case placeOfSystem(DistinguishedName)
        /// No account that a run would take over without being told more.
        case notTakenOver([NameHolder.Entanglement])
        /// The anchor attribute of an account that would be taken over again holds somebody else's.
        case stampedByAnother
        /// No account gets an anchor that is another person's, or that another account holds.
        case anchorOfAnother
        /// The name of before is none that an import would write.
        case unfitName(String)
        /// The group is not on the right side of `group_map` any more.
        case groupNotMapped
        /// An account that stays in the managed container keeps what it is managed by: anchor and expiry.
        case staysManaged
        /// Not enabled again, since this is not as it was before.
        case wouldOpen(AccountField)
    }

    public let person: Person
    /// Nil: the whole account.
    public let field: AccountField?
    /// Of a membership.
    public let group: DirectoryGroupReference?
    /// What the run left.
    public let then: FieldValue?
    /// What it was before the run.
    public let before: FieldValue?
    public let now: FieldValue?
    public let reason: Reason
}

/// Something that stays whatever is taken back.
public struct Remainder: Sendable, Equatable {
    public let person: Person
    public let trace: UndoTrace
}

/// What an undo opens again: an operator is to see it before he says yes.
public struct Opening: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// And what else the account is a key to.
        case enabled([NameHolder.Entanglement])
        /// An enabled account whose expiry has passed gets one that has not.
        case expiry(AccountExpiry)
        case movedIn(to: DistinguishedName)
        case movedOut(to: DistinguishedName)
        case restrictedGroup(String)
        /// The chain of common names from the group to one with power over the domain.
        case privilegedGroup(String, through: [String])
    }

    public let person: Person
    public let kind: Kind
}

/// An enabled account that gets back an expiry that has passed by now.
public struct Lapse: Sendable, Equatable {
    public let person: Person
    public let expiry: AccountExpiry
}
