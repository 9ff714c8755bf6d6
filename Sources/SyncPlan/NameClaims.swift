import Directory
import DistinguishedNames

/// One name somebody holds or is to get, as the directory compares it.
enum NameClaim: Hashable, Sendable {
    case commonName(DistinguishedName)
    case accountName(NameKey)
    case principalName(NameKey)

    var aspect: NameConflict.Aspect {
        switch self {
        case .commonName: .commonName
        case .accountName: .accountName
        case .principalName: .principalName
        }
    }
}

extension Subject {
    /// The names this person is to get and does not hold yet.
    func changedClaims(in target: TargetSnapshot) -> [NameClaim] {
        let wanted = wantedName(in: target.container)
        var claims: [NameClaim] = []
        if user?.name != wanted { claims.append(.commonName(wanted)) }
        let accountName = NameKey(names.accountName)
        if user.map({ NameKey($0.accountName) }) != accountName { claims.append(.accountName(accountName)) }
        if let principalName = wantedPrincipalName(in: target.domain).map(NameKey.init),
            user?.userPrincipalName.map(NameKey.init) != principalName
        {
            claims.append(.principalName(principalName))
        }
        return claims
    }
}

extension DirectoryUser {
    var heldClaims: [NameClaim] {
        var claims: [NameClaim] = [.commonName(name), .accountName(NameKey(accountName))]
        if let userPrincipalName { claims.append(.principalName(NameKey(userPrincipalName))) }
        return claims
    }
}

/// Who holds which name now.
struct NameRegister: Sendable {
    private var managed: [NameClaim: DirectoryUser] = [:]
    private var others: [NameClaim: NameHolder] = [:]
    private let domain: Domain

    enum Occupant: Sendable {
        case managed(DirectoryUser)
        case other(NameHolder)

        var guid: GUID {
            switch self {
            case .managed(let user): user.guid
            case .other(let holder): holder.guid
            }
        }
    }

    init(users: [DirectoryUser], holders: [NameHolder], domain: Domain) {
        self.domain = domain
        managed.reserveCapacity(users.count * 3)
        for user in users {
            for claim in user.heldClaims { managed[claim] = user }
        }
        let managedGUIDs = Set(users.map(\.guid))
        for holder in holders where !managedGUIDs.contains(holder.guid) {
            others[.commonName(holder.name)] = holder
            if let accountName = holder.accountName { others[.accountName(NameKey(accountName))] = holder }
            if let principalName = holder.userPrincipalName { others[.principalName(NameKey(principalName))] = holder }
        }
    }

    /// Somebody in the way of a claim, and the name of his that is.
    struct Obstacle: Sendable {
        let occupant: Occupant
        let through: NameClaim
    }

    /// Everybody other than `person` in the way of `claim`.
    func obstacles(to claim: NameClaim, except person: GUID?) -> [Obstacle] {
        var result: [Obstacle] = []
        for name in [claim] + impliedClaims(of: claim) {
            if let user = managed[name], user.guid != person {
                result.append(Obstacle(occupant: .managed(user), through: name))
            }
            if let holder = others[name], holder.guid != person {
                result.append(Obstacle(occupant: .other(holder), through: name))
            }
        }
        return result
    }

    /// `x@target.test` belongs to whoever has the account name `x`, even without that principal name: the directory
    /// refuses it to anybody else, and where it does not, a sign-in as `x@target.test` would be ambiguous.
    private func impliedClaims(of claim: NameClaim) -> [NameClaim] {
        guard case .principalName(let key) = claim else { return [] }
        let suffix = "@" + NameKey(domain.dnsName).description
        let text = key.description
        guard text.hasSuffix(suffix) else { return [] }
        return [.accountName(NameKey(text.dropLast(suffix.count)))]
    }
}
