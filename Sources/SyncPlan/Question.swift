public import Directory
public import DistinguishedNames

/// An action that waits for an operator's answer.
public struct Question: Sendable, Equatable {
    /// Why a person is asked.
    public enum Reason: Sendable, Equatable {
        case newUser
        case returned
        case deactivation(Operation.Deactivation)
        /// More deactivations than the limit allows; the number of users that are active now.
        case tooManyDeactivations(active: Int)
        case restrictedGroup
        /// The chain from the group to one with power over the domain.
        case privilegedGroup(through: [DistinguishedName])
        case leavingNeedsApproval
        /// Somebody has answered it, though nobody had to.
        case leavingIsDecided
        /// More memberships would end than the limit allows.
        case tooManyLeaves(Departures)
        case nameConflict(NameConflict)
    }

    /// What happens when the answer is yes.
    enum Consequence: Sendable, Equatable {
        case operations([Operation])
        case enable(UserReference, accountControl: UInt32?, mayKeepPassword: Bool)
        /// The planner itself took the answer into account; a question that is still asked has no valid answer yet.
        case replan
    }

    public let id: ActionID
    public let kind: ActionKind
    public let person: Person
    public let reason: Reason
    /// The group to join or leave, as the configuration names it.
    public let group: DistinguishedName?
    /// The name in conflict.
    public let name: String?
    /// For a decision about several: all that it is about, in the order of the people.
    public let members: [Member]
    /// Whether an answer without an anchor counts: for new people and accounts that carry none.
    let acceptsAnswersByName: Bool
    let consequence: Consequence
    /// What has to be looked at afresh before it is answered.
    public let concern: Concern
    /// What makes the person's names look like what they are not, a sentence each.
    public internal(set) var warnings: [String] = []

    /// One of those that a decision about several is for.
    public struct Member: Sendable, Hashable {
        public let person: Person
        /// The group that this person would leave, as the configuration names it; nil where it is not about groups.
        public let group: DistinguishedName?

        public init(person: Person, group: DistinguishedName? = nil) {
            self.person = person
            self.group = group
        }
    }

    /// Whether it is one decision about several.
    public var isAboutSeveral: Bool { !members.isEmpty }

    /// The entry of the resolutions file that puts this question to an operator.
    public func pendingResolution(at time: Timestamp) -> Resolution {
        var entry = Resolution(
            kind: kind, id: id.description, user: isAboutSeveral ? Resolution.everyone : person.commonName,
            anchor: person.anchor, accept: nil, timestamp: time, group: group?.description, name: name,
            members: members.map { member in
                Resolution.Member(
                    user: member.person.commonName, anchor: member.person.anchor, group: member.group?.description)
            })
        entry.accountName = isAboutSeveral ? nil : person.accountName
        entry.reason = explanation
        entry.warnings = warnings
        if case .nameConflict(let conflict) = reason, case .held(let holder) = conflict.cause {
            entry.holder = holder.guid
        }
        return entry
    }
}

/// The part of the world a question is about.
public struct Concern: Sendable, Equatable {
    /// Positions in the user file.
    public private(set) var records: Set<Int>
    /// The accounts, as far as there are any.
    public private(set) var accounts: Set<GUID>

    public init(records: Set<Int> = [], accounts: Set<GUID> = []) {
        self.records = records
        self.accounts = accounts
    }

    public mutating func formUnion(_ other: Concern) {
        records.formUnion(other.records)
        accounts.formUnion(other.accounts)
    }
}

/// A name somebody is to get, and who holds it.
public struct NameConflict: Sendable, Equatable {
    public enum Aspect: String, Sendable, Comparable, CaseIterable {
        case commonName = "cn"
        case accountName = "sAMAccountName"
        case principalName = "userPrincipalName"

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public enum Cause: Sendable, Equatable {
        /// An object of the directory holds it.
        case held(by: Holder)
        /// Other records of the file want it too: their positions.
        case wantedByRecords([Int])
        /// Several accounts could be this person's: their account names.
        case ambiguous([String])
    }

    public struct Holder: Sendable, Equatable {
        public let guid: GUID
        public let name: DistinguishedName
        public let accountName: String?
        public let relation: Relation
        public let takeOver: TakeOver
    }

    /// What the holder is to the person.
    public enum Relation: Sendable, Equatable {
        /// Another account of the domain.
        case stranger
        /// The person's own account, moved out of the managed container.
        case movedOut
        /// A managed account of somebody else: its anchor differs, or another record matches it.
        case managed
        /// A group, a computer or another object that is no account of a person.
        case notAnAccount
    }

    public enum TakeOver: Sendable, Equatable {
        case possible
        /// Only when the operator types the account name, for these reasons.
        case onlyByName([NameHolder.Entanglement])
        case refused(String)
    }

    public let aspect: Aspect
    public let name: String
    public let cause: Cause
    /// What was wrong with the answer given so far, if any.
    public let answerProblem: String?
}
