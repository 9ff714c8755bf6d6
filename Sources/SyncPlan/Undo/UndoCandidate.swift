import Directory
import DistinguishedNames

/// An account of the run, with what of it is to be taken back.
struct UndoCandidate: Sendable {
    let user: DirectoryUser
    let history: AccountHistory
    /// What each field is to have again.
    private(set) var restored: [AccountField: FieldValue] = [:]
    private(set) var leftAlone: [LeftAlone] = []
    let container: Container

    init(_ user: DirectoryUser, _ history: AccountHistory, in container: Container) {
        self.user = user
        self.history = history
        self.container = container
    }

    mutating func restore(_ field: AccountField, to value: FieldValue) { restored[field] = value }

    mutating func leave(_ field: AccountField, because reason: LeftAlone.Reason) {
        restored[field] = nil
        let past = history.fields[field]
        leftAlone.append(
            LeftAlone(
                person: history.person, field: field, group: past?.group, then: past?.left, before: past?.before,
                now: reason == .groupNotMapped ? nil : user.value(of: field), reason: reason))
        // What stays outside is none of ours: nothing is written there.
        if field == .place, !isInside { leaveAll(because: reason) }
    }

    /// Nothing of it is touched.
    mutating func leaveAll(because reason: LeftAlone.Reason) {
        guard !restored.isEmpty || !leftAlone.isEmpty else { return }
        restored = [:]
        leftAlone = [
            LeftAlone(person: history.person, field: nil, group: nil, then: nil, before: nil, now: nil, reason: reason)
        ]
    }

    // MARK: the names it is to have

    var commonName: String { restored[.commonName]?.text ?? user.commonName }
    var accountName: String { restored[.accountName]?.text ?? user.accountName }

    var principalName: String? {
        if let value = restored[.principalName] { value.text } else { user.userPrincipalName }
    }

    var name: DistinguishedName {
        let parent: DistinguishedName?
        if case .place(let place)? = restored[.place] { parent = place } else { parent = user.name.parent }
        return (parent ?? container.name).appending(.commonName(commonName))
    }

    var isInside: Bool { user.name.isDescendant(of: container.name) }
    /// From outside, where a run before had given it back to.
    var isMovedIn: Bool { restored[.place] != nil && !isInside && name.isDescendant(of: container.name) }
    /// To outside, where a take-over found it.
    var isGivenBack: Bool { restored[.place] != nil && !name.isDescendant(of: container.name) }

    /// Once all of it is done.
    var isEnabledInTheEnd: Bool { restored[.isEnabled].map { $0 == .flag(true) } ?? !user.isDisabled }

    var person: Person { Person(commonName: commonName, accountName: accountName, anchor: user.stamp.anchor) }

    /// The names it is to get and does not hold.
    var claims: [NameClaim] {
        var claims: [NameClaim] = []
        if releases(.commonName) { claims.append(.commonName(name)) }
        if NameKey(accountName) != NameKey(user.accountName) { claims.append(.accountName(NameKey(accountName))) }
        if let principalName, NameKey(principalName) != user.userPrincipalName.map(NameKey.init) {
            claims.append(.principalName(NameKey(principalName)))
        }
        return claims
    }

    func releases(_ aspect: NameConflict.Aspect) -> Bool {
        switch aspect {
        case .commonName: (restored[.commonName] != nil || restored[.place] != nil) && name != user.name
        case .accountName: NameKey(accountName) != NameKey(user.accountName)
        case .principalName: principalName.map(NameKey.init) != user.userPrincipalName.map(NameKey.init)
        }
    }

    mutating func giveUp(_ aspect: NameConflict.Aspect, because reason: LeftAlone.Reason) {
        let fields: [AccountField] =
            switch aspect {
            case .commonName: [.place, .commonName]
            case .accountName: [.accountName]
            case .principalName: [.principalName]
            }
        for field in fields where restored[field] != nil { leave(field, because: reason) }
    }

    // MARK: what depends on the rest

    /// An account that stays keeps its anchor, without which the next import would take it for a stranger, and the end
    /// that the import set.
    mutating func keepAnchorIfItStays(_ attribute: AttributeName?) {
        guard case .place(let before)? = history.fields[.place]?.before, restored[.place] == nil, isInside,
            before != container.name, !before.isDescendant(of: container.name)
        else { return }
        if let attribute, restored[.attribute(attribute)] != nil {
            leave(.attribute(attribute), because: .staysManaged)
        }
        if case .expiry(let wanted)? = restored[.expiry], wanted.earlier(user.expiry) != wanted {
            leave(.expiry, because: .staysManaged)
        }
    }

    /// Back to what it was means wholly: who signs in, where, as whom and until when.
    mutating func stayDisabledUnlessRestored(_ anchor: AttributeName?) {
        guard restored[.isEnabled] == .flag(true) else { return }
        let identity: [AccountField] =
            [.expiry, .accountName, .principalName, .place] + (anchor.map { [.attribute($0)] } ?? [])
        guard let field = identity.first(where: { field in leftAlone.contains { $0.field == field } }) else { return }
        leave(.isEnabled, because: .wouldOpen(field))
    }
}

extension AccountField {
    static let accountName = AccountField.attribute(.accountName)
    static let principalName = AccountField.attribute(.userPrincipalName)
}

extension DirectoryUser {
    /// Nil for an attribute that was not read. Memberships are told for mapped groups only.
    func value(of field: AccountField) -> FieldValue? {
        let control = UserAccountControl(rawValue: accountControl)
        return switch field {
        case .commonName: .text(commonName)
        case .place: name.parent.map(FieldValue.place)
        case .attribute(.accountName): .text(accountName)
        case .attribute(.userPrincipalName): .values(AttributeValues(userPrincipalName.map { [.text($0)] } ?? []))
        case .attribute(let name): attributes[name].map(FieldValue.values)
        case .expiry: .expiry(expiry)
        case .isEnabled: .flag(!isDisabled)
        case .needsNoPassword: .flag(control.contains(.passwordNotRequired))
        case .membership(let group): .flag(groups.contains(group))
        }
    }
}
