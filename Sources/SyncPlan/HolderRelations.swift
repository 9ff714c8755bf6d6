import Directory
import DistinguishedNames

/// What the holder of a name is to the person who wants it, and whether the account can be taken over.
struct HolderRelations: Sendable {
    let usesAnchors: Bool

    func holder(_ occupant: NameRegister.Occupant, for subject: Subject) -> NameConflict.Holder {
        switch occupant {
        case .managed(let user):
            return NameConflict.Holder(
                guid: user.guid, name: user.name, accountName: user.accountName, relation: .managed,
                takeOver: .refused("it is a managed account of somebody else"))
        case .other(let holder):
            guard case .user(let user, let entanglements) = holder.kind else {
                return NameConflict.Holder(
                    guid: holder.guid, name: holder.name, accountName: holder.accountName, relation: .notAnAccount,
                    takeOver: .refused("it is no account of a person"))
            }
            let isOwn = usesAnchors && subject.record.anchor != nil && user.stamp.anchor == subject.record.anchor
            return NameConflict.Holder(
                guid: holder.guid, name: holder.name, accountName: holder.accountName,
                relation: isOwn ? .movedOut : .stranger,
                takeOver: takeOver(of: user, entanglements, for: subject, isOwn: isOwn))
        }
    }

    private func takeOver(
        of user: DirectoryUser, _ entanglements: [NameHolder.Entanglement], for subject: Subject, isOwn: Bool
    ) -> NameConflict.TakeOver {
        if let protection = user.protection { return .refused(protection.rawValue) }
        if subject.user != nil { return .refused("the person has an account already") }
        if !isOwn {
            switch user.stamp {
            case .anchor: return .refused("it carries the anchor of another person")
            case .foreign: return .refused("its anchor attribute holds somebody else's text")
            case .none: break
            }
        }
        return entanglements.isEmpty ? .possible : .onlyByName(entanglements)
    }
}
