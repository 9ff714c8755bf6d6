public import Directory

/// The numbers of one run. No name of anybody is in it.
public struct RunTotals: Hashable, Sendable {
    /// Of one kind of change, how often: `created`, `joined`.
    public struct Change: Hashable, Sendable {
        public let action: String
        public let count: Int

        public init(_ action: String, _ count: Int) {
            self.action = action
            self.count = count
        }
    }

    /// The people of the user file.
    public let users: Int
    /// When the user file was written; nil for one that does not say so.
    public let fileWritten: Timestamp?
    /// What changed in the directory; empty for an export.
    public let changes: [Change]
    /// Single records and operations that failed.
    public let failures: Int
    /// What waits for an answer.
    public let pending: Int
    /// Of these, what did not wait before the run.
    public let newlyPending: Int

    public init(
        users: Int, fileWritten: Timestamp?, changes: [Change] = [], failures: Int = 0, pending: Int = 0,
        newlyPending: Int = 0
    ) {
        self.users = users
        self.fileWritten = fileWritten
        self.changes = changes
        self.failures = failures
        self.pending = pending
        self.newlyPending = newlyPending
    }
}
