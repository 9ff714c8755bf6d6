import Directory
import DistinguishedNames

/// Collects the operations, one account after the other.
struct UndoBuilder {
    private let candidates: [UndoCandidate]
    private let groups: GroupRules
    private let domain: Domain
    private(set) var operations: [Operation] = []
    private(set) var openings: [Opening] = []
    private(set) var lapses: [Lapse] = []
    private let now: Timestamp
    private let entanglements: [GUID: [NameHolder.Entanglement]]
    /// Where accounts stand that got a passing name.
    private var parkedNames: [GUID: DistinguishedName] = [:]

    init(
        _ candidates: [UndoCandidate], groups: GroupRules, domain: Domain, now: Timestamp,
        entanglements: [GUID: [NameHolder.Entanglement]]
    ) {
        self.candidates = candidates
        self.groups = groups
        self.domain = domain
        self.now = now
        self.entanglements = entanglements
    }

    mutating func add(_ index: Int) {
        let candidate = candidates[index]
        guard !candidate.restored.isEmpty else { return }
        addState(candidate)
        addMemberships(candidate)
        addNames(candidate)
        addAttributes(candidate)
    }

    mutating func park(_ index: Int) {
        let candidate = candidates[index]
        let user = candidate.user
        guard parkedNames[user.guid] == nil, let parent = user.name.parent else { return }
        let mark = PassingName(of: user)
        if candidate.releases(.commonName), let leaf = mark.leaf {
            append(candidate, .change, .park, .rename(reference(to: candidate), to: leaf))
            parkedNames[user.guid] = parent.appending(leaf)
        }
        let passing = Set(NameConflict.Aspect.allCases.filter(candidate.releases))
        let replacements = mark.replacements(of: passing, in: domain)
        guard !replacements.isEmpty else { return }
        append(candidate, .change, .park, .update(reference(to: candidate), UserUpdate(replacements: replacements)))
    }

    private func reference(to candidate: UndoCandidate) -> UserReference {
        UserReference(guid: candidate.user.guid, name: parkedNames[candidate.user.guid] ?? candidate.user.name)
    }

    private mutating func append(
        _ candidate: UndoCandidate, _ stage: Operation.Stage, _ verb: Operation.Verb, _ change: DirectoryChange
    ) {
        // Nothing of an account can be written before it is in the container.
        let isEarly = candidate.isMovedIn && (stage == .withdraw || stage == .change)
        operations.append(
            Operation(person: candidate.person, stage: isEarly ? .create : stage, verb: verb, change: change))
    }

    private mutating func addMemberships(_ candidate: UndoCandidate) {
        let guids = candidate.restored.keys.compactMap { field in
            if case .membership(let group) = field { group } else { nil }
        }
        for (_, group) in groups.inOrder(Set(guids)) {
            let reference = reference(to: candidate)
            if candidate.restored[.membership(group.guid)] == .flag(true) {
                append(candidate, .join, .join(group.commonName), .join(reference, group: group.reference))
                if let kind = groups.opening(of: group) {
                    openings.append(Opening(person: candidate.person, kind: kind))
                }
            } else {
                append(candidate, .withdraw, .leave(group.commonName), .leave(reference, group: group.reference))
            }
        }
    }

    private mutating func addState(_ candidate: UndoCandidate) {
        let control = candidate.user.accountControl
        switch candidate.restored[.isEnabled] {
        case .flag(true)?:
            let asItWas = Enabling(password: nil, mustChangePassword: false, cannotChangePassword: false)
            append(
                candidate, .enable, .enable, .enable(reference(to: candidate), accountControl: control, asItWas))
            openings.append(Opening(person: candidate.person, kind: .enabled(entanglements[candidate.user.guid] ?? [])))
        case .flag(false)?:
            append(
                candidate, .withdraw, .disable(.undone), .disable(reference(to: candidate), accountControl: control))
        default: break
        }
    }

    private mutating func addNames(_ candidate: UndoCandidate) {
        let user = candidate.user
        if candidate.isMovedIn {
            append(
                candidate, .takeOver, .takeOver(from: user.name.description),
                .move(reference(to: candidate), to: candidate.name))
            openings.append(
                Opening(person: candidate.person, kind: .movedIn(to: candidate.name.parent ?? candidate.container.name))
            )
        } else if case .place(let place)? = candidate.restored[.place], candidate.isGivenBack {
            openings.append(Opening(person: candidate.person, kind: .movedOut(to: place)))
            append(
                candidate, .giveBack, .giveBack(to: place.description),
                .move(reference(to: candidate), to: candidate.name))
        } else if candidate.restored[.place] != nil {
            append(
                candidate, .change, .move(from: user.name.description),
                .move(reference(to: candidate), to: candidate.name))
        } else if candidate.restored[.commonName] != nil {
            append(
                candidate, .change, .rename(from: user.commonName),
                .rename(reference(to: candidate), to: .commonName(candidate.commonName)))
        }
        // On their own, as in an import: others may be waiting for them.
        let names = candidate.replacements { $0 == .accountName || $0 == .userPrincipalName }
        guard !names.isEmpty else { return }
        append(
            candidate, .change, .update(adopted: false),
            .update(reference(to: candidate), UserUpdate(replacements: names)))
    }

    /// Who is let in or locked out by an expiry alone.
    private mutating func tell(_ wanted: AccountExpiry, of candidate: UndoCandidate) {
        guard candidate.isEnabledInTheEnd else { return }
        switch (candidate.user.expiry.hasPassed(at: now), wanted.hasPassed(at: now)) {
        case (true, false): openings.append(Opening(person: candidate.person, kind: .expiry(wanted)))
        case (false, true): lapses.append(Lapse(person: candidate.person, expiry: wanted))
        case (true, true), (false, false): break
        }
    }

    private mutating func addAttributes(_ candidate: UndoCandidate) {
        let replacements = candidate.replacements {
            $0 != .accountName && $0 != .userPrincipalName && $0 != .manager
        }
        // A name of somebody else's account: when everybody has his again, as in an import.
        let managers = candidate.replacements { $0 == .manager }
        if !managers.isEmpty {
            append(
                candidate, .join, .update(adopted: false),
                .update(reference(to: candidate), UserUpdate(replacements: managers)))
        }
        var expiry: ExpiryReplacement?
        if case .expiry(let wanted)? = candidate.restored[.expiry] {
            let change = ExpiryReplacement(old: candidate.user.expiry, new: wanted)
            tell(wanted, of: candidate)
            if wanted.earlier(candidate.user.expiry) == wanted {
                // On its own: an attribute the server refuses must not keep access open.
                append(
                    candidate, .withdraw, .update(adopted: false),
                    .update(reference(to: candidate), UserUpdate(replacements: [], expiry: change)))
            } else {
                expiry = change
            }
        }
        let update = UserUpdate(replacements: replacements, expiry: expiry)
        guard !update.isEmpty else { return }
        append(candidate, .change, .update(adopted: false), .update(reference(to: candidate), update))
    }
}

extension UndoCandidate {
    /// In the order the run changed them.
    fileprivate func replacements(where isMeant: (AttributeName) -> Bool) -> [AttributeReplacement] {
        history.order.compactMap { field in
            guard case .attribute(let name) = field, isMeant(name), case .values(let wanted)? = restored[field],
                case .values(let old)? = user.value(of: field)
            else { return nil }
            return AttributeReplacement(name: name, old: old, new: wanted)
        }
    }
}

extension GroupRules {
    /// What an operator has to know of somebody's return into a group; nil for an ordinary one.
    fileprivate func opening(of group: DirectoryGroup) -> Opening.Kind? {
        switch restriction(of: group.guid) {
        case .restrictedGroup?: .restrictedGroup(group.commonName)
        case .privilegedGroup(let chain)?:
            .privilegedGroup(group.commonName, through: chain.compactMap { $0.leaf?.value })
        default: nil
        }
    }
}

extension AccountExpiry {
    fileprivate func hasPassed(at now: Timestamp) -> Bool {
        switch self {
        case .never: false
        case .at(let end): end <= now
        }
    }
}
