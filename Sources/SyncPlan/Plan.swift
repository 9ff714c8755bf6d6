public import Directory
public import DistinguishedNames

/// The ordered operations that would bring the target to the wanted state, and the questions in the way.
///
/// A plan is complete: what it does not mention is as it should be. It is not applicable; ``approved(by:)`` makes the
/// part of it that may be applied.
public struct Plan: Sendable {
    /// What needs no approval, in the order it has to happen.
    public let operations: [Operation]
    /// Everything an operator has to decide or has decided, in a fixed order.
    public let questions: [Question]
    /// Records that cannot be imported, each with the reason.
    public let failures: [RecordFailure]
    /// What an operator should know.
    public let notices: [Notice]
    public let brakes: [Brake]
    /// Answers that stay in the resolutions file as long as they are in force: names and grants.
    public let standingAnswers: [Resolution]
    public let statistics: Statistics
    let enabling: EnablingPolicy
    /// Who is who, for ``dossier(of:)``.
    let subjects: [Subject]
    let unmatched: [DirectoryUser]
    let groups: GroupRules

    public struct Statistics: Sendable, Equatable {
        public let records: Int
        /// Of these, those that the run is for; nil for all.
        public let selected: Int?
        /// Managed users that the run is for.
        public let managed: Int
    }
}

/// A record that is not imported, or not in full.
public struct RecordFailure: Sendable, Equatable {
    public let person: Person
    /// 1 for the first record of the file; nil where it is about an account without record.
    public let position: Int?
    public let field: AttributeName?
    public let reason: String
}

/// Something an operator should know, with no write attached.
public enum Notice: Sendable, Equatable {
    /// An account in the managed container that is left alone.
    case protected(Person, AccountProtection)
    /// An account found by its names, which gets the anchor.
    case adopted(Person, by: String)
    /// An answer that cannot be performed as it stands.
    case unusableAnswer(ActionID?, Person, String)
    /// An account that somebody else made may have an empty password (PASSWD_NOTREQD, [MS-ADTS] 2.2.16).
    case needsNoPassword(Person)
    case restrictedByNesting(group: String, through: [String])
    /// Somebody who has an account gets a name that looks like what it is not; a sentence says why.
    case suspiciousName(Person, String)
    /// People who get no manager, because theirs is not managed here.
    case managersNotHere([Person])
    /// A step that the run is not for, and whom it would have concerned.
    case switchedOff(LifeCycle.Step, [Person])
}

/// A reason why a part of the run is held back.
public enum Brake: Sendable, Equatable {
    case emptyFile
    /// The file contradicts its own counts.
    case incompleteFile(String)
    case tooManyDeactivations(ActionID, count: Int, active: Int, limit: ChangeLimit)
    case tooManyLeaves(ActionID, Departures, limit: ChangeLimit)
}

/// Memberships in mapped groups that one run would end.
public struct Departures: Sendable, Equatable {
    public struct Group: Sendable, Equatable {
        public let group: DistinguishedName
        /// Members that would leave it.
        public let leaving: Int
        /// Members it has, of the people that the file speaks of.
        public let members: Int
    }

    /// Those that somebody would leave, by their names.
    public let groups: [Group]
    public var count: Int { groups.reduce(0) { $0 + $1.leaving } }

    /// In these groups. Those in others do not count: what the same run joins must not make the next one bolder, nor a
    /// group that everybody is in make all of them.
    public var memberships: Int { groups.reduce(0) { $0 + $1.members } }

    /// In all of these groups together, or in one: a small one that is emptied must not pass for a large one beside it.
    func exceed(_ limit: ChangeLimit) -> Bool {
        limit.isExceeded(by: count, of: memberships)
            || groups.contains { limit.isExceeded(by: $0.leaving, of: $0.members) }
    }
}

/// Why nothing at all is planned.
public enum PlanRefusal: Error, Sendable, Equatable {
    /// The container's users belong to another source domain.
    case otherSource(file: GUID, container: GUID)
    /// The file carries no anchors, the container's users do.
    case unanchoredFile(anchored: Int)
    /// Accounts found by account name all carry a prefix the configuration does not have.
    case prefixMissing(String, example: Person, count: Int)
}
