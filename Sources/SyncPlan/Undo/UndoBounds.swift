import Directory
import DistinguishedNames

/// What no undo does, whatever the journal says: somebody else may have written in it.
struct UndoBounds: Sendable {
    private let policy: SyncPolicy
    private let target: TargetSnapshot
    private let places: [DistinguishedName: Container]
    /// Of the accounts that were looked at whole: what makes each more than a person's key to the mapped groups.
    let entanglements: [GUID: [NameHolder.Entanglement]]

    init(policy: SyncPolicy, target: TargetSnapshot, places: [Container], holders: [NameHolder]) {
        self.policy = policy
        self.target = target
        self.places = Dictionary(places.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        entanglements = Dictionary(
            holders.compactMap { holder in
                guard case .user(_, let entanglements) = holder.kind else { return nil }
                return (holder.guid, entanglements)
            }, uniquingKeysWith: { first, _ in first })
    }

    func applied(to candidates: [UndoCandidate]) -> [UndoCandidate] {
        var candidates = candidates
        for index in candidates.indices where candidates[index].restored[.place] != nil {
            if let reason = obstacle(to: candidates[index]) { candidates[index].leave(.place, because: reason) }
        }
        guard let anchor = policy.anchorAttribute.map(AccountField.attribute) else { return candidates }
        var suitors: [Anchor: Int] = [:]
        for candidate in candidates {
            if let anchor = candidate.anchor(in: anchor) { suitors[anchor, default: 0] += 1 }
        }
        for index in candidates.indices {
            guard let wanted = candidates[index].restored[anchor], wanted != .values(.none) else { continue }
            let candidate = candidates[index]
            if let own = candidate.anchor(in: anchor), own == candidate.history.person.anchor, suitors[own] == 1,
                candidate.user.stamp == .none, !target.users.contains(where: { $0.stamp.anchor == own })
            {
                continue
            }
            if candidate.isMovedIn {
                candidates[index].leaveAll(because: .anchorOfAnother)
            } else {
                candidates[index].leave(anchor, because: .anchorOfAnother)
            }
        }
        return candidates
    }

    /// Why an account is not moved; nil when it may be.
    private func obstacle(to candidate: UndoCandidate) -> LeftAlone.Reason? {
        guard let place = candidate.name.parent else { return nil }
        if isOfSystem(place) { return .placeOfSystem(place) }
        guard let container = places[place] else { return .placeGone(place) }
        guard container.takesUsers else { return .placeClosed(place) }
        if candidate.isInside { return nil }
        // From outside to outside.
        guard candidate.isMovedIn else { return .movedAway(to: candidate.user.name) }
        return obstacle(toTakingOver: candidate)
    }

    /// As for an import, whose answers name an account with more to it by its name; nobody has answered here.
    private func obstacle(toTakingOver candidate: UndoCandidate) -> LeftAlone.Reason? {
        let user = candidate.user
        switch user.stamp {
        case .foreign: return .stampedByAnother
        case .anchor(let anchor) where anchor != candidate.history.person.anchor: return .stampedByAnother
        case .anchor, .none: break
        }
        // Renamed or deleted while it was looked at.
        guard let entanglements = entanglements[user.guid] else { return .movedAway(to: user.name) }
        return entanglements.isEmpty ? nil : .notTakenOver(entanglements)
    }

    private func isOfSystem(_ place: DistinguishedName) -> Bool {
        Self.systemPlaces.contains { leaf in
            let name = target.domain.name.appending(leaf)
            return place == name || place.isDescendant(of: name)
        }
    }

    private static let systemPlaces: [RelativeDistinguishedName] = [
        RelativeDistinguishedName(attribute: "OU", value: "Domain Controllers"), .commonName("System"),
        .commonName("Builtin"),
        .commonName("Configuration"),
    ]
}

extension UndoCandidate {
    /// Whoever is let in is asked about more than what the run had changed.
    var isLookedAtWhole: Bool { isMovedIn || restored[.isEnabled] == .flag(true) }

    /// The anchor it is to get; nil where none is, or no anchor.
    fileprivate func anchor(in field: AccountField) -> Anchor? {
        guard case .values(let values)? = restored[field], values.all.count == 1 else { return nil }
        return values.all[0].text.flatMap(Anchor.init(stamp:))
    }
}

extension FieldValue {
    /// Why no import would write this name; nil for one that it would, and for what is no name.
    func problem(as field: AccountField, in domain: Domain) -> String? {
        let aspect: NameConflict.Aspect
        switch field {
        case .commonName: aspect = .commonName
        case .accountName: aspect = .accountName
        case .principalName:
            if self == .values(.none) { return nil }
            aspect = .principalName
        case .place, .attribute, .expiry, .isEnabled, .needsNoPassword, .membership: return nil
        }
        guard case .values(let values) = self, values.all.count == 1, let text else { return "it is not one text" }
        // What an import derives is as good as the account name it is derived from.
        if aspect == .principalName, let account = text.split(separator: "@").first.map(String.init),
            NameRules.problem(with: account, as: .accountName) == nil,
            WantedNames.defaultPrincipalName(account, in: domain).isIdenticalText(to: text)
                || WantedNames.newPrincipalName(account, in: domain).isIdenticalText(to: text)
        {
            return nil
        }
        return NameRules.problem(with: text, as: aspect).map { "\(text): \($0)" }
    }
}
