import Directory
import DistinguishedNames
import FoundationEssentials
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@testable import Approvals

/// An import into a directory in memory, and the session after it, with a resolutions file on disk.
struct SessionCase {
    let session: ApprovalSession
    let ground: Ground
    let file: ResolutionsFile
    var directory: InMemoryDirectory { ground.directory }

    init(_ world: ImportCase, journal: any RunJournal = NoJournal()) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "session-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = ResolutionsFile(path: "\(folder)/resolutions.json")
        try file.write(world.answers)
        ground = Ground(world, file, journal)
        session = try ApprovalSession(
            try ground.performImport(), on: ground, file: file, maker: PasswordMaker(.pronounceable, suffix: nil),
            connection: nil, logger: Logger(label: "session") { _ in SwiftLogNoOpLogHandler() })
    }

    /// `enable Jane: waiting`, one line for each action.
    var actions: [String] {
        get async {
            await session.actions().map { action in
                let subject = action.members.isEmpty ? action.person.commonName : "\(action.people.count) people"
                let object = action.group.map { " → \($0)" } ?? action.name.map { " (\($0))" } ?? ""
                return "\(action.kind.rawValue) \(subject)\(object): \(action.state.rawValue)"
            }
        }
    }

    func id(_ kind: ActionKind, _ user: String, sourceLocation: SourceLocation = #_sourceLocation) async throws
        -> String
    {
        let found = await session.actions().first { $0.kind == kind && $0.person.commonName == user }
        return try #require(found, "no \(kind) of \(user)", sourceLocation: sourceLocation).id
    }

    @discardableResult
    func decide(
        _ kind: ActionKind, _ user: String, _ decision: Decision, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> DecisionOutcome.Result {
        let id = try await id(kind, user, sourceLocation: sourceLocation)
        return try #require(await session.decide(decision, about: id), sourceLocation: sourceLocation).result
    }

    /// Bulk work to its end.
    func perform(_ work: BulkWork) async throws -> [DecisionOutcome] {
        try await session.begin(work)
        await session.bulkEnded()
        return await session.overview().work?.outcomes ?? []
    }

    /// The text of the file, to look for what must not be in it.
    var text: String { get throws { String(decoding: try Data(contentsOf: URL(filePath: file.path)), as: UTF8.self) } }
}

extension ImportCase {
    /// Jane is new and is to join a restricted group, Back has returned, Otto's account name is taken, Gone is missing.
    static func busy(_ change: (inout SyncPolicy) -> Void = { _ in }) -> ImportCase {
        ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators", "Safety"], ["mail": "jane@source.test"]),
                record(2, "Back", "back", ["mail": nil]), record(3, "Otto", "otto", in: ["Operators"], ["mail": nil]),
                record(4, "Ally", "ally", in: ["Engineers"], ["mail": nil]),
            ],
            directory: [
                account(2, "Back", "back", disabled: true), account(4, "Ally", "ally", in: ["Plant Guests"]),
                account(5, "Gone", "gone", in: ["Plant Operators"]),
                account(nil, "Otto Elder", "otto", at: Fixture.elsewhere),
            ],
            policy: change)
    }
}

/// The rest of the program, in memory; it can be made to fail.
final class Ground: SessionGround {
    struct State {
        var weather = Weather.fine
        var opened = 0
        var lockProblem: String?
        var fileProblem: String?
    }

    enum Weather {
        case fine
        /// Nothing gets through.
        case down
        /// Writes arrive; their answers do not.
        case deaf
        /// The same, and from then on nothing gets through.
        case cut
        /// Another domain controller answers.
        case elsewhere
    }

    let world: ImportCase
    let file: ResolutionsFile
    let journal: any RunJournal
    let state = Mutex(State())

    init(_ world: ImportCase, _ file: ResolutionsFile, _ journal: any RunJournal) {
        self.world = world
        self.file = file
        self.journal = journal
    }

    var directory: InMemoryDirectory { world.directory }
    var now: Timestamp { Fixture.now }

    var weather: Weather { state.withLock { $0.weather } }
    func set(_ weather: Weather) { state.withLock { $0.weather = weather } }

    func openDirectory() async throws(DirectoryFailure) -> any DirectoryConnection {
        let weather = state.withLock {
            $0.opened += 1; return $0.weather
        }
        guard weather != .down else { throw .lost }
        return FlakyConnection(directory: world.directory, ground: self)
    }

    func lock() throws(DeskError) -> any SessionLock {
        if let problem = state.withLock({ $0.lockProblem }) { throw DeskError(problem) }
        return NoLock()
    }

    func requireSameFile() throws(DeskError) {
        if let problem = state.withLock({ $0.fileProblem }) { throw DeskError(problem) }
    }

    func importAgain() async throws(DeskError) -> SessionMaterial {
        do {
            return try performImport()
        } catch {
            throw DeskError("\(error)")
        }
    }

    func performImport() throws -> SessionMaterial {
        var world = world
        world.answers = try file.read()
        let approved = try world.approved()
        var unfinished = Set<ActionID>()
        world.directory.perform(approved.operations.map(\.change)) { index, result in
            if case .failure = result, let id = approved.operations[index].fulfils { unfinished.insert(id) }
        }
        try file.replace(
            world.answers, with: approved.settled(world.answers, unfinished: unfinished, at: Fixture.now))
        let attributes = world.file.first?.attributes.names ?? []
        let (target, query) = world.directory.snapshot(for: world.policy, reading: attributes)
        let population = SourcePopulation(timestamp: world.written, domain: world.source, users: world.file)
        let matching = try Planner(
            policy: world.policy, source: population, target: target, answers: Answers(try file.read()), now: now
        ).match()
        return SessionMaterial(
            file: "users.json", policy: world.policy, source: population, query: query, snapshot: target,
            holders: world.directory.holders(of: matching.nameQuestions, as: query), part: world.part, outcomes: [],
            journal: journal)
    }
}

private struct NoLock: SessionLock {
    func release() {}
}

extension DirectoryFailure {
    static let lost = DirectoryFailure(kind: .unreachable, message: "no answer from dc.target.test")
}

private struct FlakyConnection: DirectoryConnection {
    let directory: InMemoryDirectory
    let ground: Ground

    private func check() throws(DirectoryFailure) {
        if ground.weather == .down { throw .lost }
    }

    var operationCount: Int { directory.operationCount }
    func close() async {}

    func domain() async throws -> Domain {
        try check()
        let domain = try await directory.domain()
        guard ground.weather == .elsewhere else { return domain }
        return Domain(
            name: domain.name, dnsName: domain.dnsName, guid: domain.guid, server: "dc2.target.test",
            highestCommittedUSN: domain.highestCommittedUSN, passwordPolicy: domain.passwordPolicy)
    }

    func container(_ name: DistinguishedName) async throws -> Container {
        try check()
        return try await directory.container(name)
    }

    func groups(_ names: [DistinguishedName]) async throws -> [DirectoryGroup?] {
        try check()
        return try await directory.groups(names)
    }

    func nestedGroups(in groups: [DirectoryGroupReference]) async throws -> NestedGroups {
        try check()
        return try await directory.nestedGroups(in: groups)
    }

    func users<Part: Sendable>(
        _ query: UserQuery, gatheredInto empty: Part, progress: @escaping @Sendable (Int) -> Void,
        _ gather: @escaping @Sendable (inout Part, DirectoryUser) -> Void
    ) async throws -> GatheredUsers<Part> {
        try check()
        return try await directory.users(query, gatheredInto: empty, progress: progress, gather)
    }

    func users(_ accounts: Set<GUID>, _ query: UserQuery) async throws -> [DirectoryUser] {
        try check()
        return try await directory.users(accounts, query)
    }

    func shows(_ change: DirectoryChange) async throws -> Bool {
        try check()
        return try await directory.shows(change)
    }

    func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder] {
        try check()
        return try await directory.holders(of: questions, reading: query)
    }

    func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy {
        try check()
        return try await directory.passwordPolicy(of: user)
    }

    func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        switch ground.weather {
        case .fine, .elsewhere: await directory.apply(changes, outcome: outcome)
        case .down: for index in changes.indices { outcome(index, .failure(.lost)) }
        case .deaf, .cut:
            if ground.weather == .cut { ground.set(.down) }
            await directory.apply(changes) { index, _ in
                outcome(index, .failure(DirectoryFailure(kind: .unanswered, message: "the connection was cut")))
            }
        }
    }
}
