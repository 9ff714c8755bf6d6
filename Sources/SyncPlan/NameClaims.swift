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
        let isWhereItShouldBe =
            user.map { $0.commonName.isIdenticalText(to: names.commonName) && isInPlace($0) } ?? false
        if isTakeOver || !isWhereItShouldBe {
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

/// Finds the names that are asked about among those of everybody.
struct ClaimFilter: Sendable {
    private let wanted: Set<NameClaim>
    private let names: Set<DistinguishedName>
    private let accountNames: NameFilter
    private let principalNames: NameFilter

    init(_ wanted: Set<NameClaim>) {
        self.wanted = wanted
        var names = Set<DistinguishedName>()
        var (accountNames, principalNames) = ([NameKey](), [NameKey]())
        for claim in wanted {
            switch claim {
            case .commonName(let name): names.insert(name)
            case .accountName(let key): accountNames.append(key)
            case .principalName(let key): principalNames.append(key)
            }
        }
        self.names = names
        self.accountNames = NameFilter(accountNames)
        self.principalNames = NameFilter(principalNames)
    }

    /// Those of the names the user holds that are asked about.
    func claims(of user: DirectoryUser) -> [NameClaim] {
        var claims: [NameClaim] = []
        if names.contains(user.name) { claims.append(.commonName(user.name)) }
        if accountNames.mayContain(user.accountName) {
            let claim = NameClaim.accountName(NameKey(user.accountName))
            if wanted.contains(claim) { claims.append(claim) }
        }
        if let principalName = user.userPrincipalName, principalNames.mayContain(principalName) {
            let claim = NameClaim.principalName(NameKey(principalName))
            if wanted.contains(claim) { claims.append(claim) }
        }
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
        let filter = ClaimFilter(wanted)
        let held = users.indices.parts { part in
            part.flatMap { index in filter.claims(of: users[index]).map { (claim: $0, user: users[index]) } }
        }
        for (claim, user) in held.joined() { managed[claim, default: []].append(user) }
        let outsiders = Set(holders.map(\.guid))
        let managedGUIDs = outsiders.isEmpty ? [] : Set(users.lazy.map(\.guid).filter(outsiders.contains))
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
