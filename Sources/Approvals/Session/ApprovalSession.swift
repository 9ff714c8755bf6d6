public import Directory
public import Logging
public import SyncPlan
public import SyncRun

/// The approval session over a directory.
///
/// A decision goes the same one-way road as an import, for itself alone: the answer into the resolutions file, a fresh look
/// at the objects concerned, a plan, the part of it that the answer allows, the server's word, the file again. One decision
/// at a time; between them nothing is locked, and the plan is kept for whoever wants to look.
public actor ApprovalSession: ApprovalDesk {
    let ground: any SessionGround
    let file: ResolutionsFile
    let maker: PasswordMaker
    let logger: Logger

    var material: SessionMaterial
    var world: SessionWorld { didSet { rosterInUse = nil } }
    /// What the resolutions file holds, as far as this session knows.
    var fileEntries: [Resolution]
    /// The same with ``unsaved`` answers, which is what is planned with.
    var entries: [Resolution]
    /// Answers with passwords that nobody has seen yet. They are not written down: a later import would use them up, and
    /// nobody would ever know them.
    var unsaved: [String: Decision] = [:]
    var plan: ApprovedPlan { didSet { rosterInUse = nil } }
    /// Made when somebody asks for it.
    var rosterInUse: Roster?
    /// Answers that were given and could not be performed because the directory did not answer, with what was sent for
    /// them, if anything was.
    var kept: [String: KeptAnswer] = [:]
    /// What went wrong the last time, by question.
    var problems: [String: String] = [:]
    /// Why the file could not be tidied up the last time: it may hold a password that was used.
    var untidy: String?
    var outcomes: [Outcome]
    var decided: [DecisionOutcome] = []
    var issued: [IssuedPassword] = []
    var policies: [GUID: PasswordPolicy] = [:]
    var work: SessionOverview.Work?
    var state = SessionOverview.Directory.connected

    private var bulk: Task<Void, Never>?
    private var connection: (any DirectoryConnection)?
    /// Requests sent over connections that are closed by now.
    private var closedOperations = 0
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - connection: one that is open already.
    /// - Throws: ``ResolutionsFileError`` when the file cannot be used; ``SyncPlan/PlanRefusal``.
    public init(
        _ material: SessionMaterial, on ground: any SessionGround, file: ResolutionsFile, maker: PasswordMaker,
        connection: (any DirectoryConnection)?, logger: Logger
    ) throws {
        self.ground = ground
        self.file = file
        self.maker = maker
        self.logger = logger
        self.material = material
        self.connection = connection
        world = SessionWorld(material)
        fileEntries = try file.read()
        entries = fileEntries
        plan = try world.plan(entries, now: ground.now)
        outcomes = material.outcomes
    }

    /// Everything the session did, the import before it included, and what is left to decide. What was accepted and not
    /// confirmed counts as failed: the next import tries again.
    public func result() -> (plan: ApprovedPlan, outcomes: [Outcome]) {
        let undone = plan.operations.filter { $0.fulfils.map { kept[$0.description] != nil } ?? false }
        return (plan, outcomes + undone.map { Outcome(operation: $0, result: .failed(.noAnswer(problems, $0))) })
    }

    /// Requests sent by this session so far.
    public var operationCount: Int {
        get async { closedOperations + (await connection?.operationCount ?? 0) }
    }

    /// Ends bulk work after what is under way, and closes the connection.
    public func close() async {
        bulk?.cancel()
        await bulk?.value
        await beginTurn()
        await disconnect()
        // They wait again.
        for id in unsaved.keys { kept[id] = nil }
        unsaved = [:]
        entries = fileEntries
        replan()
        endTurn()
    }

    // MARK: one at a time

    /// Only one decision is performed at a time; who comes later waits here.
    func beginTurn() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func endTurn() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }

    /// Returns when no bulk work is under way.
    func bulkEnded() async { await bulk?.value }

    func startBulk(_ body: @escaping @Sendable () async -> Void) {
        bulk = Task { await body() }
    }

    // MARK: the connection

    /// The open connection, or a new one.
    func directory() async throws(DirectoryFailure) -> any DirectoryConnection {
        if let connection { return try await sameServer(connection) }
        let opened = try await ground.openDirectory()
        connection = opened
        let same = try await sameServer(opened)
        state = .connected
        return same
    }

    /// What is shown was read from one server. Another one may not have what was made there yet: whoever is not there
    /// would be created a second time.
    private func sameServer(
        _ connection: any DirectoryConnection
    ) async throws(DirectoryFailure) -> any DirectoryConnection {
        let (expected, found) = (world.target.domain.server, try? await connection.domain().server)
        guard let found, found != expected else { return connection }
        await disconnect()
        throw DirectoryFailure(
            kind: .unreachable,
            message: "\(expected), which this session began with, does not answer; \(found) does, and may not have all "
                + "that was made there: import again to go on with it, or wait")
    }

    func disconnect() async {
        guard let connection else { return }
        self.connection = nil
        closedOperations += await connection.operationCount
        await connection.close()
    }

    /// Asks the directory something that changes nothing. A connection that has gone stale meanwhile is opened anew, once.
    func reading<Answer: Sendable>(
        _ question: @Sendable (any DirectoryConnection) async throws -> Answer
    ) async throws -> Answer {
        let wasOpen = connection != nil
        do {
            return try await question(try await directory())
        } catch let failure as DirectoryFailure where failure.kind.meansLost {
            await disconnect()
            guard wasOpen else { throw failure }
        }
        do {
            return try await question(try await directory())
        } catch let failure as DirectoryFailure where failure.kind.meansLost {
            await disconnect()
            throw failure
        }
    }

    func lost(_ failure: DirectoryFailure) async {
        await disconnect()
        if case .lost(let since, _) = state {
            state = .lost(since: since, failure.message)
        } else {
            state = .lost(since: ground.now, failure.message)
            logger.warning("the directory is lost: \(failure.message)")
        }
    }

    /// Plans anew with what is known.
    func replan() {
        do {
            plan = try world.plan(entries, now: ground.now)
        } catch {
            // The same file and the same container were accepted before; only a stranger's anchor in the container can
            // have come since, and then the next import tells.
            logger.error("the plan cannot be made anew: \(error)")
        }
    }
}

extension DirectoryFailure {
    fileprivate static func noAnswer(_ problems: [String: String], _ operation: Operation) -> DirectoryFailure {
        let problem = operation.fulfils.flatMap { problems[$0.description] } ?? "the directory did not answer"
        return DirectoryFailure(kind: .notSent, message: "\(problem); the answer is kept for the next import")
    }
}

/// An answer that waits for the directory.
struct KeptAnswer: Sendable {
    let item: Accepted
    /// It was sent, and no answer came: it may have happened.
    let wasSent: Bool
    let password: Secret?
}
