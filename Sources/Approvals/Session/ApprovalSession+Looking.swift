import Directory
import DistinguishedNames
import SyncPlan

/// Fresh looks at what decisions are about, each with a plan.
extension ApprovalSession {
    /// A fresh look at what some decisions are about, and a plan with it.
    func look(at concerns: [Concern]) async throws {
        let concern = concerns.reduce(into: Concern()) { $0.formUnion($1) }
        let (world, entries, now) = (world, entries, ground.now)
        self.world = try await reading { directory in
            var world = world
            try await world.look(at: concern, in: directory, entries, now: now)
            return world
        }
        plan = try self.world.plan(entries, now: now)
    }

    /// A fresh look at the groups that somebody would join without an approval of its own, and a plan with it.
    ///
    /// - Returns: those that were found. One that was renamed or is gone is left to the next import.
    func lookAtGroups(in part: ApprovedPlan) async throws -> Set<GUID> {
        let groups = part.operations.reduce(into: Set<DirectoryGroupReference>()) { groups, operation in
            if operation.fulfils == nil, case .join(_, let group) = operation.change { groups.insert(group) }
        }
        guard !groups.isEmpty else { return [] }
        let (world, names) = (world, groups.map(\.name).sorted())
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
