import Directory
import DistinguishedNames
import SyncConfiguration
import SyncPlan
import SyncRun

/// Reads what an undo has to know of the directory, and plans it.
struct UndoGround: Sendable {
    let source: UndoSource
    let configuration: ImportConfiguration
    let progress: ProgressLine
    let now: Timestamp

    struct View: Sendable {
        let snapshot: TargetSnapshot
        let plan: UndoPlan
    }

    /// - Parameter domain: one server, while it reads.
    func look(at container: Container, _ domain: FailoverDirectory) async throws -> View {
        let (snapshot, query) = try await TargetReading(
            configuration: configuration, domain: domain, progress: progress
        ).snapshot(of: container, attributes: source.past.attributes, expectedCount: nil) { _ in [] }
        let everywhere = query.below(snapshot.domain.name)
        let missing = source.past.accounts.subtracting(snapshot.users.map(\.guid))
        let elsewhere = missing.isEmpty ? [] : try await domain.users(missing, everywhere)
        let planner = UndoPlanner(
            run: source.past, later: source.later,
            policy: SyncPolicy(configuration, acceptsUnanchoredFile: false, lifeCycle: .whole), target: snapshot,
            elsewhere: elsewhere)
        let questions = planner.nameQuestions
        let holders = questions.isEmpty ? [] : try await domain.holders(of: questions, reading: everywhere)
        return View(
            snapshot: snapshot,
            plan: planner.plan(holders: holders, places: try await existing(planner.oldPlaces, domain), now: now))
    }

    private func existing(
        _ places: Set<DistinguishedName>, _ domain: FailoverDirectory
    ) async throws -> [Container] {
        var found: [Container] = []
        for place in places.sorted() {
            do {
                found.append(try await domain.container(place))
            } catch let failure as DirectoryFailure where failure.kind == .missing {
                continue
            }
        }
        return found
    }
}
