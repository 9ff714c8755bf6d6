public import Directory

/// What kind of action needs, or got, an operator's answer. The raw values are the words of the resolutions file.
public enum ActionKind: String, Sendable, CaseIterable {
    case enable
    case disable
    case join
    case leave
    /// A name somebody is to get is another's.
    case name
    /// A membership a person gave on top of `group_map`.
    case grant
}

/// An operator's answer to one action that needs approval, or the question still waiting for it.
public struct Resolution: Sendable, Hashable {
    public enum TakeOver: Sendable, Hashable {
        /// `true`: whichever account holds the name.
        case holder
        /// The operator typed its account name.
        case account(String)
    }

    /// One of those a single decision about many is for.
    public struct Member: Sendable, Hashable {
        public let user: String
        public let anchor: Anchor?
        /// The group to leave, for a decision about memberships.
        public let group: String?

        public init(user: String, anchor: Anchor?, group: String? = nil) {
            self.user = user
            self.anchor = anchor
            self.group = group
        }
    }

    public var kind: ActionKind
    public var id: String?
    /// The prefixed `cn`; ``everyone`` for a decision about ``members``.
    public var user: String
    /// Of the account, where the question told it; only for the reader, namesakes are told apart by it.
    public var accountName: String?
    /// Why it is asked; only for the reader.
    public var reason: String?
    /// What is suspicious about the person's names; only for the reader.
    public var warnings: [String] = []
    public var anchor: Anchor?
    /// True, false, or nil while pending.
    public var accept: Bool?
    public var timestamp: Timestamp?
    public var group: String?
    public var name: String?
    public var newName: String?
    public var takeOver: TakeOver?
    /// The account that had the name when it was asked, or looked at: another one is not taken over by this answer.
    public var holder: GUID?
    public var password: Secret?
    public var keepPassword: Bool
    public var members: [Member]

    /// The `user` of a decision that is about several people at once.
    public static let everyone = "*"

    public init(
        kind: ActionKind, id: String? = nil, user: String, anchor: Anchor? = nil, accept: Bool? = nil,
        timestamp: Timestamp? = nil, group: String? = nil, name: String? = nil, newName: String? = nil,
        takeOver: TakeOver? = nil, password: Secret? = nil, keepPassword: Bool = false, members: [Member] = []
    ) {
        self.kind = kind
        self.id = id
        self.user = user
        self.anchor = anchor
        self.accept = accept
        self.timestamp = timestamp
        self.group = group
        self.name = name
        self.newName = newName
        self.takeOver = takeOver
        self.password = password
        self.keepPassword = keepPassword
        self.members = members
    }
}
