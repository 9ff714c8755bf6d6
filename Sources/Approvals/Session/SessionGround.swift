public import Directory
public import SyncPlan
public import SyncRun

/// What an approval session stands on: the rest of the program, as far as it needs it.
public protocol SessionGround: Sendable {
    /// Connects and signs in.
    ///
    /// - Throws: ``Directory/DirectoryFailure``.
    func openDirectory() async throws(DirectoryFailure) -> any DirectoryConnection
    /// Keeps other runs from writing into the container until the lock is released. Waits a while for one that is at work.
    ///
    /// - Throws: ``DeskError`` when another run goes on for longer, or has imported another file since.
    func lock() async throws(DeskError) -> any SessionLock
    /// Makes sure that the file this session works with is still the one that was imported last; takes no lock.
    ///
    /// - Throws: ``DeskError`` when another run has imported another file since: what is shown is out of date.
    func requireSameFile() throws(DeskError)
    /// Imports the file as it is on disk now.
    func importAgain() async throws(DeskError) -> SessionMaterial
    var now: Timestamp { get }
}

public protocol SessionLock: Sendable {
    func release()
}

/// What an import leaves for a session to go on with.
public struct SessionMaterial: Sendable {
    /// The path of the user file.
    public let file: String
    public let policy: SyncPolicy
    public let source: SourcePopulation
    /// How accounts of the container are read.
    public let query: UserQuery
    /// As it stands after the import.
    public let snapshot: TargetSnapshot
    /// Who holds the names that are to change hands.
    public let holders: [NameHolder]
    /// Positions of the records that the import was for; nil for all.
    public let part: Set<Int>?
    /// What the import did.
    public let outcomes: [Outcome]
    /// Of the run that the session belongs to.
    public let journal: any RunJournal
    /// What the import found that an operator should know before he answers.
    public let warnings: [String]

    public init(
        file: String, policy: SyncPolicy, source: SourcePopulation, query: UserQuery, snapshot: TargetSnapshot,
        holders: [NameHolder], part: Set<Int>? = nil, outcomes: [Outcome], journal: any RunJournal,
        warnings: [String] = []
    ) {
        self.file = file
        self.policy = policy
        self.source = source
        self.query = query
        self.snapshot = snapshot
        self.holders = holders
        self.part = part
        self.outcomes = outcomes
        self.journal = journal
        self.warnings = warnings
    }
}
