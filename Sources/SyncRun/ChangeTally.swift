public import Directory
public import SyncPlan

/// How many users were changed, and how: the one count behind the summary, a dry run, `history`, notices and metrics.
///
/// It counts users, not operations: whose names to sign in with and whose attributes were written in two requests was
/// updated once, and a passing name is a step on somebody's way to his own. Memberships count one by one.
public struct ChangeTally: Sendable {
    /// What can happen to a user. The raw values are the words of ``SyncPlan/Operation/Verb/name`` and of the journal; the
    /// order is that of a report.
    public enum Change: String, Sendable, CaseIterable {
        case create, update, rename, move
        case takeOver = "take over"
        case giveBack = "give back"
        case enable, disable, join, leave

        /// `created`
        public var participle: String {
            switch self {
            case .create: "created"
            case .update: "updated"
            case .rename: "renamed"
            case .move: "moved"
            case .takeOver: "taken over"
            case .giveBack: "given back"
            case .enable: "enabled"
            case .disable: "disabled"
            case .join: "joined"
            case .leave: "left"
            }
        }

        /// The participle as a key of JSON and a label of metrics: `taken_over`.
        public var key: String { participle.replacing(" ", with: "_") }

        /// Whether a run may do it to the same user more than once: in several steps, or since a session imports again. An
        /// account is made once, and each membership is another.
        public var needsIdentity: Bool {
            switch self {
            case .create, .join, .leave: false
            case .update, .rename, .move, .takeOver, .giveBack, .enable, .disable: true
            }
        }
    }

    /// Who a user is, whatever he is called before and after.
    public struct Identity: Sendable, Hashable {
        private enum Key: Hashable {
            case account(GUID)
            /// Of an account that the same run creates: its GUID is not known yet.
            case anchor(Anchor)
            /// By octets: two names may differ in nothing but NFC and NFD.
            case names([UInt8])
        }

        private let key: Key

        public init(account: GUID?, anchor: Anchor?, commonName: String, accountName: String) {
            if let account {
                key = .account(account)
            } else if let anchor {
                key = .anchor(anchor)
            } else {
                key = .names(Array("\(commonName)\n\(accountName)".utf8))
            }
        }
    }

    private struct Counted: Hashable {
        let change: Change
        let identity: Identity
    }

    private var counted: Set<Counted> = []
    private var numbers: [Change: Int] = [:]
    /// What was counted, in the order it happened first.
    public private(set) var changes: [Change] = []

    public init() {}

    public init(of operations: some Sequence<Operation>) {
        for operation in operations { count(operation) }
    }

    public subscript(change: Change) -> Int { numbers[change] ?? 0 }

    public var isEmpty: Bool { numbers.isEmpty }

    /// - Returns: false for what was counted already, and for a passing name.
    @discardableResult
    public mutating func count(_ operation: Operation) -> Bool {
        guard let change = Change(rawValue: operation.verb.name) else { return false }
        return count(change, of: change.needsIdentity ? operation.identity : nil)
    }

    /// - Parameter identity: nil where ``Change/needsIdentity`` is false.
    /// - Returns: false for what was counted already.
    @discardableResult
    public mutating func count(_ change: Change, of identity: Identity?) -> Bool {
        if let identity, !counted.insert(Counted(change: change, identity: identity)).inserted { return false }
        if numbers[change] == nil { changes.append(change) }
        numbers[change, default: 0] += 1
        return true
    }
}

extension ChangeTally: Encodable {
    private struct Word: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ change: Change) { stringValue = change.key }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Numbers by ``Change/key``; what did not happen is not there.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Word.self)
        for (change, number) in numbers { try container.encode(number, forKey: Word(change)) }
    }
}

extension Operation {
    fileprivate var identity: ChangeTally.Identity {
        ChangeTally.Identity(
            account: change.user?.guid, anchor: person.anchor, commonName: person.commonName,
            accountName: person.accountName)
    }
}
