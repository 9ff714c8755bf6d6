public import SyncPlan

/// Which entries are meant, by what they are about.
public struct ResolutionFilter: Sendable {
    /// Empty for every kind.
    public let kinds: Set<ActionKind>
    /// Of the prefixed common name or the account name; nil for everybody.
    public let user: ShellPattern?
    /// Nil for every state.
    public let state: Resolution.State?

    public init(kinds: Set<ActionKind> = [], user: ShellPattern? = nil, state: Resolution.State? = nil) {
        self.kinds = kinds
        self.user = user
        self.state = state
    }

    public var isEmpty: Bool { kinds.isEmpty && user == nil && state == nil }

    public func matches(_ entry: Resolution) -> Bool {
        (kinds.isEmpty || kinds.contains(entry.kind)) && (state ?? entry.state) == entry.state
            && (user.map { $0.matches(entry.user) || $0.matches(entry.accountName ?? entry.user) } ?? true)
    }
}
