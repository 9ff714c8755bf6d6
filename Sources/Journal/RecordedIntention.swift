import Directory
import DistinguishedNames
import SyncPlan
import SyncRun

/// An operation as it was announced, with everything that is needed to look at it later and to take it back.
public struct RecordedIntention: Codable, Sendable, Equatable {
    public enum Verb: String, Codable, Sendable, CaseIterable {
        case create, update, rename, move
        case takeOver = "take over"
        case giveBack = "give back"
        /// A passing name, so that two can exchange theirs.
        case pass
        case disable, enable, join, leave
    }

    public enum Stage: String, Codable, Sendable {
        case withdraw, change
        case takeOver = "take over"
        case create, join, enable
        case giveBack = "give back"
    }

    public struct Person: Codable, Sendable, Equatable {
        public let commonName: String
        public let accountName: String
        public let anchor: String?

        enum CodingKeys: String, CodingKey {
            case anchor
            case commonName = "cn"
            case accountName = "sAMAccountName"
        }
    }

    /// An account or a group.
    public struct Object: Codable, Sendable, Equatable {
        /// Nil for an account that the same run creates: it has none before the server makes one.
        public let guid: String?
        /// Before the operation; of an account to be created, the name it is to get.
        public let name: String

        enum CodingKeys: String, CodingKey {
            case guid
            case name = "dn"
        }
    }

    public struct Approval: Codable, Sendable, Equatable {
        /// What the entry of the resolutions file is called.
        public let id: String?
        public let kind: String
        public let answered: String?
    }

    /// Counts through the run, from 1.
    public let number: Int
    public let at: String
    public let verb: Verb
    public let stage: Stage
    public let person: Person
    public let account: Object
    /// The group to join or leave.
    public let group: Object?
    public let changes: [AttributeChange]?
    /// Why, where the verb does not say it: of a deactivation; `adopted` of a first stamp.
    public let reason: String?
    public let approval: Approval?
    /// How an account is opened; nil for every other verb.
    public let password: PasswordHandling?

    public struct PasswordHandling: Codable, Sendable, Equatable {
        /// The password itself is nowhere but in the request.
        public enum Word: String, Codable, Sendable { case set, kept }

        public let word: Word
        public let mustChange: Bool
        public let cannotChange: Bool

        enum CodingKeys: String, CodingKey {
            case word = "password"
            case mustChange = "must_change"
            case cannotChange = "cannot_change"
        }
    }
}

extension RecordedIntention {
    init(_ intention: Intention, number: Int, at time: String) {
        let operation = intention.operation
        self.number = number
        at = time
        verb = Verb(operation.verb)
        stage = Stage(operation.stage)
        person = Person(
            commonName: operation.person.commonName, accountName: operation.person.accountName,
            anchor: operation.person.anchor?.description)
        account = operation.change.account
        group = operation.change.group
        let changes = operation.change.attributeChanges
        self.changes = changes.isEmpty ? nil : changes
        reason =
            switch operation.verb {
            case .disable(let why): why.rawValue
            case .update(adopted: true): "adopted"
            case .create, .update, .rename, .move, .takeOver, .giveBack, .park, .enable, .join, .leave: nil
            }
        approval = intention.approval.map {
            Approval(id: $0.id, kind: $0.kind.rawValue, answered: $0.answered?.journalText)
        }
        password = operation.change.passwordHandling
    }
}

extension RecordedIntention.Verb {
    init(_ verb: Operation.Verb) {
        switch verb {
        case .create: self = .create
        case .update: self = .update
        case .rename: self = .rename
        case .move: self = .move
        case .takeOver: self = .takeOver
        case .giveBack: self = .giveBack
        case .park: self = .pass
        case .disable: self = .disable
        case .enable: self = .enable
        case .join: self = .join
        case .leave: self = .leave
        }
    }
}

extension RecordedIntention.Stage {
    fileprivate init(_ stage: Operation.Stage) {
        switch stage {
        case .withdraw: self = .withdraw
        case .change: self = .change
        case .takeOver: self = .takeOver
        case .create: self = .create
        case .join: self = .join
        case .enable: self = .enable
        case .giveBack: self = .giveBack
        }
    }
}

extension DirectoryChange {
    fileprivate var account: RecordedIntention.Object {
        switch self {
        case .create(let new): RecordedIntention.Object(guid: nil, name: new.name.description)
        case .update(let user, _), .rename(let user, _), .move(let user, _), .disable(let user, _),
            .enable(let user, _, _), .join(let user, _), .leave(let user, _):
            RecordedIntention.Object(guid: user.guid?.description, name: user.name.description)
        }
    }

    fileprivate var group: RecordedIntention.Object? {
        switch self {
        case .join(_, let group), .leave(_, let group):
            RecordedIntention.Object(guid: group.guid.description, name: group.name.description)
        case .create, .update, .rename, .move, .disable, .enable: nil
        }
    }

    fileprivate var passwordHandling: RecordedIntention.PasswordHandling? {
        guard case .enable(_, _, let enabling) = self else { return nil }
        return RecordedIntention.PasswordHandling(
            word: enabling.password == nil ? .kept : .set, mustChange: enabling.mustChangePassword,
            cannotChange: enabling.cannotChangePassword)
    }
}
