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

    /// `x@target.test` belongs to whoever has the account name `x`, even without that principal name, and the other way
    /// round: the directory refuses it to anybody else, and where it does not, a sign-in as `x@target.test` would be
    /// ambiguous.
    func implied(in domain: Domain) -> [NameClaim] {
        switch self {
        case .commonName: return []
        case .accountName(let key):
            return [
                .principalName(NameKey(WantedNames.defaultPrincipalName(key.description, in: domain))),
                // A person called like a computer but for the dollar sign can be taken for it in Kerberos.
                .accountName(NameKey(key.description + "$")),
            ]
        case .principalName(let key):
            let suffix = "@" + NameKey(domain.dnsName).description
            let text = key.description
            guard text.hasSuffix(suffix) else { return [] }
            return [.accountName(NameKey(text.dropLast(suffix.count)))]
        }
    }
}

extension Subject {
    /// The names this person is to get and does not hold yet.
    func changedClaims(in target: TargetSnapshot) -> [NameClaim] {
        let user = user
        var claims: [NameClaim] = []
        // Nearly everybody stands where he should: that is told without building a name.
        if isTakeOver || !(user?.commonName.isIdenticalText(to: names.commonName) ?? false) {
            let wanted = wantedName(in: target.container)
            if user?.name != wanted { claims.append(.commonName(wanted)) }
        }
        if !(user?.accountName.isIdenticalText(to: names.accountName) ?? false) {
            let accountName = NameKey(names.accountName)
            if user.map({ NameKey($0.accountName) }) != accountName { claims.append(.accountName(accountName)) }
        }
        let principalName =
            if let user { wantedPrincipalName(of: user, in: target.domain) } else {
                names.principalName(in: target.domain)
            }
        if let principalName = principalName.map(NameKey.init),
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
    /// Names are unique in a directory, save principal names, which an old one may hold twice.
    private var managed: [NameClaim: [DirectoryUser]] = [:]
    private var others: [NameClaim: [NameHolder]] = [:]
    let domain: Domain

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

    /// - Parameter claims: the names that are asked about; who holds others need not be known.
    init(users: [DirectoryUser], holders: [NameHolder], domain: Domain, claims: some Sequence<NameClaim>) {
        self.domain = domain
        var wanted = Set<NameClaim>()
        for claim in claims {
            wanted.insert(claim)
            wanted.formUnion(claim.implied(in: domain))
        }
        guard !wanted.isEmpty else { return }
        var managedGUIDs = Set<GUID>()
        for user in users {
            managedGUIDs.insert(user.guid)
            for claim in user.heldClaims where wanted.contains(claim) { managed[claim, default: []].append(user) }
        }
        for (claim, users) in managed where users.count > 1 { managed[claim] = users.sorted { $0.guid < $1.guid } }
        for holder in holders.sorted(by: { $0.guid < $1.guid }) where !managedGUIDs.contains(holder.guid) {
            others[.commonName(holder.name), default: []].append(holder)
            if let accountName = holder.accountName {
                others[.accountName(NameKey(accountName)), default: []].append(holder)
            }
            if let principalName = holder.userPrincipalName {
                others[.principalName(NameKey(principalName)), default: []].append(holder)
            }
        }
    }

    /// Somebody in the way of a claim, and the name of his that is.
    struct Obstacle: Sendable {
        let occupant: Occupant
        let through: NameClaim

        /// The occupant, where it is outside the container or no user.
        var holder: NameHolder? {
            if case .other(let holder) = occupant { holder } else { nil }
        }
    }

    /// Everybody other than `person` in the way of `claim`.
    func obstacles(to claim: NameClaim, except person: GUID?) -> [Obstacle] {
        var result: [Obstacle] = []
        for name in [claim] + claim.implied(in: domain) {
            for user in managed[name] ?? [] where user.guid != person {
                result.append(Obstacle(occupant: .managed(user), through: name))
            }
            for holder in others[name] ?? [] where holder.guid != person {
                result.append(Obstacle(occupant: .other(holder), through: name))
            }
        }
        return result
    }
}
