import Directory
import DistinguishedNames
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@Suite("A server that is lost in the midst of a run")
struct FailoverTests {
    private static let hasty = FailoverDirectory.Patience(reconnecting: .zero, settling: .zero, losses: 3)

    /// Everything an import can do: create, change, rename, exchange names, deactivate, join, leave, enable, take over.
    private static func mixedCase() -> ImportCase {
        ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators"], ["department": "New"]),
                record(2, "New", "new", in: ["Operators"]),
                record(3, "John Roe", "john"), record(4, "Taken", "taken"), record(6, "Swap B", "swapa"),
                record(7, "Swap A", "swapb"), record(8, "Other", "other", in: ["Engineers"]),
                record(9, "Nine", "ten"), record(10, "Ten", "nine"),
            ],
            directory: [
                account(1, "Jane", "jane", in: ["Plant Engineers"], disabled: true), account(3, "John Doe", "john"),
                account(5, "Gone", "gone"), account(nil, "T", "taken", at: Fixture.elsewhere),
                account(6, "Swap A", "swapa"), account(7, "Swap B", "swapb"), account(9, "Nine", "nine"),
                account(10, "Ten", "ten"),
            ],
            answers: [
                answer(.enable, "Jane", id: 1, password: "Geheim-1"), answer(.enable, "New", password: "Geheim-2"),
                answer(.name, "Taken", id: 4, name: "taken", takeOver: .holder),
            ])
    }

    private static let operations = 20

    private func directory(
        over servers: SinkingServers, _ patience: FailoverDirectory.Patience = hasty
    ) async throws -> FailoverDirectory {
        try await FailoverDirectory(patience: patience, logger: .silent) { _ in try servers.open() }
    }

    private func apply(_ world: ImportCase, over servers: SinkingServers) async throws -> [Outcome] {
        let directory = try await directory(over: servers)
        return await Runner(writer: directory, journal: NoJournal(), logger: .silent).apply(try world.approved())
    }

    /// Every account, as far as an import can change it.
    private func state(of world: ImportCase) -> [String] {
        world.directory.accounts.map { account in
            let attributes = account.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.all)" }
            return
                "\(account.name) \(account.accountName) \(account.userPrincipalName ?? "-") \(account.accountControl) \(account.expiry) \(account.groups.sorted()) \(account.password?.reveal() ?? "-") \(attributes)"
        }.sorted()
    }

    @Test(
        "Whenever it happens, what was made is not made twice, and what was not is made once the server is back",
        arguments: 0..<operations, SinkingServers.Sinking.Moment.beforeTheLook)
    func anyMoment(answers: Int, moment: SinkingServers.Sinking.Moment) async throws {
        let undisturbed = Self.mixedCase()
        let expected = try await apply(undisturbed, over: SinkingServers(undisturbed.directory, []))
        #expect(expected.count == Self.operations)
        #expect(expected.allSatisfy { $0.isDone })

        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory, [.init(answers: answers, moment: moment)], isOneThatComesBack: true)
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.filter { !$0.isDone }.map(\.operation.line) == [])
        #expect(servers.openedConnections == 2)
        #expect(state(of: world) == state(of: undisturbed))
        #expect(world.directory.history.count == Self.operations, "nothing was sent that had been made")
    }

    @Test("What a slow server makes after the look is done, although the second request is refused", arguments: 0..<10)
    func late(answers: Int) async throws {
        func world() -> ImportCase {
            var world = Self.mixedCase()
            // Without those who exchange names: see Looks.
            world.file.removeAll { [6, 7, 9, 10].map(Fixture.anchor).contains($0.anchor) }
            for name in ["swapa", "swapb", "nine", "ten"] { world.directory.delete(name) }
            return world
        }
        let undisturbed = world()
        let expected = try await apply(undisturbed, over: SinkingServers(undisturbed.directory, []))
        #expect(expected.count == 14)
        let world = world()
        let servers = SinkingServers(
            world.directory, [.init(answers: answers, moment: .madeLate)], isOneThatComesBack: true)
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.filter { !$0.isDone }.map(\.operation.line) == [])
        #expect(state(of: world) == state(of: undisturbed))
    }

    @Test(
        "Another server goes on, save with an account that the lost one may have created: nobody is to exist twice",
        arguments: 0..<operations, SinkingServers.Sinking.Moment.beforeTheLook)
    func anotherServer(answers: Int, moment: SinkingServers.Sinking.Moment) async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory, [.init(answers: answers, moment: moment, inFlight: 0)])
        let outcomes = try await apply(world, over: servers)
        let failures = outcomes.filter { if case .failed = $0.result { true } else { false } }
        let hit = outcomes[answers].operation
        let isUnknown = hit.verb == .create && moment == .beforeItIsMade
        #expect(failures.map(\.operation.line) == (isUnknown ? [hit.line] : []))
        for failure in failures {
            guard case .failed(let reason) = failure.result else { continue }
            #expect(reason.kind == .unanswered)
            #expect(reason.server == "dc1", "whom the next run has to ask")
        }
        #expect(world.directory.history.count(where: \.isCreation) == (isUnknown ? 1 : 2))
    }

    @Test("Several servers may go down one after the other, also while the last losses are looked up", arguments: 0...4)
    func againAndAgain(answers: Int) async throws {
        let undisturbed = Self.mixedCase()
        _ = try await apply(undisturbed, over: SinkingServers(undisturbed.directory, []))
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory,
            [
                .init(answers: 3, moment: .afterItIsMade), .init(answers: answers, moment: .beforeItIsMade),
                .init(answers: answers, moment: .afterItIsMade),
            ], isOneThatComesBack: true)
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.filter { !$0.isDone }.map(\.operation.line) == [])
        #expect(state(of: world) == state(of: undisturbed))
    }

    @Test("When there is no other server, every change says for itself that it was not answered or not sent")
    func nobodyLeft() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(world.directory, [.init(answers: 4, moment: .afterItIsMade)], connections: 1)
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.prefix(4).allSatisfy { $0.isDone })
        for outcome in outcomes.dropFirst(4) {
            guard case .failed(let failure) = outcome.result else {
                guard case .skipped = outcome.result else { Issue.record("\(outcome.operation.line) was done"); return }
                continue
            }
            #expect(failure.kind.meansLost)
        }
        // One attempt to go on, not one for each stage.
        #expect(servers.openedConnections == 2)
    }

    @Test("Every change gets one outcome, also when the last server goes while the losses of the first are looked up")
    func oneOutcomeEach() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory,
            [.init(answers: 3, moment: .beforeItIsMade), .init(answers: 0, moment: .beforeItIsMade)], connections: 2)
        let changes = try world.approved().operations.map(\.change)
        let outcomes = Mutex<[Int: [DirectoryFailure.Kind?]]>([:])
        let owing = Mutex(Set<String?>())
        try await directory(over: servers).apply(changes) { index, result in
            outcomes.withLock { outcomes in
                if case .failure(let failure) = result {
                    if failure.kind == .unanswered { owing.withLock { _ = $0.insert(failure.server) } }
                    outcomes[index, default: []].append(failure.kind)
                } else {
                    outcomes[index, default: []].append(nil)
                }
            }
        }
        let told = outcomes.withLock { $0 }
        #expect(told.count == changes.count)
        #expect(told.values.allSatisfy { $0.count == 1 })
        #expect((0..<3).allSatisfy { told[$0] == [nil] })
        #expect((3...5).allSatisfy { told[$0] == [.unanswered] })
        #expect((6..<changes.count).allSatisfy { told[$0] == [.unreachable] })
        #expect(owing.withLock { $0 } == ["dc1"], "whoever creates somebody later has to know whom to ask")
    }

    @Test("A sign-in that is refused is not tried again: that would lock the account of this tool")
    func signInRefused() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory, [.init(answers: 2, moment: .beforeItIsMade)], connections: 1, refusal: .signInRefused)
        let patient = FailoverDirectory.Patience(reconnecting: .seconds(60), settling: .zero, losses: 3)
        let directory = try await directory(over: servers, patient)
        await directory.apply(try world.approved().operations.map(\.change)) { _, _ in }
        #expect(servers.openedConnections == 2)
    }

    @Test("A server that is lost again and again without getting anywhere is given up")
    func hopeless() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory, Array(repeating: .init(answers: 0, moment: .beforeItIsMade), count: 50))
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.allSatisfy { !$0.isDone })
        #expect(servers.openedConnections == 4)
    }

    @Test("A server of another domain is never gone on with")
    func otherDomain() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(
            world.directory, [.init(answers: 2, moment: .beforeItIsMade)], domainFromTheSecondOn: Fixture.anotherSource)
        let outcomes = try await apply(world, over: servers)
        #expect(outcomes.count(where: \.isDone) == 2)
        #expect(world.directory.history.count == 2)
    }

    @Test("The journal tells from which answer on another server speaks")
    func journal() async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(world.directory, [.init(answers: 3, moment: .afterItIsMade)])
        let directory = try await directory(over: servers)
        let journal = MemoryJournal()
        await directory.whenServerChanges { journal.note(server: $0) }
        _ = await Runner(writer: directory, journal: journal, logger: .silent).apply(try world.approved())
        let place = try #require(journal.events.firstIndex(of: "server dc2"))
        #expect(journal.events[..<place].count { $0.hasPrefix("answered") } == 3)
    }

    // MARK: reading

    @Test("Reading begins again from its beginning, on the next server", arguments: 0...2)
    func reading(answers: Int) async throws {
        let world = Self.mixedCase()
        let servers = SinkingServers(world.directory, [.init(answers: answers, moment: .beforeItIsMade)])
        let directory = try await directory(over: servers)
        let told = try await directory.reading { directory in
            let server = await directory.domain().server
            _ = try await directory.container(Fixture.containerName)
            _ = try await directory.groups([])
            return try await (server, directory.users([], Self.everybody).count, directory.domain().server)
        }
        #expect(told == ("dc2", 0, "dc2"))
    }

    @Test("Reading that fails for another reason than a loss is not repeated")
    func refusedReading() async throws {
        let servers = SinkingServers(Self.mixedCase().directory, [])
        let directory = try await directory(over: servers)
        await #expect(throws: DirectoryFailure.missing) {
            try await directory.reading { _ in throw DirectoryFailure.missing }
        }
        #expect(servers.openedConnections == 1)
    }

    @Test("Reading fails with the loss when no server is left")
    func readingWithoutServer() async throws {
        let servers = SinkingServers(
            Self.mixedCase().directory, [.init(answers: 0, moment: .beforeItIsMade)], connections: 1)
        let directory = try await directory(over: servers)
        let failure = await #expect(throws: DirectoryFailure.self) {
            try await directory.reading { try await $0.container(Fixture.containerName) }
        }
        #expect(failure?.kind == .unanswered)
    }

    private static let everybody = UserQuery(
        base: Fixture.containerName, attributes: [], groups: [], anchorAttribute: nil)
}

extension DirectoryChange {
    fileprivate var isCreation: Bool {
        if case .create = self { true } else { false }
    }
}
