import Directory
import DistinguishedNames
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization
import Testing

@Suite("Performing a plan")
struct RunnerTests {
    private let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Outcomes as lines: `create Jane: done`.
    private func outcomes(of world: ImportCase) async throws -> [String] {
        await Runner(writer: world.directory, journal: NoJournal(), logger: silent).apply(try world.approved()).map {
            outcome in
            switch outcome.result {
            case .done: "\(outcome.operation.line): done"
            case .failed(let failure): "\(outcome.operation.line): \(failure.message)"
            case .skipped(let reason): "\(outcome.operation.line): skipped, \(reason)"
            }
        }
    }

    @Test("Access is withdrawn first and given last")
    func stages() async throws {
        let world = ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators"]), record(2, "New", "new", in: ["Operators"]),
                record(3, "John Roe", "john"), record(4, "Taken", "taken"),
            ],
            directory: [
                account(1, "Jane", "jane", in: ["Plant Engineers"], disabled: true), account(3, "John Doe", "john"),
                account(5, "Gone", "gone"), account(nil, "T", "taken", at: Fixture.elsewhere),
            ],
            answers: [
                answer(.enable, "Jane", id: 1, password: "Geheim-1"), answer(.enable, "New", password: "Geheim-2"),
                answer(.name, "Taken", id: 4, name: "taken", takeOver: .holder),
            ])
        let told = try await outcomes(of: world)
        #expect(told.count == 10)
        let stages = try world.approved().operations.map(\.stage)
        #expect(stages == stages.sorted())
        #expect(told.allSatisfy { $0.hasSuffix(": done") }, "\(told)")
        #expect(told.prefix(2).allSatisfy { $0.hasPrefix("disable") || $0.hasPrefix("leave") }, "\(told)")
        #expect(told.suffix(2).allSatisfy { $0.hasPrefix("enable") }, "\(told)")
    }

    @Test("Whose account could not be moved within the container is changed, disabled and tidied up all the same")
    func failedMove() async throws {
        var world = ImportCase(
            file: [
                record(1, "Jane", "jane", in: ["Operators"], ["mail": "j@x"]),
                record(2, "John", "john", disabled: true),
            ], directory: [account(1, "Jane", "jane"), account(2, "John", "john")])
        world.units = [1: Fixture.name("OU=Operations"), 2: Fixture.name("OU=Operations")]
        world.directory.refuse { change in
            if case .move = change { .refused("no right") } else { nil }
        }
        let told = try await outcomes(of: world)
        #expect(told.count { $0.hasSuffix("refused: no right") } == 2, "\(told)")
        #expect(told.contains("update Jane: mail=j@x: done") && told.contains("join Jane → Plant Operators: done"))
        #expect(told.contains("disable John (source): done"))
    }

    @Test("What stands on an account that could not be created is skipped; others are not")
    func failedCreation() async throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Operators"]), record(2, "John", "john", in: ["Operators"])],
            answers: [answer(.enable, "Jane", password: "Geheim-1"), answer(.enable, "John", password: "Geheim-1")])
        world.directory.refuse { change in
            if case .create(let user) = change, user.accountName == "jane" { .refused("quota") } else { nil }
        }
        #expect(
            try await Set(outcomes(of: world)) == [
                "create Jane: refused: quota", "create John: done",
                "join Jane → Plant Operators: skipped, the account could not be created",
                "join John → Plant Operators: done", "enable Jane: skipped, the account could not be created",
                "enable John: done",
            ])
        #expect(
            !world.directory.history.contains {
                if case .join(let user, _) = $0 { user.name.leaf?.value == "Jane" } else { false }
            })
    }

    @Test("An account that could not be moved in is not changed where it is")
    func failedTakeOver() async throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"])],
            directory: [
                account(
                    nil, "J", "jane", in: ["Plant Engineers"], disabled: true, expires: .never, at: Fixture.elsewhere)
            ],
            answers: [
                answer(.name, "Jane", id: 1, name: "jane", takeOver: .holder),
                answer(.enable, "Jane", password: "Geheim-1"),
            ])
        world.directory.refuse { change in
            if case .move = change { .refused("no right") } else { nil }
        }
        let told = try await outcomes(of: world)
        #expect(told.count == 6)
        #expect(told[0].hasSuffix("refused: no right"))
        #expect(told.dropFirst().allSatisfy { $0.hasSuffix("skipped, the account could not be taken over") }, "\(told)")
        #expect(world.directory.history.count == 1)
    }

    @Test("One failure stops nobody else, not even the same person's other changes")
    func oneFailure() async throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", in: ["Operators"], ["mail": "jane@source.test"])],
            directory: [account(1, "Jane", "jane")])
        world.directory.refuse { change in
            if case .update = change { .refused("mail") } else { nil }
        }
        #expect(
            try await outcomes(of: world) == [
                "update Jane: mail=jane@source.test: refused: mail", "join Jane → Plant Operators: done",
            ])
    }

    @Test("A writer that ends before it answers leaves failures, not successes")
    func neverAnswered() async throws {
        struct Silent: DirectoryWriter {
            func apply(
                _ changes: [DirectoryChange],
                outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
            ) async {
                outcome(0, .success(()))
            }
        }
        let world = ImportCase(file: [record(1, "A", "a"), record(2, "B", "b")])
        let outcomes = await Runner(writer: Silent(), journal: NoJournal(), logger: silent).apply(try world.approved())
        #expect(outcomes.filter(\.isDone).count == 1)
        #expect(outcomes.count == 2)
        guard case .failed(let failure)? = outcomes.first(where: { !$0.isDone })?.result else {
            Issue.record("not failed")
            return
        }
        #expect(failure.kind == .unanswered)
    }

    @Test("Progress hears of every operation once, whatever becomes of it")
    func progress() async throws {
        let world = ImportCase(file: (1...20).map { (n: Int) in record(n, "U\(n)", "u\(n)", in: ["Operators"]) })
        world.directory.refuse { change in
            if case .create(let user) = change, user.accountName == "u7" { .refused("quota") } else { nil }
        }
        let heard = Mutex<[Int]>([])
        let runner = Runner(writer: world.directory, journal: NoJournal(), logger: silent) { done, all in
            heard.withLock { $0.append(done) }
            #expect(all == 40)
        }
        let outcomes = await runner.apply(try world.approved())
        #expect(outcomes.count == 40)
        #expect(heard.withLock { $0 }.max() == 40)
        #expect(heard.withLock { $0 } == heard.withLock { $0 }.sorted())
    }

    @Test("An empty plan is performed")
    func nothing() async throws {
        #expect(try await outcomes(of: ImportCase()).isEmpty)
    }

    @Test("A rehearsal changes nothing and takes the same road")
    func rehearsal() async throws {
        let world = ImportCase(file: [record(1, "Jane", "jane", in: ["Operators"])])
        let outcomes = await Runner(writer: RehearsalWriter(), journal: NoJournal(), logger: silent).apply(
            try world.approved())
        #expect(outcomes.map(\.operation.line) == ["create Jane", "join Jane → Plant Operators"])
        #expect(outcomes.allSatisfy { $0.isDone })
        #expect(world.directory.history.isEmpty)
    }
}
