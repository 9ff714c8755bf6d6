public import Directory

/// One step towards the wanted state: what to change, for whom, and how to tell it.
public struct Operation: Sendable, Equatable {
    /// What a report calls it.
    public enum Verb: Sendable, Equatable {
        case create
        /// `adopted`: an account found by its names gets the anchor.
        case update(adopted: Bool)
        case rename(from: String)
        /// Within the managed container, perhaps under another name.
        case move(from: String)
        case takeOver(from: String)
        /// Out of the managed container, to where a take-over found the account.
        case giveBack(to: String)
        /// A passing name, so that two can exchange theirs.
        case park
        case disable(Deactivation)
        case enable
        /// The common name of the group.
        case join(String)
        case leave(String)
    }

    /// Why an account is deactivated.
    public enum Deactivation: String, Sendable {
        case disabledAtSource = "disabled at the source"
        case missing = "missing from the user file"
        case unknown = "in the managed container, but nobody the user file knows"
        case undone = "the run that enabled it is taken back"
    }

    /// When an operation happens. Access is withdrawn before anything else, and given last.
    public enum Stage: Int, Sendable, Comparable, CaseIterable {
        case withdraw
        case change
        /// The move of accounts from outside; until it is done, nothing else of theirs is touched.
        case takeOver
        /// New accounts, and what has to be changed on those taken over.
        case create
        case join
        case enable
        /// The move of accounts out of the container: from then on, nothing of theirs can be written.
        case giveBack

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public let person: Person
    public let stage: Stage
    public let verb: Verb
    public let change: DirectoryChange
    /// The question whose acceptance allowed it; nil for what needs no approval.
    public let fulfils: ActionID?

    public init(person: Person, stage: Stage, verb: Verb, change: DirectoryChange, fulfils: ActionID? = nil) {
        self.person = person
        self.stage = stage
        self.verb = verb
        self.change = change
        self.fulfils = fulfils
    }

    func fulfilling(_ id: ActionID) -> Operation {
        Operation(person: person, stage: stage, verb: verb, change: change, fulfils: id)
    }
}
