public import Directory
import DistinguishedNames
public import SyncPlan

/// An operation of a dry run, with everything it would change.
public struct PlannedOperation: Sendable, Encodable, Equatable {
    public struct Change: Sendable, Encodable, Equatable {
        public let attribute: String
        public let from: [String]
        public let to: [String]
    }

    public let operation: String
    public let user: String
    public let from: String?
    /// Where an account is moved or given back to.
    public let to: String?
    public let group: String?
    public let reason: String?
    public let accountExpires: String?
    public let changes: [Change]?

    public init(_ operation: Operation) {
        self.operation = operation.verb.name
        user = operation.person.commonName
        var from: String?
        var to: String?
        var group: String?
        var reason: String?
        switch operation.verb {
        case .rename(let old), .takeOver(let old): from = old
        case .move(let old):
            from = old
            if case .move(_, let name) = operation.change { to = name.description }
        case .giveBack(let place): to = place
        case .join(let name), .leave(let name): group = name
        case .disable(let why): reason = why.rawValue
        case .update(adopted: true): reason = "adopted"
        case .create, .update(adopted: false), .enable, .park: break
        }
        self.from = from
        self.to = to
        self.group = group
        self.reason = reason
        switch operation.change {
        case .create(let new):
            accountExpires = new.expiry.text
            let names = [
                Change(attribute: "sAMAccountName", from: [], to: [new.accountName]),
                Change(attribute: "userPrincipalName", from: [], to: [new.userPrincipalName]),
            ]
            changes = names + new.attributes.map(Change.init)
        case .update(_, let update):
            accountExpires = update.expiry?.new.text
            changes = update.replacements.map(Change.init)
        default:
            accountExpires = nil
            changes = nil
        }
    }

    enum CodingKeys: String, CodingKey {
        case operation, user, from, to, group, reason, accountExpires, changes
    }
}

extension PlannedOperation.Change {
    fileprivate init(_ replacement: AttributeReplacement) {
        self.init(
            attribute: replacement.name.description, from: replacement.old.all.map(\.shown),
            to: replacement.new.all.map(\.shown))
    }
}

extension AccountExpiry {
    /// ISO 8601 with zone, or `never`.
    public var text: String {
        switch self {
        case .never: "never"
        case .at(let time): time.iso8601(.withZone)
        }
    }
}
