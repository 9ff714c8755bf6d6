public import Directory
public import Logging

/// A connection that outlives the loss of a server, as long as there is another one, or the same one comes back.
///
/// ```
/// reading(work)   server lost → next server → work from its beginning: what one answer stands on, one server said
/// apply(changes)  server lost → next server → each change without an answer is looked up: made, or to be sent again
/// ```
///
/// A single read (the ``Directory/DirectoryReader`` methods) is not repeated by itself, since what was read before it
/// may come from another server; ``reading(_:)`` is for that.
public actor FailoverDirectory: DirectoryConnection {
    /// How long to go on.
    public struct Patience: Sendable {
        /// For a server to accept, from the loss on; one that restarts needs some seconds.
        public let reconnecting: Duration
        /// Before each look at what was sent and not answered.
        public let settling: Duration
        /// Losses in a row without anything achieved in between.
        public let losses: Int

        public init(reconnecting: Duration, settling: Duration, losses: Int) {
            self.reconnecting = reconnecting
            self.settling = settling
            self.losses = losses
        }

        /// Of a run that nobody waits for.
        public static let ofARun = Patience(reconnecting: .seconds(20), settling: .seconds(1), losses: 3)
        /// While somebody waits for a page, who has to know that it is another server: none.
        public static let ofASession = Patience(reconnecting: .zero, settling: .zero, losses: 0)
    }

    /// Which server to go on with.
    public enum Preference: Sendable {
        /// The last one, if it answers: it knows best what it was told.
        case sameServer
        /// Another one, if there is one: the last one was lost more than once.
        case anotherServer
    }

    private let opening: @Sendable (Preference) async throws -> any DirectoryConnection
    private var patience: Patience
    private let logger: Logger
    private(set) var current: any DirectoryConnection
    private var info: Domain
    private let firstServer: String
    private var fruitlessLosses = 0
    private var hasGivenUp = false
    private var operationsOfLostConnections = 0
    private var onChange: @Sendable (_ server: String) -> Void = { _ in }

    /// Connects.
    ///
    /// - Parameter opening: connects and signs in to a server of the domain.
    /// - Throws: what `opening` throws, and ``Directory/DirectoryFailure``.
    public init(
        patience: Patience, logger: Logger,
        opening: @escaping @Sendable (Preference) async throws -> any DirectoryConnection
    ) async throws {
        self.opening = opening
        self.patience = patience
        self.logger = logger
        current = try await opening(.sameServer)
        info = try await current.domain()
        firstServer = info.server
    }

    /// From now on it goes on for no longer than this.
    public func limit(to patience: Patience) { self.patience = patience }

    /// From now on `hear` is told of each server that the work goes on with, before anything more is sent.
    public func whenServerChanges(_ hear: @escaping @Sendable (_ server: String) -> Void) { onChange = hear }

    // MARK: reading

    /// Does some reading, all of it from one server: when that is lost, everything begins again on the next.
    ///
    /// - Throws: what `work` throws; ``Directory/DirectoryFailure`` of the loss when there is no other server.
    public func reading<Value: Sendable>(
        _ work: @Sendable (FailoverDirectory) async throws -> Value
    ) async throws -> Value {
        while true {
            do {
                let value = try await work(self)
                fruitlessLosses = 0
                return value
            } catch let failure as DirectoryFailure where failure.kind.meansLost && !Task.isCancelled {
                guard await reconnect(after: failure) else { throw failure }
                logger.warning("\(info.server): reading again from the beginning")
            }
        }
    }

    public func domain() -> Domain { info }

    public var operationCount: Int {
        get async { operationsOfLostConnections + (hasGivenUp ? 0 : await current.operationCount) }
    }

    public func close() async { await current.close() }

    // MARK: writing

    public func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        var round = Array(changes.indices)
        var sentAgain = Set<Int>()
        while true {
            let server = info.server
            let delivery = AnsweredChanges(
                round, on: server, firstServer: firstServer, sentAgain: sentAgain)
            await current.apply(round.map { changes[$0] }) { position, result in
                delivery.take(result, at: position, outcome)
            }
            for item in delivery.refusedAgain {
                let isMade = (try? await current.shows(changes[item.index])) ?? false
                outcome(item.index, isMade ? .success(()) : .failure(item.failure))
            }
            let lost = delivery.lost
            if delivery.hasAnswers { fruitlessLosses = 0 }
            guard let loss = lost.first?.failure else { return }
            guard !Task.isCancelled, await reconnect(after: loss) else {
                for item in lost { outcome(item.index, .failure(item.failure)) }
                return
            }
            sentAgain.formUnion(lost.filter { $0.failure.kind == .unanswered }.map(\.index))
            round = await lookUp(lost, sentTo: server, of: changes, outcome)
            guard !round.isEmpty else { return }
        }
    }

    /// What is to be sent (again), after a look at everything that was sent without an answer.
    ///
    /// A server that lost us may still be busy with what it had received: it is looked again until nothing moves any more.
    private func lookUp(
        _ lost: [LostChange], sentTo server: String, of changes: [DirectoryChange],
        _ outcome: @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async -> [Int] {
        let notSent = lost.filter { $0.failure.kind != .unanswered }
        var left = notSent.map(\.index)
        var unknown = lost.filter { $0.failure.kind == .unanswered }
        var made = 0
        var isMoving = true
        while !unknown.isEmpty, isMoving {
            try? await Task.sleep(for: patience.settling)
            let looks = Looks(await look(at: unknown, of: changes), of: changes)
            made += looks.made.count
            for item in looks.made { outcome(item.index, .success(())) }
            for item in looks.refused { outcome(item.index, .failure(item.failure)) }
            unknown = looks.notMade + looks.lost.map(\.item)
            isMoving = !looks.made.isEmpty
            guard let loss = looks.lost.first?.failure else { continue }
            guard !Task.isCancelled, await reconnect(after: loss) else {
                for item in unknown + notSent { outcome(item.index, .failure(item.failure)) }
                return []
            }
            isMoving = true
        }
        for item in unknown {
            if changes[item.index].isCreation, server != info.server {
                outcome(item.index, .failure(.perhapsCreated(on: server, missingOn: info.server)))
            } else {
                left.append(item.index)
            }
        }
        logger.warning(
            "\(info.server): going on here; \(made) changes without an answer had been made, \(left.count) are sent now"
        )
        return left.sorted()
    }

    /// Many at a time, like the changes themselves.
    private func look(at items: [LostChange], of changes: [DirectoryChange]) async -> [Look] {
        let connection = current
        return await withTaskGroup(of: Look.self) { tasks in
            var looks: [Look] = []
            for (index, item) in items.enumerated() {
                if index >= Self.looksAtATime, let look = await tasks.next() { looks.append(look) }
                tasks.addTask { await Look(at: item, of: changes[item.index], connection) }
            }
            for await look in tasks { looks.append(look) }
            return looks
        }
    }

    private static let looksAtATime = 32

    // MARK: the connection

    /// - Returns: false when there is no server to go on with; the reason is in the log.
    private func reconnect(after failure: DirectoryFailure) async -> Bool {
        guard !hasGivenUp else { return false }
        hasGivenUp = !(await foundServer(after: failure))
        return !hasGivenUp
    }

    private func foundServer(after failure: DirectoryFailure) async -> Bool {
        logger.warning("\(info.server): lost: \(failure.message)")
        operationsOfLostConnections += await current.operationCount
        await current.close()
        fruitlessLosses += 1
        guard fruitlessLosses <= patience.losses else {
            logger.error("lost \(fruitlessLosses) times without getting on: giving up")
            return false
        }
        let deadline = ContinuousClock.now + patience.reconnecting
        while true {
            do {
                try await open()
                return true
            } catch let failure as DirectoryFailure where failure.kind == .signInRefused {
                // Asked again and again, it would lock this tool's own account.
                logger.error("no server to go on with: \(failure)")
                return false
            } catch {
                guard ContinuousClock.now < deadline, !Task.isCancelled else {
                    logger.error("no server to go on with: \(error)")
                    return false
                }
            }
            // A server that restarts refuses connections at once: no need of more than asking again.
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    private func open() async throws {
        let connection = try await opening(fruitlessLosses > 1 ? .anotherServer : .sameServer)
        let found = try await connection.domain()
        guard found.guid == info.guid else {
            await connection.close()
            throw DirectoryFailure(
                kind: .malformed,
                message: "\(found.server) serves the domain \(found.dnsName), not \(info.dnsName): correct `server`")
        }
        current = connection
        info = found
        onChange(found.server)
    }
}

extension DirectoryFailure {
    /// Any other change may be made on two domain controllers, and is one and the same once they meet. An account would be
    /// there twice.
    fileprivate static func perhapsCreated(on lost: String, missingOn server: String) -> DirectoryFailure {
        DirectoryFailure(
            kind: .unanswered,
            message:
                "\(lost) was lost before it answered, and \(server) does not have the account: it is not created a second time before \(lost) is back, or a day is over",
            server: lost)
    }
}
