public import Directory
import DistinguishedNames
public import SyncPlan

/// One action that needs, or got, an answer, as a front end lists it.
public struct ApprovalAction: Sendable, Equatable, Identifiable {
    public enum State: String, Sendable, CaseIterable {
        case waiting
        /// Accepted, and not confirmed by the server yet: see ``ApprovalAction/problem``.
        case accepted
        case rejected
    }

    /// Short and stable: ``SyncPlan/ActionID``.
    public let id: String
    public let kind: ActionKind
    /// Whom it is about; of a decision about ``people``, nobody.
    public let person: Person
    /// The group to join or leave, as the configuration names it (`CN=Plant Admins`).
    public let group: String?
    /// The name in conflict.
    public let name: String?
    /// For a decision about several: all that it is about.
    public let members: [Question.Member]
    /// Why it is asked.
    public let reason: String
    /// What makes the person's names look like what they are not, a sentence each.
    public let warnings: [String]
    public let state: State
    /// What went wrong the last time, or is wrong with the answer given so far.
    public let problem: String?

    /// The people a decision about several is about, each once.
    public var people: [Person] {
        var seen = Set<Person>()
        return members.map(\.person).filter { seen.insert($0).inserted }
    }

    public init(
        id: String, kind: ActionKind, person: Person, group: String? = nil, name: String? = nil,
        members: [Question.Member] = [], reason: String, warnings: [String] = [], state: State, problem: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.person = person
        self.group = group
        self.name = name
        self.members = members
        self.reason = reason
        self.warnings = warnings
        self.state = state
        self.problem = problem
    }
}

/// All that is known about one action.
public struct ActionDetail: Sendable, Equatable {
    /// An attribute as the user file has it and as it stands in the directory.
    public struct Attribute: Sendable, Equatable {
        public let name: String
        public let inFile: [String]
        public let here: [String]
        private let isCompared: Bool

        /// - Parameter isCompared: whether both sides are of one kind. Groups have other names here, and what only one
        ///   side knows differs from nothing.
        public init(name: String, inFile: [String], here: [String], isCompared: Bool = true) {
            self.name = name
            self.inFile = inFile
            self.here = here
            self.isCompared = isCompared
        }

        /// The same thing on both sides, and not the same value.
        public var differs: Bool {
            isCompared && (inFile.count != here.count || !zip(inFile, here).allSatisfy { $0.isIdenticalText(to: $1) })
        }
    }

    /// Whose account the file is compared with.
    public enum Counterpart: Sendable, Equatable {
        case ownAccount
        /// Nobody's yet: the account that holds the name in conflict.
        case holderOfName
    }

    public let action: ApprovalAction
    /// Names, account state, expiry, groups, then what the file maps.
    public let attributes: [Attribute]
    public let counterpart: Counterpart
    /// What accepting does, step by step, in the directory's words. Empty where it depends on the answer.
    public let effects: [String]
    public let form: AnswerForm

    public init(
        action: ApprovalAction, attributes: [Attribute], counterpart: Counterpart = .ownAccount, effects: [String],
        form: AnswerForm
    ) {
        self.action = action
        self.attributes = attributes
        self.counterpart = counterpart
        self.effects = effects
        self.form = form
    }
}

/// What an answer to an action consists of, beside yes or no.
public enum AnswerForm: Sendable, Equatable {
    /// Nothing more.
    case plain
    case enable(Enable)
    case name(Name)

    public struct Enable: Sendable, Equatable {
        /// A password was set before and may stay.
        public let mayKeepPassword: Bool
        /// The domain's rules for this user's password, a sentence each.
        public let policy: [String]

        public init(mayKeepPassword: Bool, policy: [String]) {
            self.mayKeepPassword = mayKeepPassword
            self.policy = policy
        }
    }

    public struct Name: Sendable, Equatable {
        public enum TakeOver: Sendable, Equatable {
            /// By a plain yes.
            case possible(account: String)
            /// Only when the operator types the account name, for these reasons.
            case byTyping(reasons: [String])
            /// One of these accounts is the person's: the operator types which.
            case choice([String])
            case refused(String)
        }

        /// `cn`, `sAMAccountName` or `userPrincipalName`.
        public let aspect: String
        /// Who is in the way, in a sentence.
        public let cause: String
        public let takeOver: TakeOver
        /// The account that holds the name, where there is one.
        public let holder: GUID?
        /// Whether a new name is an answer. It is none where only one of several accounts can be chosen.
        public let takesNewName: Bool

        public init(
            aspect: String, cause: String, takeOver: TakeOver, takesNewName: Bool, holder: GUID? = nil
        ) {
            self.aspect = aspect
            self.cause = cause
            self.takeOver = takeOver
            self.holder = holder
            self.takesNewName = takesNewName
        }
    }
}

/// A managed user whose memberships can be copied.
public struct ManagedUser: Sendable, Equatable, Identifiable {
    /// The account's GUID.
    public let id: GUID
    public let person: Person
    /// The common names of the mapped groups he is in.
    public let groups: [String]

    public init(id: GUID, person: Person, groups: [String]) {
        self.id = id
        self.person = person
        self.groups = groups
    }
}
