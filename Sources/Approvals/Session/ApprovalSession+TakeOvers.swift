import Directory
import DistinguishedNames
import SyncPlan

/// The account that is taken over is the one the operator saw.
extension ApprovalSession {
    /// Without the people for whom another account would be taken over than the one the operator saw.
    func withoutStrangers(_ part: ApprovedPlan, _ accepted: [Accepted]) -> ApprovedPlan {
        let deceived = accepted.filter { item in stranger(item, in: part) != nil }
            .reduce(into: Set<Person>()) { $0.formUnion(plan.plan.people(ofRecords: $1.question.concern.records)) }
        return deceived.isEmpty ? part : part.limited { !deceived.contains($0.person) }
    }

    /// The account that would be taken over, where it is not the one that was shown.
    func stranger(_ item: Accepted, in part: ApprovedPlan) -> String? {
        guard let shown = item.shown else { return nil }
        let people = plan.plan.people(ofRecords: item.question.concern.records)
        for operation in part.operations where people.contains(operation.person) {
            if case .move(let user, _) = operation.change, user.guid != shown { return user.name.description }
        }
        return nil
    }
}

extension Decision.Acceptance {
    var shownAccount: GUID? {
        if case .takeOver(_, let shown) = self { shown } else { nil }
    }
}
