public import Directory
public import SyncPlan

/// An operator's word about one action.
public enum Decision: Sendable, Equatable {
    case accept(Acceptance)
    case reject
    /// Takes back an answer that was not performed: the action waits again.
    case reset

    public enum Acceptance: Sendable, Equatable {
        /// To disable, join and leave.
        case plain
        /// To enable; nil keeps the password that was set before.
        case enable(password: Secret?)
        /// To a name conflict: create or rename under this name.
        case newName(String)
        /// To a name conflict: the account that holds the name is this person's. An account name, typed, where that is
        /// asked for; and the account that was shown, which is not taken over if it is another one by then.
        case takeOver(Resolution.TakeOver, shown: GUID? = nil)
    }
}

/// A decision about many actions at once.
public enum BulkWork: Sendable, Equatable {
    /// Only what takes a plain yes.
    case accept(Set<String>)
    case reject(Set<String>)
    case reset(Set<String>)
    /// Each gets a password of his own, made by the configured scheme.
    case enableWithGeneratedPasswords(Set<String>)
    /// The people these actions are about get the memberships in mapped groups that `user` has: restricted ones
    /// included, since a person says so here. What `group_map` does not give is stored as a `grant`. Nothing is copied when
    /// they are not those any more that were shown (``ManagedUser/groups``).
    case copyGroups(from: GUID, shown: [String]? = nil, toPeopleOf: Set<String>)
}

/// What became of one decision.
public struct DecisionOutcome: Sendable, Equatable {
    public enum Result: Sendable, Equatable {
        /// The server confirmed it: what was changed, a sentence each.
        case done([String])
        /// The answer is in the resolutions file, and there was nothing to change.
        case recorded
        /// The server, or a rule, refused it; why, and what to do.
        case failed(String)
        /// The answer is kept and will be performed when the directory is back, or by the next import.
        case kept(String)
        /// It is not asked any more: somebody else changed the account meanwhile.
        case obsolete(String)
    }

    /// What it was about.
    public enum Matter: Sendable, Equatable {
        /// As it stood when it was decided.
        case action(ApprovalAction)
        /// Somebody was to be imported, or to get memberships.
        case person(Person)
    }

    public let matter: Matter
    /// `accepted`, `rejected`, `imported`, …: what the operator said, in a word or two.
    public let said: String
    public let result: Result
    public let at: Timestamp

    public var action: ApprovalAction? {
        if case .action(let action) = matter { action } else { nil }
    }

    public init(action: ApprovalAction, said: String, result: Result, at: Timestamp) {
        self.init(matter: .action(action), said: said, result: result, at: at)
    }

    public init(matter: Matter, said: String, result: Result, at: Timestamp) {
        self.matter = matter
        self.said = said
        self.result = result
        self.at = at
    }
}

/// A session at one moment.
public struct SessionOverview: Sendable, Equatable {
    public enum Directory: Sendable, Equatable {
        case connected
        /// Since when, and what the last attempt said.
        case lost(since: Timestamp, String)
    }

    /// Bulk work under way, or the last one that ended.
    public struct Work: Sendable, Equatable {
        /// `Enabling 480 users`
        public let title: String
        public let done: Int
        public let total: Int
        /// One for each action, as they come.
        public let outcomes: [DecisionOutcome]
        public let isFinished: Bool

        public init(title: String, done: Int, total: Int, outcomes: [DecisionOutcome], isFinished: Bool) {
            self.title = title
            self.done = done
            self.total = total
            self.outcomes = outcomes
            self.isFinished = isFinished
        }
    }

    /// The path of the user file, and when it was written at the source.
    public let file: String
    public let fileTime: Timestamp?
    /// The managed container, and the domain controller that answers.
    public let container: String
    public let server: String
    public let directory: Directory
    /// Something an operator must know before going on, such as a newer file that another run imported meanwhile.
    public let warnings: [String]
    public let work: Work?
    /// Passwords that nobody has exported yet.
    public let unexportedPasswords: Int
    /// Accepted actions that wait for the directory.
    public let keptAnswers: Int

    public init(
        file: String, fileTime: Timestamp?, container: String, server: String, directory: Directory, warnings: [String],
        work: Work?, unexportedPasswords: Int, keptAnswers: Int = 0
    ) {
        self.file = file
        self.fileTime = fileTime
        self.container = container
        self.server = server
        self.directory = directory
        self.warnings = warnings
        self.work = work
        self.unexportedPasswords = unexportedPasswords
        self.keptAnswers = keptAnswers
    }
}

/// A password that was set in this session.
public struct IssuedPassword: Sendable, Equatable {
    /// Counts from 1 through the session.
    public let number: Int
    public let person: Person
    /// What the user signs in with: `jdoe@target.test`.
    public let principalName: String?
    public let password: Secret
    public let mustChange: Bool
    public let setAt: Timestamp
    /// Nil until it was handed over.
    public let exportedAt: Timestamp?

    public init(
        number: Int, person: Person, principalName: String?, password: Secret, mustChange: Bool, setAt: Timestamp,
        exportedAt: Timestamp?
    ) {
        self.number = number
        self.person = person
        self.principalName = principalName
        self.password = password
        self.mustChange = mustChange
        self.setAt = setAt
        self.exportedAt = exportedAt
    }
}
