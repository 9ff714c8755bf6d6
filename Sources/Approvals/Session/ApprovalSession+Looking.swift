import Directory
import DistinguishedNames
import SyncPlan

/// Fresh looks at what decisions are about.
extension ApprovalSession {
    /// The world with a fresh look at one part of it, as far as these answers ask for it.
    func looked(at concern: Concern, with answers: [Resolution]) async throws -> SessionWorld {
        let (world, now) = (world, ground.now)
        return try await reading { directory in
            var world = world
            try await world.look(at: concern, in: directory, answers, now: now)
            return world
        }
    }

    /// A fresh look at what some decisions are about, and a plan with it.
    func look(at concerns: [Concern]) async throws {
        world = try await looked(at: concerns.reduce(into: Concern()) { $0.formUnion($1) }, with: entries)
        plan = try world.plan(entries, now: ground.now)
    }

    /// Once something was done: a look at what it was done to. The directory may be lost by now.
    func lookAgain(at concern: Concern) async {
        do {
            try await look(at: [concern])
        } catch {
            if let failure = error as? DirectoryFailure, failure.kind.meansLost { await lost(failure) }
            replan()
        }
    }

    /// A fresh look at the groups that somebody would join without an approval of its own, and a plan with it.
    ///
    /// - Returns: those that were found. One that was renamed or is gone is left to the next import.
    func lookAtGroups(in part: ApprovedPlan) async throws -> Set<GUID> {
        let groups = Set(part.operations.lazy.filter { $0.fulfils == nil }.compactMap(\.change.joinedGroup))
        return try await lookAtGroups(named: groups.map(\.name))
    }

    /// The same for some groups.
    func lookAtGroups(named names: [DistinguishedName]) async throws -> Set<GUID> {
        guard !names.isEmpty else { return [] }
        let (world, names) = (world, names.sorted())
        let (looked, found) = try await reading { directory in
            var world = world
            let found = try await world.look(at: names, in: directory)
            return (world, found)
        }
        self.world = looked
        plan = try looked.plan(entries, now: ground.now)
        return found
    }
}
