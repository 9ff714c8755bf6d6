import Directory
import DistinguishedNames
import Logging
import SyncPlan
import SyncRun
import SyncTestSupport
import Synchronization

@testable import Journal

/// A journal in memory, with the very lines that the file would have.
final class MemoryJournal: RunJournal {
    private struct State {
        var lines: [JournalLine] = []
        var count = 0
    }

    private let state: Mutex<State>
    private let id: String

    init(_ id: String) {
        self.id = id
        let header = RunHeader(
            run: id, command: "import", started: "2026-11-20T08:15:00Z", version: "0.1.0",
            who: RunHeader.Who(uid: 0, user: "root", loginUser: nil, host: "plant", account: "svc"), file: nil,
            target: RunHeader.Target(domain: "", domainGUID: "", container: "", containerGUID: "", server: ""))
        state = Mutex(State(lines: [.run(header)]))
    }

    func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int {
        state.withLock { state in
            let first = state.count + 1
            state.lines += intentions.enumerated().map {
                .intention(RecordedIntention($1, number: first + $0, at: "2026-11-20T08:15:00Z"))
            }
            state.count += intentions.count
            return first
        }
    }

    func record(_ result: Outcome.Result, of number: Int) {
        let answer = RecordedAnswer(result, number: number, at: "2026-11-20T08:15:01Z")
        state.withLock { $0.lines.append(.answer(answer)) }
    }

    func note(server: String) {}

    /// As `history` and `undo` read it.
    ///
    /// - Parameter isMeant: which answers reached the disk before the machine died.
    func recorded(answers isMeant: (RecordedAnswer) -> Bool = { _ in true }) throws -> RecordedRun {
        let lines = state.withLock { $0.lines }.filter { line in
            if case .answer(let answer) = line { isMeant(answer) } else { true }
        }
        return try RecordedRun(id: id, bytes: try JournalFile.bytes(of: lines))
    }
}

/// Imports and undos of one world, one after the other, each with a journal.
final class UndoCase {
    var world: ImportCase
    private(set) var runs: [PastRun] = []
    /// Containers that are not there any more.
    var vanished = Set<DistinguishedName>()
    /// Containers where no user may be created.
    var closed = Set<DistinguishedName>()
    var now = Fixture.now

    init(_ world: ImportCase) { self.world = world }

    /// A small world where names collide; nobody who works there lacks a password, which no directory has.
    convenience init(seed: UInt64) {
        self.init(RandomCase.world(seed: seed))
        for account in directory.accounts where !account.isDisabled && account.password == nil {
            directory.edit(account.accountName) { $0.password = Secret("old") }
        }
    }

    var directory: InMemoryDirectory { world.directory }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameter isKnown: by number, whether the journal tells the answer.
    @discardableResult
    func runImport(answers isKnown: (Int) -> Bool = { _ in true }) async throws -> PastRun {
        let journal = MemoryJournal("run-\(runs.count + 1)")
        let runner = Runner(writer: directory, journal: journal, logger: Self.silent)
        _ = await runner.apply(try world.approved())
        return try remember(journal, isKnown)
    }

    private func remember(_ journal: MemoryJournal, _ isKnown: (Int) -> Bool) throws -> PastRun {
        let run = try journal.recorded(answers: { isKnown($0.number) }).pastRun()
        runs.append(run)
        return run
    }

    func undoPlan(_ run: PastRun) async throws -> UndoPlan {
        let (target, query) = directory.snapshot(for: world.policy, reading: run.attributes)
        let everywhere = query.below(Fixture.domainName)
        let elsewhere = try await directory.users(run.accounts, everywhere)
            .filter { !$0.name.isDescendant(of: Fixture.containerName) }
        let planner = UndoPlanner(
            run: run, later: Array(runs.drop { $0.id != run.id }.dropFirst()), policy: world.policy, target: target,
            elsewhere: elsewhere)
        return planner.plan(
            holders: directory.holders(of: planner.nameQuestions, as: everywhere),
            places: planner.oldPlaces.subtracting(vanished).map { place in
                Container(name: place, guid: .numbered(3, series: 0xB), takesUsers: !closed.contains(place))
            }, now: now)
    }

    /// Plans, applies, and tells what the directory refused.
    @discardableResult
    func undo(_ run: PastRun) async throws -> (plan: UndoPlan, run: PastRun, refused: [Outcome]) {
        let plan = try await undoPlan(run)
        let journal = MemoryJournal("run-\(runs.count + 1)")
        let outcomes = await Runner(writer: directory, journal: journal, logger: Self.silent)
            .takeBack(plan.confirmed())
        return (plan, try remember(journal, { _ in true }), outcomes.filter { !$0.isDone })
    }

    /// How everybody stands, one line each, in the order of their GUIDs.
    var state: [GUID: String] {
        Dictionary(
            directory.accounts.map { account in
                let attributes = account.attributes.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                    .map { "\($0.key)=\($0.value.all.map(\.shown).sorted())" }
                return (
                    account.guid,
                    """
                    \(account.name) \(account.accountName) \(account.userPrincipalName ?? "-") \
                    \(account.accountControl) \(account.expiry.text) \(attributes) \(account.groups.sorted())
                    """
                )
            }, uniquingKeysWith: { $1 })
    }
}

extension UndoCase {
    /// Jane was given the account called Local, which stood outside the container.
    static func takenOver() async throws -> (stage: UndoCase, run: PastRun, before: [GUID: String]) {
        let stage = UndoCase(
            ImportCase(
                file: [record(1, "Jane", "jane", in: ["Operators"], ["mail": "new"])],
                directory: [account(nil, "Local", "jane", disabled: true, at: Fixture.elsewhere)],
                answers: [answer(.name, "Jane", id: 1, name: "jane", takeOver: .holder)]))
        let before = stage.state
        let run = try await stage.runImport()
        return (stage, run, before)
    }
}

extension UndoPlan {
    /// Operations as sentences; then `~` what is left alone, `=` what remains, `^` what is opened, `v` closed.
    var lines: [String] {
        let report = UndoReport(self, command: "import", afterwards: [])
        return operations.map(\.line)
            + report.leftAlone.map { left in
                let change = left.field.map { field in
                    "\(field) \(left.then?.joined(separator: "+") ?? "?") now \(left.now?.joined(separator: "+") ?? "?")"
                }
                return "~ \(left.user): " + [change, left.reason].compactMap(\.self).joined(separator: ": ")
            }
            + remainders.map { "= \($0.person.commonName): \($0.trace)" }
            + report.opens.map { "^ \($0.user) \($0.what)" } + report.closes.map { "v \($0.user) \($0.what)" }
    }
}
