public import Directory
public import SyncPlan

/// What a run did, as one document. UserSync's keys, and more.
///
/// It says only what the server confirmed. Passwords never come near it.
public struct RunSummary: Sendable, Encodable {
    public struct Membership: Sendable, Encodable, Equatable {
        public let user: String
        public let group: String
    }

    public struct Rename: Sendable, Encodable, Equatable {
        public let user: String
        public let from: String
    }

    /// Of an account that an undo gave back to where it was taken from.
    public struct Transfer: Sendable, Encodable, Equatable {
        public let user: String
        public let to: String
    }

    public struct Failure: Sendable, Encodable, Equatable {
        public let user: String
        /// The record's position in the user file.
        public let record: Int?
        /// What was attempted; `record` where the record itself is at fault.
        public let operation: String
        public let field: String?
        public let reason: String
        /// The LDAP result code.
        public let code: Int?
    }

    /// That a run was for some of the file's records only.
    public struct Part: Sendable, Encodable, Equatable {
        public let selected: Int
        public let records: Int
    }

    /// Who ran it: here, and as the directory knows him.
    public struct Operator: Sendable, Encodable, Equatable {
        /// Of this machine; behind `sudo`, `anna as root`.
        public let user: String
        public let host: String
        /// The account that the tool signed in to the directory with.
        public let account: String

        public init(user: String, host: String, account: String) {
            self.user = user
            self.host = host
            self.account = account
        }
    }

    public struct Run: Sendable, Encodable, Equatable {
        public let id: String
        public let started: String
        public var elapsedSeconds: Double
        public var directoryOperations: Int
        public var peakMemoryBytes: Int
        public var version: String
        public let by: Operator

        public init(
            id: String, started: Timestamp, elapsedSeconds: Double, directoryOperations: Int, peakMemoryBytes: Int,
            version: String, by operator: Operator
        ) {
            self.id = id
            self.started = started.roundedDownToSecond.iso8601(.withZone)
            self.elapsedSeconds = elapsedSeconds
            self.directoryOperations = directoryOperations
            self.peakMemoryBytes = peakMemoryBytes
            self.version = version
            by = `operator`
        }
    }

    /// How many users, by what happened to them: what the server confirmed; of a dry run, what would happen.
    public private(set) var tally = ChangeTally()
    public private(set) var created: [String] = []
    public private(set) var updated: [String] = []
    public private(set) var enabled: [String] = []
    public private(set) var disabled: [String] = []
    public private(set) var joined: [Membership] = []
    public private(set) var left: [Membership] = []
    public private(set) var renamed: [Rename] = []
    public private(set) var takenOver: [Rename] = []
    /// The cn of those who were moved within the managed container; nil where there are none.
    public private(set) var moved: [String]?
    /// Nil where there are none: only an undo gives back.
    public private(set) var givenBack: [Transfer]?
    public private(set) var failed: [Failure] = []
    public let requiredInteractions: [PendingAction]
    public let notices: [String]
    public let brakes: [String]
    public let unchanged: Int
    public let dryRun: Bool?
    /// Nil for a run that was for all of the file.
    public private(set) var part: Part?
    /// By step of the life cycle that the run was not for, the cn of those whom it would have concerned; nil where nothing
    /// was switched off.
    public private(set) var switchedOff: [String: [String]]?
    /// Of a dry run: everything that would happen.
    public let planned: [PlannedOperation]?
    public let run: Run

    /// - Parameter warnings: what was found before the plan, and stands first among the notices.
    public init(
        plan: ApprovedPlan, outcomes: [Outcome], isDryRun: Bool, warnings: [String] = [], run: Run
    ) {
        requiredInteractions = plan.pending.map(PendingAction.init)
        notices = warnings + plan.notices.map(\.sentence)
        brakes = plan.brakes.map(\.sentence)
        unchanged = plan.unchangedCount
        dryRun = isDryRun ? true : nil
        planned = isDryRun ? plan.operations.map(PlannedOperation.init) : nil
        self.run = run
        let statistics = plan.plan.statistics
        part = statistics.selected.map { Part(selected: $0, records: statistics.records) }
        switchedOff = plan.notices.switchedOff
        failed = plan.plan.failures.map(Failure.init)
        failed += outcomes.compactMap(Failure.init)
        if isDryRun {
            tally = ChangeTally(of: plan.operations)
        } else {
            record(outcomes.lazy.filter(\.isDone).map(\.operation))
        }
    }

    /// Of an undo that is looked at only: everything that would happen.
    public init(preview plan: UndoPlan, run: Run) {
        (requiredInteractions, notices, brakes) = ([], [], [])
        unchanged = plan.unchangedCount
        dryRun = true
        planned = plan.operations.map(PlannedOperation.init)
        tally = ChangeTally(of: plan.operations)
        self.run = run
    }

    /// Of an undo that found nothing to do.
    public init(nothingOf plan: UndoPlan, run: Run) {
        (requiredInteractions, notices, brakes) = ([], [], [])
        unchanged = plan.unchangedCount
        (dryRun, planned) = (nil, nil)
        self.run = run
    }

    private mutating func record(_ operations: some Sequence<Operation>) {
        // Whoever is updated in two steps is listed once.
        for operation in operations where tally.count(operation) {
            let user = operation.person.commonName
            switch operation.verb {
            case .create: created.append(user)
            case .update: updated.append(user)
            case .enable: enabled.append(user)
            case .disable: disabled.append(user)
            case .rename(let from): renamed.append(Rename(user: user, from: from))
            case .move: moved = (moved ?? []) + [user]
            case .takeOver(let from): takenOver.append(Rename(user: user, from: from))
            case .giveBack(let place): givenBack = (givenBack ?? []) + [Transfer(user: user, to: place)]
            case .park: break
            case .join(let group): joined.append(Membership(user: user, group: group))
            case .leave(let group): left.append(Membership(user: user, group: group))
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case created, updated, enabled, disabled, joined, left, renamed, failed, notices, brakes, unchanged, planned,
            run
        case moved, part
        case tally = "counts"
        case switchedOff = "switched_off"
        case takenOver = "taken_over"
        case givenBack = "given_back"
        case requiredInteractions = "required_interactions"
        case dryRun = "dry_run"
    }
}

extension [Notice] {
    fileprivate var switchedOff: [String: [String]]? {
        let steps = compactMap { notice -> (String, [String])? in
            if case .switchedOff(let step, let people) = notice {
                (step.rawValue, people.map(\.commonName))
            } else {
                nil
            }
        }
        return steps.isEmpty ? nil : Dictionary(steps) { $1 }
    }
}

extension RunSummary.Run {
    enum CodingKeys: String, CodingKey {
        case id, started, version, by
        case elapsedSeconds = "elapsed_seconds"
        case directoryOperations = "directory_operations"
        case peakMemoryBytes = "peak_memory_bytes"
    }
}

extension RunSummary.Failure {
    fileprivate init(_ failure: RecordFailure) {
        self.init(
            user: failure.person.commonName, record: failure.position, operation: "record",
            field: failure.field?.description, reason: failure.reason, code: nil)
    }

    /// Nil for an outcome that is no failure of its own: what was skipped is told by the failure it stands on.
    fileprivate init?(_ outcome: Outcome) {
        guard case .failed(let failure) = outcome.result else { return nil }
        self.init(
            user: outcome.operation.person.commonName, record: nil, operation: outcome.operation.verb.name, field: nil,
            reason: failure.message, code: failure.resultCode)
    }
}
