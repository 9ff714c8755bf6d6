public import AccessControl
public import Directory
import DistinguishedNames

/// What moving one account from outside into the container needs where it stands. What it needs in the container, to
/// create users there, is among ``ImportDemands/rights(_:)``; what is changed of it once it is there is as well.
extension DelegationExamination {
    /// Whose schema ``findings(takingOver:from:_:)`` asks for: a rename writes both, and a move is one.
    public static let renamedAttributes: [AttributeName] = ["name", "cn"]

    /// - Parameters:
    ///   - parent: what the account is in; nil when it cannot be seen.
    ///   - schema: of ``renamedAttributes``.
    public func findings(
        takingOver account: ObjectAccess, from parent: ObjectAccess?, _ schema: [AttributeSchema]
    ) -> [DelegationFinding] {
        let place = DelegatedPlace.account(account.name)
        let renamed = Self.renamedAttributes.compactMap { name in schema.first { $0.name == name } }
        let renames = renamed.map { attribute in
            let right = NeededRight(.write(attribute), to: "give it its new place and name")
            return DelegationFinding(
                place: place, right: right, verdict: verdict(on: account, right.permission))
        }
        let leave = NeededRight(.delete, to: "let it leave its place")
        return [DelegationFinding(place: place, right: leave, verdict: leaving(account, parent))] + renames
    }

    /// Either is enough: to delete this one, or to delete users in what it is in.
    private func leaving(_ account: ObjectAccess, _ parent: ObjectAccess?) -> DelegationFinding.Verdict {
        let grants = [
            account.entries?.grant(NeededRight.Permission.delete.right, to: token),
            parent?.entries?.grant(AccessRight(.deleteChild, .userClass), to: token),
        ]
        if grants.contains(true) { return .granted }
        return grants.contains(nil) ? .unknown : .missing
    }
}
